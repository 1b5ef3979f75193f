#include "method.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "method_read.h"
#include "panic.h"
#include "paths.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

enum { MaxBytes = 64 * 1024, MaxName = 60, MaxMethods = 200 };

static const struct yaml *own_data(struct arena *a)
{
	struct error err;
	const struct yaml *data = yaml_parse("methods.yaml", methods_data, strlen(methods_data), a, &err);
	ensure(data != NULL);
	return data;
}

static int items_of(const struct yaml *list)
{
	int n = 0;
	YAML_EACH(item, list)
		n++;
	return n;
}

static struct method_phase frame_phase(struct method_reader *r, const struct yaml *frame, const char *name)
{
	struct method_phase phase;
	ensure(method_phase_read(r, yaml_get(frame, name), METHOD_MINUTES, &phase));
	return phase;
}

static void read_frame(struct method_reader *r, const struct yaml *node, struct method_frame *f)
{
	const struct yaml *roles = yaml_get(node, "roles");
	struct method_role *role = ARENA_ARRAY(r->mem, (size_t)items_of(roles) + 1, struct method_role);
	*f = (struct method_frame){.opening = frame_phase(r, node, "opening"), .pause = frame_phase(r, node, "pause"),
		.close = frame_phase(r, node, "close"), .pause_every = (int)yaml_number(node, "pause_every", 60),
		.role = role};
	YAML_EACH(item, roles)
		role[f->roles++] = (struct method_role){method_name(r, item), method_text(r, item, "does")};
}

static enum method_answer answer_from(const char *word)
{
	static const char *const words[] = {"line", "text", "method", "day", "tick", "choice"};
	for (size_t i = 0; i < COUNT(words); i++)
		if (str_equal(word, words[i]))
			return (enum method_answer)i;
	return ANSWER_TEXT;
}

static const char *const *choice_of(const struct method_reader *r, const struct yaml *item)
{
	const struct yaml *list = yaml_get(item, str_starts(str_or_empty(r->language), "nl") ? "choice_nl"
		: "choice_en");
	const char **choice = ARENA_ARRAY(r->mem, (size_t)items_of(list) + 1, const char *);
	int n = 0;
	YAML_EACH(word, list)
		choice[n++] = str_or_empty(word->text);
	return choice;
}

static const struct method_question *questions_of(const struct method_reader *r, const struct yaml *list)
{
	struct method_question *question = ARENA_ARRAY(r->mem, (size_t)items_of(list) + 1, struct method_question);
	int n = 0;
	YAML_EACH(item, list)
		question[n++] = (struct method_question){.id = yaml_text(item, "id"), .label = method_name(r, item),
			.hint = method_text(r, item, "hint"), .answer = answer_from(yaml_text(item, "answer")),
			.required = yaml_bool(item, "required", false), .choice = choice_of(r, item)};
	return question;
}

static bool is_taken(const struct methods *all, const char *id)
{
	for (int i = 0; i < all->count; i++)
		if (str_equal(all->method[i].id, id))
			return true;
	return false;
}

static void load_file(struct method_reader *r, const char *entry, struct methods *all, struct method *room)
{
	struct sbuf text = {0};
	struct error err;
	const char *id = arena_strndup(r->mem, entry, strlen(entry) - strlen(".yaml"));
	const struct yaml *root = NULL;
	if (all->count == MaxMethods || is_taken(all, id))
		method_problem(r, NULL, _("kring has a method of this name already, or has too many"));
	else if (!file_read(r->file, MaxBytes, &text, &err) ||
		(root = yaml_parse(entry, sbuf_str(&text), text.n, r->mem, &err)) == NULL)
		method_problem(r, NULL, err.what);
	else if (method_read(r, root, id, &room[all->count]))
		all->count++;
	sbuf_fini(&text);
}

static int is_method(const struct dirent *e)
{
	size_t n = strlen(e->d_name);
	return e->d_name[0] != '.' && str_ends(e->d_name, ".yaml") && n <= MaxName && utf8_valid(e->d_name, n);
}

static char *folder(void)
{
	char *config = paths_config_file(), *slash = strrchr(config, '/');
	*slash = '\0';
	char *dir = paths_join(config, "methods");
	free(config);
	return dir;
}

static void load_files(struct method_reader *r, struct methods *all, struct method *room)
{
	struct dirent **entry;
	char *dir = folder();
	int n = scandir(dir, &entry, is_method, alphasort);
	for (int i = 0; i < n; i++) {
		char *path = paths_join(dir, entry[i]->d_name);
		r->file = arena_strdup(r->mem, path);
		load_file(r, entry[i]->d_name, all, room);
		free(path);
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
	free(dir);
}

const struct methods *methods_load(const char *language, struct arena *a, const struct config_problem **problems)
{
	struct method_reader r = {.language = language, .mem = a, .tail = problems};
	const struct yaml *data = own_data(a);
	struct methods *all = ARENA_NEW(a, struct methods);
	struct method *method = ARENA_ARRAY(a, MaxMethods, struct method);
	if (problems != NULL)
		*problems = NULL;
	read_frame(&r, yaml_get(data, "frame"), &all->frame);
	all->preparation = questions_of(&r, yaml_get(data, "preparation"));
	all->look_back = questions_of(&r, yaml_get(data, "look_back"));
	all->method = method;
	YAML_EACH(node, yaml_get(data, "methods"))
		all->count += method_read(&r, node, yaml_text(node, "id"), &method[all->count]);
	load_files(&r, all, method);
	return all;
}

void methods_check(const char *language, struct arena *a, const struct config_problem **problems)
{
	char *dir = folder();
	*problems = NULL;
	if (file_exists(dir))
		methods_load(language, a, problems);
	free(dir);
}

/* How many bytes of `text` are this name, when no letter or digit follows it; 0 when it is another. */
static size_t matches(const char *text, const char *name)
{
	char *want = utf8_fold(name);
	size_t n = strlen(want);
	bool same = n > 0 && strncmp(text, want, n) == 0 && !isalnum((unsigned char)text[n]) && (text[n] & 0x80) == 0;
	free(want);
	return same ? n : 0;
}

const struct method *method_named(const struct methods *all, const char *name)
{
	const struct method *found = NULL;
	char *fold = utf8_fold(str_or_empty(name));
	const char *text = str_trim(fold);
	size_t longest = 0;
	for (int i = 0; i < all->count; i++)
		for (const char *const *own = all->method[i].names; *own != NULL; own++) {
			size_t n = matches(text, *own);
			if (n > longest) {
				longest = n;
				found = &all->method[i];
			}
		}
	free(fold);
	return found;
}

const char *method_speaker_words(enum method_speaker speaks)
{
	static const char *const words[] = {N_("the case giver"), N_("each person in turn"), N_("the group"),
		N_("the facilitator"), N_("nobody, it is silent"), N_("nobody, it is a break")};
	return speaks == SPEAKS_NOT_SAID ? "" : _(words[speaks]);
}
