#include "scripted_transport.h"

#include "check.h"

#include "mem.h"

enum { MaxLines = 64 };

struct line {
	const char *method, *url, *part;
	int status;
	const char *header, *body;
	enum error_kind failure;
};

struct scripted {
	struct transport base;
	struct line line[MaxLines];
	int count, asked;
	int pending;              /* index + 1 of the line under way; 0: none */
	transport_done done;
	void *context;
	struct sbuf url, sent;
};

static int64_t now = 1772528400000; /* 2026-03-03T09:00:00Z */

int64_t scripted_now_ms(void)
{
	return now;
}

void scripted_set_now(int64_t ms)
{
	now = ms;
}

static int start(struct transport *t, const struct transfer *x, transport_done done, void *context)
{
	struct scripted *s = (struct scripted *)t;
	if (s->asked == s->count)
		fail_msg("not expected: %s %s", x->method, x->url);
	const struct line *l = &s->line[s->asked++];
	sbuf_reset(&s->url);
	sbuf_reset(&s->sent);
	sbuf_add(&s->url, x->url);
	sbuf_addf(&s->sent, "%s\n", x->header);
	sbuf_addn(&s->sent, x->body == NULL ? "" : x->body, x->body == NULL ? 0 : x->body_bytes);
	if (strcmp(l->method, x->method) != 0 || strstr(x->url, l->url) == NULL)
		fail_msg("asked %s %s, expected %s %s", x->method, x->url, l->method, l->url);
	if (l->part != NULL && strstr(sbuf_str(&s->sent), l->part) == NULL)
		fail_msg("%s %s was sent without \"%s\":\n%s", x->method, x->url, l->part, sbuf_str(&s->sent));
	assert_int_equal(s->pending, 0);
	s->pending = s->asked;
	s->done = done;
	s->context = context;
	return s->asked;
}

static void poll(struct transport *t, int timeout_ms)
{
	struct scripted *s = (struct scripted *)t;
	if (s->pending == 0) {
		now += timeout_ms;
		return;
	}
	const struct line *l = &s->line[s->pending - 1];
	struct response r = {.status = l->status};
	s->pending = 0;
	if (l->status == 0)
		fail(&r.error, l->failure, "scripted");
	sbuf_add(&r.header, l->header == NULL ? "" : l->header);
	sbuf_add(&r.body, l->body == NULL ? "" : l->body);
	r.bytes = (int64_t)(r.header.n + r.body.n);
	s->done(s->context, &r);
	response_fini(&r);
}

static void wake(struct transport *t)
{
}

static void cancel(struct transport *t, int id)
{
	((struct scripted *)t)->pending = 0;
}

static void close(struct transport *t)
{
	struct scripted *s = (struct scripted *)t;
	sbuf_fini(&s->url);
	sbuf_fini(&s->sent);
	free(s);
}

struct transport *scripted_new(void)
{
	static const struct transport_ops ops = {
		.start = start, .poll = poll, .wake = wake, .cancel = cancel, .close = close,
	};
	struct scripted *s = xcalloc(1, sizeof *s);
	s->base.ops = &ops;
	return &s->base;
}

void scripted_answer(struct transport *t, const char *method, const char *url, const char *part, int status,
	const char *header, const char *body)
{
	struct scripted *s = (struct scripted *)t;
	assert_true(s->count < MaxLines);
	s->line[s->count++] = (struct line){method, url, part, status, header, body, ERR_NONE};
}

void scripted_failure(struct transport *t, const char *method, const char *url, enum error_kind kind)
{
	struct scripted *s = (struct scripted *)t;
	scripted_answer(t, method, url, NULL, 0, NULL, NULL);
	s->line[s->count - 1].failure = kind;
}

void scripted_reply(struct transport *t, const char *body)
{
	struct scripted *s = (struct scripted *)t;
	assert_true(s->pending > 0);
	s->line[s->pending - 1].body = body;
}

const char *scripted_url(struct transport *t)
{
	return sbuf_str(&((struct scripted *)t)->url);
}

const char *scripted_sent(struct transport *t)
{
	return sbuf_str(&((struct scripted *)t)->sent);
}

void scripted_done(struct transport *t)
{
	const struct scripted *s = (struct scripted *)t;
	if (s->asked < s->count)
		fail_msg("never asked: %s %s", s->line[s->asked].method, s->line[s->asked].url);
}
