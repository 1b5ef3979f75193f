#include "export.h"

#include <string.h>

#include "base64.h"
#include "member.h"
#include "plain.h"
#include "post_store.h"
#include "str.h"
#include "text.h"
#include "topic_store.h"
#include "utf8.h"

/* A topic or a message as a mailbox (RFC 4155), for a program for mail. */
enum { Step = 50, WordBytes = 42 };

static const char *date_text(int64_t ms, bool of_header, struct arena *a)
{
	static const char *const day[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const month[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct civil c = civil_from_seconds(ms / 1000);
	if (of_header)
		return arena_printf(a, "%s, %d %s %04d %02d:%02d:%02d +0000", day[c.weekday], c.day,
			month[c.month - 1], c.year, c.hour, c.minute, c.second);
	return arena_printf(a, "%s %s %2d %02d:%02d:%02d %04d", day[c.weekday], month[c.month - 1], c.day, c.hour,
		c.minute, c.second, c.year);
}

static bool is_ascii(const char *s)
{
	while (*s >= ' ' && *s < 0x7f)
		s++;
	return *s == '\0';
}

/* Words for a header (RFC 2047), each on a line of its own. */
static void add_encoded(struct sbuf *out, const char *text)
{
	for (size_t n = strlen(text), at = 0; at < n;) {
		size_t end = at;
		for (uint32_t cp; end < n && end - at < WordBytes;)
			end += utf8_decode(text + end, n - end, &cp);
		sbuf_add(out, at == 0 ? "=?UTF-8?B?" : "\n =?UTF-8?B?");
		base64_encode(out, text + at, end - at);
		sbuf_add(out, "?=");
		at = end;
	}
}

static void add_header(struct sbuf *out, const char *name, const char *text)
{
	sbuf_addf(out, "%s: ", name);
	if (is_ascii(text) && strlen(text) < 200)
		sbuf_add(out, text);
	else
		add_encoded(out, text);
	sbuf_addc(out, '\n');
}

/* Discourse gives no address of mail; this one leads nowhere (RFC 2606). */
static void add_from(struct export *e, const struct post *p)
{
	const char *name = member_display(p->name, p->username);
	sbuf_add(&e->text, "From: ");
	if (is_ascii(name) && strpbrk(name, "\"\\") == NULL)
		sbuf_addf(&e->text, "\"%s\"", name);
	else
		add_encoded(&e->text, name);
	sbuf_addf(&e->text, " <%s@members.invalid>\n", p->username);
}

static void add_ids(struct export *e, const struct post *p)
{
	const char *host = export_host(e);
	sbuf_addf(&e->text, "Message-ID: <topic/%lld/%d@%s>\n", (long long)p->topic_id, p->post_number, host);
	if (p->post_number > 1)
		sbuf_addf(&e->text, "In-Reply-To: <topic/%lld/%d@%s>\nReferences: <topic/%lld/1@%s>\n",
			(long long)p->topic_id, p->reply_to_post_number > 0 ? p->reply_to_post_number : 1, host,
			(long long)p->topic_id, host);
}

/* "From " at the begin of a line would begin a message. */
static void add_body(struct sbuf *out, const char *text)
{
	for (const char *line = text; *line != '\0';) {
		size_t n = strcspn(line, "\n");
		const char *word = line + strspn(line, ">");
		if (str_starts(word, "From "))
			sbuf_addc(out, '>');
		sbuf_addn(out, line, n);
		sbuf_addc(out, '\n');
		line += n + (line[n] == '\n');
	}
	sbuf_addc(out, '\n');
}

static const char *body_text(struct export *e, const struct post_row *row)
{
	struct plain p;
	plain_begin(&p, e->call);
	post_text_html(&p.builder, str_or_empty(row->post.cooked), &p.look);
	return plain_end(&p);
}

static void add_post(struct export *e, const struct topic_row *t, const struct post_row *row)
{
	const struct post *p = &row->post;
	struct arena *a = &e->call->mem;
	sbuf_addf(&e->text, "From %s@members.invalid %s\n", p->username, date_text(p->created_ms, false, a));
	add_from(e, p);
	add_header(&e->text, "Subject", arena_printf(a, "%s%s", p->post_number > 1 ? "Re: " : "", t->title));
	sbuf_addf(&e->text, "Date: %s\n", date_text(p->created_ms, true, a));
	add_ids(e, p);
	sbuf_addf(&e->text, "X-URL: %s/t/%lld/%d\n", e->call->program->account->url, (long long)p->topic_id,
		p->post_number);
	sbuf_add(&e->text, "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
		"Content-Transfer-Encoding: 8bit\n\n");
	add_body(&e->text, body_text(e, row));
}

bool export_mbox(struct export *e, const char *word)
{
	int64_t id;
	if (!str_to_int(word, 1, INT64_MAX, &id))
		return fail(&e->err, ERR_INVALID, _("%s is not the number of a topic."), word);
	const struct topic_row *t = topic_store_row(e->store, id, &e->call->mem);
	if (t == NULL)
		return fail(&e->err, ERR_NOT_FOUND, _("Topic %lld is not in kring."), (long long)id);
	for (int from = 1;;) {
		struct arena step = {0};
		struct post_rows posts = post_store_window(e->store, id, from, Step, &step);
		for (int i = 0; i < posts.count; i++)
			if (!posts.row[i].post.deleted && !str_empty(posts.row[i].post.username))
				add_post(e, t, &posts.row[i]);
		from = posts.count < Step ? 0 : posts.row[posts.count - 1].post.post_number + 1;
		arena_fini(&step);
		if (!export_flow(e))
			return false;
		if (from == 0)
			return true;
	}
}
