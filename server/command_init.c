#include "command.h"

#include <getopt.h>
#include <stddef.h>

#include "clock.h"
#include "str.h"
#include "text.h"

int command_init(int argc, char **argv)
{
	static const struct option longs[] = {
		{"data", required_argument, NULL, 'd'}, {"sample", required_argument, NULL, 's'}, {0}};
	const char *dir = NULL, *sample = NULL;
	struct error err;
	for (int c; (c = getopt_long(argc, argv, "", longs, NULL)) != -1;) {
		if (c == 'd')
			dir = optarg;
		else if (c == 's')
			sample = optarg;
		else
			return EXIT_USAGE;
	}
	if (str_empty(dir) || optind < argc) {
		fail(&err, ERR_INVALID, _("Say where the community is: --data DIR."));
		command_failed(&err);
		return EXIT_USAGE;
	}
	(void)sample;
	struct sql *db = command_open_data(dir, OPEN_OR_MAKE, &err);
	if (db == NULL)
		return command_failed(&err);
	sql_close(db);
	return EXIT_DONE;
}
