#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "keys.h"
#include "screens.h"
#include "stack.h"
#include "text.h"

/* Writes the page kring-keys(7) from the tables of keys that kring itself goes by.
 *
 *     keys_page CATALOGUES LANGUAGE
 */
static const struct {
	const char *name[3];
	const char *text;
} always[] = {
	{{N_("arrow up"), N_("arrow down")}, N_("Choose an item, or read a line further or back.")},
	{{"Page Up", "Page Down", N_("space")}, N_("Go to the previous or the next page. Space goes forward.")},
	{{"Home", "End"}, N_("Go to the start or the end.")},
	{{"Enter"}, N_("Open the item. In a text it opens the link you are on, or the menu of actions.")},
	{{"Tab", "Shift-Tab"}, N_("In a text: go to the next or the previous link.")},
	{{"Ctrl-L"}, N_("Draw the screen again.")},
	{{"Ctrl-Z"}, N_("Go back to the shell. The command fg returns to kring.")},
};

static const struct {
	const char *name, *text;
} writing[] = {
	{"Enter", N_("Begin a new line. It never sends.")},
	{"Tab", N_("Complete a name that begins with @ or #.")},
	{"Ctrl-O", N_("Undo what you typed.")},
	{"Ctrl-R", N_("Do it again.")},
	{"Ctrl-B", N_("Go one word back.")},
	{"Ctrl-F", N_("Go one word further.")},
	{"Ctrl-A", N_("Go to the start of the line.")},
	{"Ctrl-E", N_("Go to the end of the line.")},
	{"Ctrl-W", N_("Remove the word before the cursor.")},
	{"Ctrl-U", N_("Remove everything before it on the line.")},
	{"Ctrl-K", N_("Remove everything after it on the line.")},
};

/* scdoc gives these a meaning. */
static void print_escaped(const char *s)
{
	for (; *s != '\0'; s++) {
		if (strchr("\\*_~[]", *s) != NULL)
			putchar('\\');
		putchar(*s);
	}
}

static void print_key(const char *name, bool first)
{
	if (!first)
		printf(", ");
	putchar('*');
	print_escaped(name);
	putchar('*');
}

static void print_text(const char *text)
{
	printf("\n\t%s\n\n", text);
}

static const struct binding *next_twin(const struct binding *from, const char *says)
{
	while (from->key != NULL && strcmp(from->says, says) != 0)
		from++;
	return from->key == NULL ? NULL : from;
}

static void print_key_of(const struct binding *b, bool first)
{
	struct sbuf name = {0};
	struct key k;
	if (key_parse(b->key, &k))
		key_says(&k, &name);
	print_key(sbuf_str(&name), first);
	sbuf_fini(&name);
}

/* Keys that do the same stand together, where the first of them stands. */
static void print_table(const struct binding *rows)
{
	for (const struct binding *b = rows; b->key != NULL; b++) {
		if (next_twin(rows, b->says) != b)
			continue;
		struct sbuf names = {0};
		for (const struct binding *twin = b; twin != NULL; twin = next_twin(twin + 1, b->says)) {
			print_key_of(twin, twin == b);
			sbuf_addf(&names, "%s_%s_", twin == b ? "" : ", ", twin->verb);
		}
		printf(" (%s)\n\t%s.\n\n", sbuf_str(&names), _(b->says));
		sbuf_fini(&names);
	}
}

static void print_always(void)
{
	for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) {
		for (int j = 0; j < 3 && always[i].name[j] != NULL; j++)
			print_key(_(always[i].name[j]), j == 0);
		print_text(_(always[i].text));
	}
}

/* What can get one more key. */
static void print_moves(void)
{
	struct key_action all[KEYS_ACTIONS];
	int n = keys_actions(all);
	printf("%s\n\n", _("These names give moving one more key. The keys above always work too."));
	for (int i = 0; i < n; i++)
		if (all[i].binding == NULL)
			printf("_%s_\n\t%s.\n\n", all[i].name, _(all[i].says));
}

static void print_writing(void)
{
	printf("# %s\n\n", _("WHILE WRITING"));
	for (size_t i = 0; i < sizeof writing / sizeof writing[0]; i++) {
		print_key(writing[i].name, true);
		print_text(_(writing[i].text));
	}
}

static bool was_printed(const struct screen_ops *const *list, int until, const struct binding *keys)
{
	for (int i = 0; i < until; i++)
		if (list[i]->keys == keys)
			return true;
	return false;
}

/* Screens whose own title says too little between all the others. */
static const struct {
	const char *screen, *title;
} titles[] = {
	{"start", N_("FIRST SCREEN")},
	{"week", N_("Calendar, by week")},
	{"month", N_("Calendar, by month")},
	{"draft", N_("Text with its title and category")},
	{"meeting", N_("Making a meeting")},
	{"prepare_look", N_("Overview of your preparation")},
};

static const char *title_of(const char *screen, const char *own)
{
	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (strcmp(titles[i].screen, screen) == 0)
			return _(titles[i].title);
	return own;
}

static void print_screens(struct stack *st)
{
	for (int i = 0; screens[i] != NULL; i++) {
		if (screens[i]->keys == NULL || was_printed(screens, i, screens[i]->keys))
			continue;
		stack_go(st, &(struct target){.screen = screens[i]->name});
		printf("# %s\n\n", title_of(screens[i]->name, stack_top(st)->title));
		stack_back(st);
		print_table(screens[i]->keys);
	}
}

int main(int argc, char **argv)
{
	struct config config;
	struct context ctx = {.config = &config, .zone = zone_utc()};
	if (argc != 3)
		return 2;
	setlocale(LC_ALL, "C.UTF-8");
	setenv("LANGUAGE", argv[2], 1);
	bindtextdomain("kring", argv[1]);
	bind_textdomain_codeset("kring", "UTF-8");
	textdomain("kring");
	config_init(&config);
	struct stack *st = stack_new(&ctx, 24, 80);
	printf("kring-keys(7) \"kring\" \"%s\"\n\n# %s\n\nkring-keys - %s\n\n", _("kring manual"), _("NAME"),
		_("the keys of kring"));
	printf("# %s\n\n%s\n\n", _("DESCRIPTION"), _("A key has the same meaning on every screen that has it."));
	printf("%s\n\n",
		_("Letters can be turned off with the setting letters. Everything is then still in the menu of F2."));
	printf("%s %s\n\n", _("Behind each key stands the name of what it does."),
		_("With that name you choose a key of your own: see *keys* in *kring-config*(5)."));
	printf("# %s\n\n", _("EVERYWHERE"));
	print_always();
	print_table(global_keys);
	print_moves();
	print_screens(st);
	print_writing();
	printf("# %s\n\n*kring*(1), *kring-config*(5)\n", _("SEE ALSO"));
	stack_free(st);
	return 0;
}
