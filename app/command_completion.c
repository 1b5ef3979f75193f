#include "commands.h"

#include <ctype.h>
#include <string.h>

#include "str.h"
#include "text.h"

/* What a shell can fill in, made from the same table as --help. */
static const char common[] = "--json --site --offline --help --version";

/* The words of a usage line that are typed as they stand: options, and choices in small letters. */
static void add_words(struct sbuf *out, const char *usage)
{
	static const char between[] = " []|.";
	for (const char *s = usage + strspn(usage, between); *s != '\0';) {
		size_t n = strcspn(s, between);
		if (s[0] == '-' || islower((unsigned char)s[0])) {
			if (out->n > 0)
				sbuf_addc(out, ' ');
			sbuf_addn(out, s, n);
		}
		s += n;
		s += strspn(s, between);
	}
}

static void add_names(struct sbuf *out)
{
	for (const struct command *c = commands; c->name != NULL; c++)
		sbuf_addf(out, "%s%s", c == commands ? "" : " ", c->name);
}

static void bash(struct sbuf *out)
{
	sbuf_add(out, "# bash completion for kring\n"
		"_kring() {\n"
		"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command= words= i\n"
		"\tif [[ $prev == --ca-file || $prev == --out ]]; then\n"
		"\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n"
		"\t\treturn\n"
		"\tfi\n"
		"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		"\t\t[[ ${COMP_WORDS[i]} == -* || ${COMP_WORDS[i - 1]} == --site ]] && continue\n"
		"\t\tcommand=${COMP_WORDS[i]}\n"
		"\t\tbreak\n"
		"\tdone\n"
		"\tcase $command in\n\t\"\") words=\"");
	add_names(out);
	sbuf_add(out, " --text\" ;;\n");
	for (const struct command *c = commands; c->name != NULL; c++) {
		struct sbuf words = {0};
		add_words(&words, c->usage);
		if (words.n > 0)
			sbuf_addf(out, "\t%s) words=\"%s\" ;;\n", c->name, sbuf_str(&words));
		sbuf_fini(&words);
	}
	sbuf_addf(out, "\tesac\n\tCOMPREPLY=($(compgen -W \"$words %s\" -- \"$cur\"))\n}\ncomplete -F _kring"
		" kring\n", common);
}

/* Text inside single quotes of a shell. */
static void add_quoted(struct sbuf *out, const char *text)
{
	for (const char *s = text; *s != '\0'; s++)
		if (*s == '\'')
			sbuf_add(out, "'\\''");
		else
			sbuf_addc(out, *s);
}

static void zsh(struct sbuf *out)
{
	sbuf_add(out, "#compdef kring\n"
		"_kring() {\n"
		"\tlocal -a names\n"
		"\tlocal command= i\n"
		"\tfor ((i = 2; i < CURRENT; i++)); do\n"
		"\t\t[[ $words[i] == -* || $words[i-1] == --site ]] && continue\n"
		"\t\tcommand=$words[i]\n"
		"\t\tbreak\n"
		"\tdone\n"
		"\tif [[ $words[CURRENT-1] == --ca-file || $words[CURRENT-1] == --out ]]; then\n"
		"\t\t_files\n\t\treturn\n\tfi\n"
		"\tcase $command in\n\t'')\n\t\tnames=(\n");
	for (const struct command *c = commands; c->name != NULL; c++) {
		sbuf_addf(out, "\t\t\t'%s:", c->name);
		add_quoted(out, _(c->says));
		sbuf_add(out, "'\n");
	}
	sbuf_addf(out, "\t\t)\n\t\t_describe command names\n\t\tcompadd -- --text %s\n\t\t;;\n", common);
	for (const struct command *c = commands; c->name != NULL; c++) {
		struct sbuf words = {0};
		add_words(&words, c->usage);
		sbuf_addf(out, "\t%s) compadd -- %s%s%s ;;\n", c->name, sbuf_str(&words), words.n > 0 ? " " : "", common);
		sbuf_fini(&words);
	}
	sbuf_add(out, "\tesac\n}\n_kring \"$@\"\n");
}

static void fish_words(struct sbuf *out, const char *condition, const char *list)
{
	for (const char *s = list; *s != '\0';) {
		size_t n = strcspn(s, " ");
		sbuf_addf(out, "complete -c kring %s ", condition);
		if (str_starts(s, "--"))
			sbuf_addf(out, "-l %.*s\n", (int)n - 2, s + 2);
		else
			sbuf_addf(out, "-a %.*s\n", (int)n, s);
		s += n + (s[n] == ' ');
	}
}

static void fish(struct sbuf *out)
{
	sbuf_add(out, "# fish completion for kring\ncomplete -c kring -f\ncomplete -c kring -l ca-file -rF\n");
	fish_words(out, "", common);
	fish_words(out, "-n __fish_use_subcommand", "--text");
	for (const struct command *c = commands; c->name != NULL; c++) {
		struct sbuf words = {0}, condition = {0};
		sbuf_addf(out, "complete -c kring -n __fish_use_subcommand -a %s -d '", c->name);
		add_quoted(out, _(c->says));
		sbuf_add(out, "'\n");
		add_words(&words, c->usage);
		sbuf_addf(&condition, "-n '__fish_seen_subcommand_from %s'", c->name);
		fish_words(out, sbuf_str(&condition), sbuf_str(&words));
		sbuf_fini(&words);
		sbuf_fini(&condition);
	}
}

int completion_run(struct call *c)
{
	static const struct {
		const char *shell;
		void (*print)(struct sbuf *out);
	} shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
	if (c->argc == 1)
		for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++)
			if (strcmp(c->argv[0], shells[i].shell) == 0) {
				shells[i].print(&c->out);
				json_add_string(c->doc, "completion", sbuf_str(&c->out));
				return EXIT_OK;
			}
	return call_usage(c);
}
