#include "guide_text.h"

#include <string.h>

#include "str.h"
#include "text.h"

static void add_line(struct styled_builder *b, enum role role, struct sbuf *text)
{
	styled_line(b, role, sbuf_str(text));
	sbuf_reset(text);
}

static const char *trust_words(enum method_trust trust)
{
	static const char *const words[] = {N_("Also for people who do not know each other yet."),
		N_("For people who know each other a little."), N_("Only for a group that knows each other well.")};
	return _(words[trust]);
}

static const char *experience_words(enum method_experience experience)
{
	static const char *const words[] = {N_("Nobody needs experience with intervision."),
		N_("Some experience with intervision is needed."), N_("Much experience with intervision is needed.")};
	return _(words[experience]);
}

void guide_text_method(struct sbuf *out, const struct method *m)
{
	when_duration(out, m->unit == METHOD_DAYS ? m->total * 24LL * 60 : m->total);
	/* Translators: the size of a group, after how long it takes. */
	sbuf_addf(out, _(", %d to %d people"), m->group_min, m->group_max);
}

/* "- ", "* ", "12. " or "12) ": its bytes. */
static size_t mark_of(const char *line)
{
	size_t digits = strspn(line, "0123456789"), n = 0;
	if (digits > 0 && (line[digits] == '.' || line[digits] == ')'))
		n = digits + 1;
	else if (*line == '-' || *line == '*')
		n = 1;
	return n > 0 && line[n] == ' ' ? n : 0;
}

const char *guide_text_agreement(const char **text, struct arena *a)
{
	while (**text != '\0') {
		size_t n = strcspn(*text, "\n");
		char *line = str_trim(arena_strndup(a, *text, n));
		*text += n + ((*text)[n] == '\n');
		line = str_trim(line + mark_of(line));
		if (*line != '\0')
			return line;
	}
	return NULL;
}

static void add_agreements(struct styled_builder *b, const struct guide *g)
{
	const char *rest = g->agreements, *line;
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("Agreements"));
	while ((line = guide_text_agreement(&rest, b->arena)) != NULL) {
		styled_push(b, ROLE_TEXT, "- ", "  ");
		styled_add(b, ROLE_TEXT, line);
		styled_pop(b);
		styled_break(b);
	}
}

static void add_roles(struct styled_builder *b, const struct guide *g)
{
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("Roles"));
	if (*g->facilitator != '\0')
		styled_label(b, _("Facilitator this time"), g->facilitator);
	for (int i = 0; i < g->all->frame.roles; i++)
		styled_label(b, g->all->frame.role[i].name, g->all->frame.role[i].does);
}

static void add_plan(struct styled_builder *b, const struct guide *g, const struct zone *zone)
{
	struct sbuf text = {0};
	styled_blank(b);
	styled_line(b, ROLE_STRONG, _("The steps"));
	for (int i = 0; i < g->plan.count; i++) {
		guide_add_when(&text, g, i, zone);
		sbuf_addf(&text, ": %d. %s", i + 1, g->plan.step[i].phase->name);
		styled_push(b, ROLE_TEXT, "", "  ");
		styled_add(b, ROLE_TEXT, sbuf_str(&text));
		styled_pop(b);
		styled_break(b);
		sbuf_reset(&text);
	}
	sbuf_fini(&text);
}

static void add_notes(struct styled_builder *b, const struct guide *g, const char *const *notes)
{
	bool headed = false;
	for (int i = 0; notes != NULL && i < g->plan.count; i++) {
		if (*notes[i] == '\0')
			continue;
		if (!headed) {
			styled_blank(b);
			styled_line(b, ROLE_STRONG, _("Your notes, only on this computer"));
			headed = true;
		}
		styled_label(b, g->plan.step[i].phase->name, notes[i]);
	}
}

/* What does not fit, in a sentence each. */
static void add_remarks(struct styled_builder *b, const struct guide *g)
{
	struct sbuf total = {0}, meeting = {0};
	int64_t minutes = g->span.all_day || g->span.ends_ms <= g->span.starts_ms ? 0
		: (g->span.ends_ms - g->span.starts_ms) / 60000;
	guide_add_length(&total, g, g->plan.total);
	when_duration(&meeting, minutes);
	if (g->method->unit == METHOD_MINUTES && minutes > 0 && g->plan.total > minutes)
		styled_addf(b, ROLE_TEXT, _("The steps take %s. The meeting is planned for %s."), sbuf_str(&total),
			sbuf_str(&meeting));
	else
		styled_addf(b, ROLE_TEXT, _("The steps take %s together."), sbuf_str(&total));
	styled_break(b);
	if (g->method->unit == METHOD_MINUTES && !g->plan.framed)
		styled_line(b, ROLE_TEXT,
			_("There is no time of their own for welcome and close. Read the agreements out first."));
	sbuf_fini(&total);
	sbuf_fini(&meeting);
}

static void add_began(struct styled_builder *b, const struct guide *g, const struct zone *zone)
{
	struct sbuf text = {0}, moment = {0};
	if (g->began_ms == 0)
		return;
	when_moment(&moment, g->began_ms, zone);
	sbuf_addf(&text, _("You said that it began on %s. The times are counted from there."), sbuf_str(&moment));
	add_line(b, ROLE_TEXT, &text);
	sbuf_fini(&moment);
	sbuf_fini(&text);
}

static void add_when(struct styled_builder *b, const struct guide *g, const struct zone *zone)
{
	struct sbuf text = {0};
	if (g->span.starts_ms != 0) {
		when_span(&text, &g->span, zone);
		styled_label(b, _("When"), sbuf_str(&text));
		sbuf_reset(&text);
		when_span_notes(&text, &g->span, zone);
	}
	char *rest = text.p;
	for (char *line; rest != NULL && (line = strsep(&rest, "\n")) != NULL;)
		if (*line != '\0')
			styled_line(b, ROLE_TEXT, line);
	sbuf_fini(&text);
	add_began(b, g, zone);
}

static void add_method(struct styled_builder *b, const struct guide *g)
{
	struct sbuf text = {0};
	guide_text_method(&text, g->method);
	styled_label(b, _("Method"), g->method->name);
	styled_line(b, ROLE_TEXT, g->method->use);
	styled_label(b, _("For"), sbuf_str(&text));
	styled_addf(b, ROLE_TEXT, "%s %s", trust_words(g->method->trust), experience_words(g->method->experience));
	styled_break(b);
	sbuf_fini(&text);
}

void guide_text_before(struct styled_builder *b, const struct guide *g, const char *const *notes,
	const struct zone *zone)
{
	styled_line(b, ROLE_HEADING, g->title);
	add_when(b, g, zone);
	add_method(b, g);
	add_remarks(b, g);
	add_agreements(b, g);
	add_plan(b, g, zone);
	add_roles(b, g);
	add_notes(b, g, notes);
}

static void add_next(struct styled_builder *b, const struct guide *g, int step, const struct zone *zone)
{
	struct sbuf text = {0};
	styled_blank(b);
	if (step + 1 == g->plan.count) {
		styled_line(b, ROLE_TEXT, _("This is the last step."));
		return;
	}
	guide_add_when(&text, g, step + 1, zone);
	sbuf_addf(&text, ": %s", g->plan.step[step + 1].phase->name);
	styled_label(b, _("After this"), sbuf_str(&text));
	sbuf_fini(&text);
}

void guide_text_step(struct styled_builder *b, const struct guide *g, int step, const char *const *notes,
	const struct zone *zone)
{
	const struct method_phase *p = g->plan.step[step].phase;
	struct sbuf text = {0};
	/* Translators: the number of a step, how many there are, its name. */
	sbuf_addf(&text, _("Step %d of %d: %s"), step + 1, g->plan.count, p->name);
	add_line(b, ROLE_HEADING, &text);
	guide_add_when(&text, g, step, zone);
	int64_t from, to;
	if (guide_step_times(g, step, zone, &from, &to)) {
		sbuf_add(&text, " (");
		guide_add_length(&text, g, p->length);
		sbuf_add(&text, ")");
	}
	styled_label(b, _("When"), sbuf_str(&text));
	styled_label(b, _("Who speaks"), method_speaker_words(p->speaks));
	styled_label(b, _("What is asked"), p->asks);
	if (*p->say != '\0') {
		styled_blank(b);
		styled_line(b, ROLE_STRONG, _("Read aloud"));
		styled_line(b, ROLE_TEXT, p->say);
	}
	if (notes != NULL && *notes[step] != '\0') {
		styled_blank(b);
		styled_label(b, _("Your note, only on this computer"), notes[step]);
	}
	add_next(b, g, step, zone);
	sbuf_fini(&text);
}

void guide_text_whole(struct styled_builder *b, const struct guide *g, const struct zone *zone)
{
	guide_text_before(b, g, NULL, zone);
	for (int i = 0; i < g->plan.count; i++) {
		styled_blank(b);
		guide_text_step(b, g, i, NULL, zone);
	}
}
