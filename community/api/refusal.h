#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "answer.h"
#include "change.h"
#include "discourse_poll.h"
#include "error.h"
#include "event.h"
#include "site.h"

/* Why a site does not take a change, in a sentence. A site's words are in the member's language, so what is decided
 * here rests on the status, the error_type and what kring itself knows. */
enum refusal_kind {
	REFUSAL_OTHER,          /* only the site's own words say why */
	REFUSAL_SETTLED,        /* the site is already as the member wants it: done, not an error */
	REFUSAL_WAIT,           /* a limit a minute: tried again by itself after error.retry_after_s */
	REFUSAL_DAY_LIMIT,      /* enough for today */
	REFUSAL_CONFLICT,       /* somebody else changed the text first */
	REFUSAL_GONE,           /* topic, post or event is not there (any more), or not shown */
	REFUSAL_CLOSED,         /* the topic takes no replies */
	REFUSAL_ARCHIVED,
	REFUSAL_SLOW_MODE,
	REFUSAL_TOO_SHORT, REFUSAL_TOO_LONG, REFUSAL_TITLE_SHORT, REFUSAL_TITLE_LONG, REFUSAL_TITLE_USED,
	REFUSAL_REPEATED,       /* the same text a short while ago */
	REFUSAL_TAGS,           /* the category asks for tags */
	REFUSAL_EDIT_WINDOW,    /* too late to edit */
	REFUSAL_UNDO_WINDOW,    /* too late to take a like back */
	REFUSAL_SILENCED, REFUSAL_SUSPENDED,
	REFUSAL_FORBIDDEN,
	REFUSAL_EVENT_FULL, REFUSAL_EVENT_CLOSED, REFUSAL_EVENT_PAST, REFUSAL_EVENT_PRIVATE, REFUSAL_EVENT_NO_SIGN_UP,
	REFUSAL_POLL_CLOSED,
};

/* What kring knows of the thing that was asked. Everything but `change` may be 0. */
struct refusal_facts {
	const struct change *change;
	const struct site *site;
	const struct event *event;     /* as last read */
	const struct poll *poll;
	bool closed, archived;         /* the topic */
	bool message;                  /* the topic is a private message */
	bool settled;                  /* read again after the answer: it is as the change wants it */
	bool repeated, title_used;     /* kring knows a text or title of these words */
	int slow_mode_s;
	int tags_wanted;               /* by the category */
	int64_t silenced_until_ms, suspended_until_ms;
	int64_t post_created_ms;       /* of the post that is edited or liked */
	int64_t now_ms;
};

struct refusal {
	enum refusal_kind kind;
	struct error error;            /* `what`: why, with the site's own words behind it; kept and todo filled in */
	char theirs[512];              /* the site's own words; "" none */
};

/* answer: what api_ask filled in (may be empty), failed: its error. False when it is no refusal at all (no
 * answer came, the site is down or read-only, the key is not good): then out->error is a copy of *failed. */
bool refusal_explain(
	const struct refusal_facts *f, const struct answer *answer, const struct error *failed, struct refusal *out);
