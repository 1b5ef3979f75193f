#include "theme_file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "palette.h"
#include "paths.h"
#include "str.h"
#include "text.h"
#include "theme.h"
#include "utf8.h"
#include "yaml_tree.h"

enum { MaxBytes = 16 * 1024, MaxName = 60 };
static const double ReadableContrast = 4.5; /* WCAG 2.2, 1.4.3 */

struct list {
	struct arena *mem;
	const struct config_problem **tail;
};

static void add(struct list *l, const char *file, const struct yaml *at, const char *why)
{
	struct config_problem *p = ARENA_NEW(l->mem, struct config_problem);
	*p = (struct config_problem){.file = arena_strdup(l->mem, file), .why = arena_strdup(l->mem, why),
		.key = utf8_clean_arena(l->mem, at == NULL ? "" : str_or_empty(at->key), 0, 100), .line = at == NULL
		? 0 : at->line};
	*l->tail = p;
	l->tail = &p->next;
}

static bool read_colour(const char *text, uint32_t *out)
{
	int64_t number;
	char *end;
	if (str_to_int(text, 16, 255, &number)) {
		*out = palette_rgb(0, (int)number);
		return true;
	}
	if (text[0] != '#' || strlen(text) != 7 || strspn(text + 1, "0123456789abcdefABCDEF") != 6)
		return false;
	*out = (uint32_t)strtoul(text + 1, &end, 16);
	return true;
}

static bool read_colours(const struct yaml *root, const char *file, struct theme_colours *c, struct list *problems)
{
	const struct {
		const char *name;
		uint32_t *at;
	} parts[] = {{"background", &c->background}, {"text", &c->text}, {"accent", &c->accent}, {"soft", &c->soft},
		{"error", &c->error}};
	bool ok = true;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		const struct yaml *value = yaml_get(root, parts[i].name);
		if (value != NULL && value->kind == YAML_TEXT && read_colour(value->text, parts[i].at))
			continue;
		const char *why = arena_printf(problems->mem,
			_("%s: write a colour as \"#rrggbb\" or a number from 16 to 255"), parts[i].name);
		add(problems, file, value, why);
		ok = false;
	}
	return ok;
}

static void take(const char *file, const char *name, const struct yaml *root, struct list *problems,
	struct list *warnings)
{
	struct theme_colours c;
	const char *title = str_or_empty(yaml_text(root, "title"));
	if (!read_colours(root, file, &c, problems))
		return;
	title = utf8_clean_arena(problems->mem, title[0] == '\0' ? name : title, 0, MaxName);
	if (theme_add(name, title, &c) == NULL) {
		add(problems, file, NULL, _("kring has a theme of this name already, or has too many"));
		return;
	}
	double contrast = theme_lowest_contrast(&c);
	if (contrast < ReadableContrast)
		add(warnings, file, NULL, arena_printf(warnings->mem,
			_("the contrast is %.1f; from 4.5 most people can read it"), contrast));
}

static void load_one(const char *dir, const char *entry, struct list *problems, struct list *warnings)
{
	char *path = paths_join(dir, entry);
	struct sbuf text = {0};
	struct error err;
	struct arena *mem = problems->mem;
	const char *name = arena_strndup(mem, entry, strlen(entry) - strlen(".yaml"));
	const struct yaml *root = NULL;
	if (!file_read(path, MaxBytes, &text, &err))
		add(problems, path, NULL, err.what);
	else if ((root = yaml_parse(entry, sbuf_str(&text), text.n, mem, &err)) == NULL)
		add(problems, path, NULL, err.what);
	else
		take(path, name, root, problems, warnings);
	sbuf_fini(&text);
	free(path);
}

static int is_theme(const struct dirent *e)
{
	size_t n = strlen(e->d_name);
	return e->d_name[0] != '.' && str_ends(e->d_name, ".yaml") && n <= MaxName && utf8_valid(e->d_name, n);
}

void theme_files_load(struct arena *a, const struct config_problem **problems,
	const struct config_problem **warnings)
{
	struct list bad = {.mem = a, .tail = problems}, poor = {.mem = a, .tail = warnings};
	struct dirent **entry;
	char *config = paths_config_file(), *slash = strrchr(config, '/');
	*slash = '\0';
	char *dir = paths_join(config, "themes");
	int n = scandir(dir, &entry, is_theme, alphasort);
	*problems = *warnings = NULL;
	for (int i = 0; i < n; i++) {
		load_one(dir, entry[i]->d_name, &bad, &poor);
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
	free(dir);
	free(config);
}
