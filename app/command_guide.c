#include "commands.h"

#include "guide_text.h"
#include "plain.h"
#include "str.h"
#include "text.h"

static const char *speaker_word(enum method_speaker speaks)
{
	static const char *const words[] = {"case giver", "in turn", "group", "facilitator", "nobody", "pause", NULL};
	return words[speaks];
}

static void add_steps(struct call *c, const struct guide *g, struct json *o)
{
	const struct zone *zone = c->program->ctx.zone;
	struct json *array = json_add_array(o, "steps");
	for (int i = 0; i < g->plan.count; i++) {
		const struct method_phase *p = g->plan.step[i].phase;
		struct json *step = json_append_object(array);
		int64_t from = 0, to = 0;
		guide_step_times(g, i, zone, &from, &to);
		json_add_string(step, "name", p->name);
		json_add_int(step, "length", p->length);
		json_add_string(step, "speaks", speaker_word(p->speaks));
		json_add_string(step, "asks", p->asks);
		json_add_string(step, "say", p->say);
		call_add_time(step, "starts_at", from);
		call_add_time(step, "ends_at", to);
	}
}

static void add_json(struct call *c, const struct guide *g)
{
	struct json *o = json_add_object(c->doc, "guide"), *array;
	const char *rest = g->agreements, *line;
	json_add_int(o, "event_id", g->key.event_id);
	json_add_string(o, "name", g->title);
	json_add_string(o, "method", g->method->id);
	json_add_string(o, "method_name", g->method->name);
	json_add_string(o, "unit", g->method->unit == METHOD_DAYS ? "days" : "minutes");
	json_add_int(o, "total", g->plan.total);
	call_add_time(o, "starts_at", g->began_ms != 0 ? g->began_ms : g->span.starts_ms);
	array = json_add_array(o, "agreements");
	while ((line = guide_text_agreement(&rest, &c->mem)) != NULL)
		json_append_string(array, line);
	add_steps(c, g, o);
}

static void add_paper(struct call *c, const struct guide *g)
{
	struct plain p;
	plain_begin(&p, c);
	guide_text_whole(&p.builder, g, c->program->ctx.zone);
	sbuf_add(&c->out, plain_end(&p));
}

static void add_names(const struct guide *g, struct sbuf *out)
{
	for (int i = 0; i < g->all->count; i++)
		sbuf_addf(out, "%s%s", i > 0 ? ", " : "", g->all->method[i].id);
}

/* False: there is no guide, *err says why. */
static bool find(struct call *c, int64_t id, const char *method, struct guide *g, struct error *err)
{
	struct sbuf names = {0};
	*g = guide_of(&c->program->ctx, id, 0, method, &c->mem);
	if (g->event == NULL)
		return fail(err, ERR_NOT_FOUND, _("Meeting %lld is not in kring."), (long long)id);
	bool known = str_empty(method) || method_named(g->all, method) != NULL;
	if (known && g->method != NULL)
		return true;
	add_names(g, &names);
	if (known)
		fail(err, ERR_NOT_FOUND, _("No method was chosen for this meeting."));
	else
		fail(err, ERR_NOT_FOUND, _("There is no method \"%s\"."), method);
	error_advise(err, "", arena_printf(&c->mem, _("Choose one with --method: %s."), sbuf_str(&names)));
	sbuf_fini(&names);
	return false;
}

int guide_run(struct call *c)
{
	int64_t id;
	struct guide g;
	struct error err;
	const char *method = call_option(c, "--method");
	if (!call_rest(c, 1) || c->argc != 1 || !str_to_int(c->argv[0], 1, INT64_MAX, &id))
		return call_usage(c);
	if (!find(c, id, method, &g, &err))
		return call_fail(c, &err);
	add_json(c, &g);
	add_paper(c, &g);
	return EXIT_OK;
}
