#include <getopt.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "build_config.h"
#include "command.h"
#include "mem.h"
#include "text.h"

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
} commands[] = {
	{"init", command_init},
	{"import", command_import},
	{"user", command_user},
	{"key", command_key},
	{"review", command_review},
	{"serve", command_serve},
};

static void usage(FILE *to)
{
	fputs(_("kringd, a small server for a community\n\n"
		"kringd init --data DIR [--sample nl|en]\n"
		"kringd import --data DIR FILE.jsonl\n"
		"kringd user --data DIR add NAME [--name N] [--email E] [--admin] --password-stdin\n"
		"kringd user --data DIR totp NAME\n"
		"kringd user --data DIR unsilence NAME\n"
		"kringd key --data DIR NAME\n"
		"kringd review --data DIR list | approve NUMBER | reject NUMBER\n"
		"kringd serve --data DIR [--listen 127.0.0.1:0] [--tls-cert F --tls-key F | --tls-self-signed]\n"
		"kringd serve --help\n"
		"kringd --version\n"), to);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	umask(077);
	if (argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		usage(stdout);
		return EXIT_DONE;
	}
	if (argc >= 2 && strcmp(argv[1], "--version") == 0) {
		printf("kringd %s\n", KRING_VERSION);
		return EXIT_DONE;
	}
	for (size_t i = 0; argc >= 2 && i < COUNT(commands); i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	usage(stderr);
	return EXIT_USAGE;
}
