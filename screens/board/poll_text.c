#include "poll_text.h"

#include "html.h"
#include "str.h"
#include "text.h"
#include "when.h"
#include "width.h"

enum { OptionBytes = 300 };

const char *poll_text_title(const struct poll *p)
{
	return str_empty(p->title) ? _("Poll") : p->title;
}

void poll_text_option(struct sbuf *out, const struct poll_option *o)
{
	html_line(o->html, out, OptionBytes);
}

int poll_text_percent(const struct poll *p, const struct poll_option *o)
{
	if (p->voters <= 0 || o->votes <= 0)
		return 0;
	int64_t percent = ((int64_t)o->votes * 200 + p->voters) / (2 * (int64_t)p->voters);
	return percent > 100 ? 100 : (int)percent;
}

static void add_bar(struct sbuf *out, int percent, int cols)
{
	int cells = cols - 4 > POLL_BAR_CELLS ? POLL_BAR_CELLS : cols - 4;
	if (cells < POLL_BAR_LEAST)
		return;
	size_t full = (size_t)((percent * cells + 50) / 100);
	sbuf_add(out, "  [");
	sbuf_repeat(out, '#', full);
	sbuf_repeat(out, '-', (size_t)cells - full);
	sbuf_addc(out, ']');
}

void poll_text_result(struct sbuf *out, const struct poll *p, const struct poll_option *o, int cols)
{
	struct sbuf words = {0};
	if (!poll_counts_shown(p) || p->type == POLL_RANKED)
		return;
	int percent = poll_text_percent(p, o);
	/* Translators: how many voted for an option of a poll, and which part of all who voted. */
	sbuf_addf(&words, ngettext("%d vote, %d percent", "%d votes, %d percent", (unsigned long)o->votes), o->votes,
		percent);
	sbuf_add(out, sbuf_str(&words));
	add_bar(out, percent, cols - width_cols(sbuf_str(&words)));
	sbuf_fini(&words);
}

static void add_sentence(struct sbuf *out, const char *sentence)
{
	sbuf_addf(out, "%s%s", out->n > 0 ? " " : "", sentence);
}

static const char *hidden_words(const struct poll *p)
{
	if (p->type == POLL_RANKED)
		return _("Members put the answers in order. See the result on the site.");
	if (poll_counts_shown(p))
		return NULL;
	static const char *const words[] = {
		[POLL_ON_VOTE] = N_("The result is shown after you vote."),
		[POLL_ON_CLOSE] = N_("The result is shown when the poll is closed."),
		[POLL_STAFF_ONLY] = N_("Only the organisers see the result."),
	};
	return words[p->results] == NULL ? NULL : _(words[p->results]);
}

void poll_text_rules(struct sbuf *out, const struct poll *p, const struct zone *zone)
{
	struct sbuf when = {0}, until = {0};
	sbuf_addf(out, ngettext("%d member voted.", "%d members voted.", (unsigned long)p->voters), p->voters);
	if (p->close_ms != 0)
		when_moment(&when, p->close_ms, zone);
	if (!p->open) {
		add_sentence(out, _("The poll is closed."));
	} else if (when.n > 0) {
		sbuf_addf(&until, _("The poll is open until %s."), sbuf_str(&when));
		add_sentence(out, sbuf_str(&until));
	}
	if (p->voted)
		add_sentence(out, _("You voted."));
	if (p->public_votes)
		add_sentence(out, _("Members see who voted for what."));
	if (hidden_words(p) != NULL)
		add_sentence(out, hidden_words(p));
	sbuf_fini(&when);
	sbuf_fini(&until);
}

/* Where it is read aloud, what was chosen is a word and there is no bar. */
static void add_option(struct styled_builder *b, const struct poll *p, const struct poll_option *o, bool aloud)
{
	struct sbuf label = {0}, result = {0};
	poll_text_option(&label, o);
	if (aloud && o->chosen)
		sbuf_addf(&label, ", %s", _("chosen"));
	styled_push(b, ROLE_TEXT, aloud ? "- " : o->chosen ? "[x] " : "[ ] ", aloud ? "  " : "    ");
	styled_line(b, ROLE_TEXT, sbuf_str(&label));
	poll_text_result(&result, p, o, aloud ? 0 : styled_room(b));
	if (result.n > 0)
		styled_pre(b, ROLE_MUTED, sbuf_str(&result), "");
	styled_pop(b);
	styled_break(b);
	sbuf_fini(&label);
	sbuf_fini(&result);
}

void poll_text_add(struct styled_builder *b, const struct poll *p, const struct zone *zone, bool aloud)
{
	struct sbuf rules = {0};
	styled_blank(b);
	styled_line(b, ROLE_STRONG, poll_text_title(p));
	for (int i = 0; i < p->option_count; i++)
		add_option(b, p, &p->option[i], aloud);
	poll_text_rules(&rules, p, zone);
	styled_line(b, ROLE_MUTED, sbuf_str(&rules));
	styled_blank(b);
	sbuf_fini(&rules);
}
