#include "setting_link.h"

#include <stdio.h>
#include <string.h>

#include "language.h"
#include "setting_value.h"
#include "setting_writer.h"
#include "stack.h"
#include "str.h"

static struct setting_writer *writer(struct program *p)
{
	if (p->setting_writer == NULL)
		p->setting_writer = setting_writer_new(p->network.wake_write);
	return p->setting_writer;
}

static void show_anew(struct program *p)
{
	language_set(p->config.language);
	stack_changed(p->ctx.stack, STORE_ALL);
	stack_renew(p->ctx.stack);
	stack_resize(p->ctx.stack, p->ctx.stack->rows, p->ctx.stack->cols);
}

static const char *value_or_standard(struct program *p, const struct option *o, const char *value)
{
	return value != NULL ? value : config_show(&p->standard, o, &p->mem);
}

bool setting_link_set(void *self, const char *name, const char *value, enum option_change how, struct error *err)
{
	struct program *p = self;
	const struct option *o = config_option(name);
	if (!config_set(&p->config, name, o == NULL ? "" : value_or_standard(p, o, value), &p->mem, err))
		return false;
	setting_writer_set(writer(p), o, value, how);
	show_anew(p);
	return true;
}

void setting_link_step(void *self, int step)
{
	setting_writer_step(writer(self), step);
}

void setting_link_do(struct program *p, struct setting_task *task)
{
	setting_writer_do(writer(p), task->write, task);
}

/* Text mode begins when its setting is kept: the full screen could not say why it is not. */
static void written(struct program *p, const struct setting_result *r)
{
	if (r->option == NULL)
		return;
	config_set(&p->kept, r->option->name, value_or_standard(p, r->option, r->value), &p->mem, NULL);
	if (!r->newer && (r->how != OPTION_RESTORED || r->last))
		setting_say_written(&p->ctx, r->option, r->how);
	if (!p->text && p->config.mode == MODE_TEXT && p->kept.mode == MODE_TEXT)
		p->leaving = p->to_text = true;
}

static void not_written(struct program *p, const struct setting_result *r)
{
	if (r->option == NULL || r->newer)
		return;
	const char *before = config_show(&p->kept, r->option, &p->mem);
	config_set(&p->config, r->option->name, before, &p->mem, NULL);
	undo_forget_setting(&p->ctx.undo, r->option->name, before);
	show_anew(p);
}

bool setting_link_tell(struct program *p)
{
	struct setting_result r;
	struct error why = {.kind = ERR_NONE};
	bool any = false;
	while (p->setting_writer != NULL && setting_writer_result(p->setting_writer, &r, &p->mem)) {
		any = true;
		if (r.data != NULL) {
			struct setting_task *task = r.data;
			task->done(p, task, r.ok, &r.err);
			continue;
		}
		if (r.ok)
			written(p, &r);
		else
			not_written(p, &r);
		why = r.ok ? why : r.err;
	}
	if (why.kind != ERR_NONE)
		stack_say(p->ctx.stack, "%s %s %s", why.what, error_kept(&why), error_todo(&why));
	return any;
}

void setting_link_wait(struct program *p, int most_ms)
{
	if (p->setting_writer != NULL)
		setting_writer_wait(p->setting_writer, most_ms);
}

void setting_link_end(struct program *p)
{
	struct setting_result r;
	char said[sizeof r.err.what] = "";
	if (p->setting_writer == NULL)
		return;
	setting_writer_end(p->setting_writer);
	while (setting_writer_result(p->setting_writer, &r, &p->mem)) {
		if (!r.ok && strcmp(said, r.err.what) != 0)
			fprintf(stderr, "kring: %s %s %s\n", r.err.what, error_kept(&r.err), error_todo(&r.err));
		if (!r.ok)
			snprintf(said, sizeof said, "%s", r.err.what);
		struct setting_task *task = r.data;
		if (task != NULL)
			task->forget(task);
	}
	setting_writer_free(p->setting_writer);
	p->setting_writer = NULL;
}
