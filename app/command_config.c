#include "commands.h"

#include <stdlib.h>
#include <string.h>

#include "config_file.h"
#include "file.h"
#include "key_choice.h"
#include "keys.h"
#include "paths.h"
#include "text.h"
#include "theme.h"

static int check(struct call *c)
{
	const struct program *p = c->program;
	struct json *array = json_add_array(c->doc, "problems");
	c->answered = true;
	bool theme = theme_find(p->config.theme) != NULL;
	for (const struct config_problem *i = p->problems; i != NULL; i = i->next) {
		struct json *o = json_append_object(array);
		json_add_string(o, "file", i->file);
		json_add_int(o, "line", i->line);
		json_add_string(o, "key", i->key);
		json_add_string(o, "why", i->why);
		call_line(c, "%s", config_problem_text(i, &c->mem));
	}
	if (!theme)
		call_line(c, _("There is no theme \"%s\". kring uses no colours."), p->config.theme);
	for (const struct config_problem *i = p->warnings; i != NULL; i = i->next)
		call_line(c, "%s", config_problem_text(i, &c->mem));
	if (p->problems != NULL)
		call_line(c, "%s", config_problem_advice());
	if (p->problems != NULL || !theme)
		return EXIT_FAILED;
	call_line(c, "%s", _("All settings can be used."));
	return EXIT_OK;
}

static int show(struct call *c)
{
	struct json *o = json_add_object(c->doc, "settings");
	for (const struct option *i = options_table; i->name != NULL; i++) {
		const char *value = config_show(&c->program->config, i, &c->mem);
		json_add_string(o, i->name, value);
		call_line(c, "%s: %s", i->name, value);
	}
	return EXIT_OK;
}

/* The name that the file of settings has for it; "" without a key. Moving may have two: "Down, j". */
static const char *key_of(struct call *c, const struct key_action *action)
{
	const struct config *config = &c->program->config;
	const char *own = key_choice_find(config->keys, action->name);
	struct sbuf name = {0};
	struct key k;
	if (action->binding == NULL)
		key_add_name(&(struct key){.code = action->move}, &name);
	if (action->binding != NULL ? keys_of(config, action->binding, &k) : own != NULL && key_parse(own, &k)) {
		sbuf_add(&name, name.n > 0 ? ", " : "");
		key_add_name(&k, &name);
	}
	const char *text = arena_strdup(&c->mem, sbuf_str(&name));
	sbuf_fini(&name);
	return text;
}

static int keys(struct call *c)
{
	struct key_action all[KEYS_ACTIONS];
	struct json *o = json_add_object(c->doc, "keys");
	int n = keys_actions(all);
	for (int i = 0; i < n; i++) {
		const char *key = key_of(c, &all[i]);
		json_add_string(o, all[i].name, key);
		call_line(c, "%s: %s (%s)", all[i].name, key[0] == '\0' ? KEY_CHOICE_NONE : key, _(all[i].says));
	}
	return EXIT_OK;
}

static int path(struct call *c)
{
	char *file = paths_config_file();
	json_add_string(c->doc, "path", file);
	json_add_bool(c->doc, "exists", file_exists(file));
	call_line(c, "%s", file);
	free(file);
	return EXIT_OK;
}

static int sample(struct call *c)
{
	struct sbuf text = {0};
	config_file_sample(&text);
	json_add_string(c->doc, "sample", sbuf_str(&text));
	sbuf_add(&c->out, sbuf_str(&text));
	sbuf_fini(&text);
	return EXIT_OK;
}

int config_run(struct call *c)
{
	static const struct {
		const char *word;
		int (*run)(struct call *c);
	} parts[] = {{"check", check}, {"show", show}, {"keys", keys}, {"path", path}, {"sample", sample}};
	if (c->argc == 1)
		for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
			if (strcmp(c->argv[0], parts[i].word) == 0)
				return parts[i].run(c);
	return call_usage(c);
}
