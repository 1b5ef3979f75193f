#include "commands.h"

#include <sys/utsname.h>

#include "build_config.h"
#include "doctor.h"
#include "text.h"

static const char *state_words(enum finding_state state)
{
	static const char *const words[] = {N_("Good"), N_("Note"), N_("Trouble")};
	return _(words[state]);
}

static void print_finding(struct call *c, struct json *array, const struct finding *i)
{
	static const char *const words[] = {"good", "note", "trouble"};
	struct json *o = json_append_object(array);
	json_add_string(o, "what", i->what);
	json_add_string(o, "state", words[i->state]);
	json_add_string(o, "says", i->says);
	json_add_string(o, "todo", i->todo);
	call_line(c, "%s. %s: %s", state_words(i->state), i->title, i->says);
	if (i->todo[0] != '\0')
		call_line(c, "   %s", i->todo);
}

static void print_program(struct call *c)
{
	struct utsname u;
	json_add_string(c->doc, "version", KRING_VERSION);
	call_line(c, "kring %s", KRING_VERSION);
	if (uname(&u) == 0)
		call_line(c, "%s %s %s", u.sysname, u.release, u.machine);
}

int doctor_run(struct call *c)
{
	struct error err;
	int troubles = 0;
	struct findings f = {.mem = &c->mem};
	f.last = &f.first;
	if (!call_rest(c, 0))
		return call_usage(c);
	program_open(c->program, &err);
	doctor_computer(&f, c->program);
	doctor_disk(&f, c->program);
	doctor_files(&f, c->program);
	doctor_site(&f, c->program);
	c->answered = true;
	print_program(c);
	struct json *array = json_add_array(c->doc, "findings");
	for (const struct finding *i = f.first; i != NULL; i = i->next) {
		print_finding(c, array, i);
		troubles += i->state == FINDING_TROUBLE;
	}
	if (troubles > 0)
		call_line(c, ngettext("%d thing needs you. It begins with \"%s\".",
			"%d things need you. They begin with \"%s\".", (unsigned long)troubles), troubles,
			state_words(FINDING_TROUBLE));
	call_line(c, "%s", _("Nothing private is in this report. You can give it to somebody who helps you."));
	return troubles == 0 ? EXIT_OK : EXIT_FAILED;
}
