#include "round_drafts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draft_decode.h"
#include "mem.h"
#include "str.h"
#include "text.h"
#include "write_endpoints.h"

/* Drafts go both ways: those of the site become rows of the outbox, and a text that is being written here is
 * given to the site now and then, under the key where the web's composer looks for it. A key holds one draft;
 * whatever finds its key taken stays on this computer. */
enum { Rows = 200, PageSize = 50, LineBytes = 300 };
static const int64_t PaceMs = 20 * 1000, DayMs = 24LL * 3600 * 1000, NotWantedMs = 3600 * 1000;
static const char gone[] = "drafts_gone"; /* cursor: "key sequence" a line */

static bool wrong_answer(struct error *err)
{
	return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
}

/* Whatever the trouble, a draft is safe here; the site gets it later. */
static bool later(struct sync *s, const struct answer *a, const struct error *why, bool *alone)
{
	*alone = a->status != 0 && why->kind != ERR_AUTH && !(why->kind == ERR_LIMIT && !a->own_limit)
		&& !(why->kind == ERR_FORBIDDEN && !s->key_good);
	int64_t wait = why->retry_after_s * 1000LL;
	s->drafts_from_ms = s->now_ms + (wait > 0 ? wait : a->status >= 500 ? PaceMs : NotWantedMs);
	return true;
}

/* What the site has. */
static bool list_wanted(struct sync *s)
{
	int64_t at = sync_get(s, "drafts_ms");
	return sync_session(s) != NULL
		&& (sync_get(s, "drafts_todo") != 0 || at == 0 || (s->stale && s->now_ms - at > DayMs));
}

static struct request list_ask(struct sync *s)
{
	return endpoint_drafts(0, PageSize);
}

static bool is_dropped(struct sync *s, const struct server_draft *d)
{
	char line[LineBytes];
	const char *text = str_or_empty(sync_store_get_text(s->store, gone, &s->arena));
	snprintf(line, sizeof line, "%s %" PRId64 "\n", d->key, d->sequence);
	return strstr(text, line) != NULL;
}

static bool put_draft(struct sync *s, const struct server_draft *d, struct error *err)
{
	struct change c;
	if (is_dropped(s, d) || !draft_to_change(d, &s->arena, &c))
		return true;
	c.created_ms = s->now_ms;
	return outbox_store_put_site_draft(s->store, &c, d->key, d->sequence, err);
}

static bool list_ends(struct sync *s, struct error *err)
{
	return sync_set(s, "drafts_ms", s->now_ms, err) && sync_set(s, "drafts_todo", 0, err);
}

static bool list_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct draft_list list;
	if (!draft_list_decode(a->json, &s->arena, &list))
		return wrong_answer(err);
	for (int i = 0; i < list.count; i++)
		if (!put_draft(s, &list.draft[i], err))
			return false;
	return list_ends(s, err);
}

static bool list_refused(struct sync *s, const struct error *why, struct error *err)
{
	return list_ends(s, err);
}

/* What the site is to get. */
static const char *key_of(struct sync *s, const struct outbox_row *row)
{
	return row->draft_key[0] != '\0' ? row->draft_key : draft_key_of(&row->change, &s->arena);
}

static bool is_free(struct sync *s, const struct outbox_row *mine, const char *key)
{
	const struct outbox_filter filter[] = {{.drafts = true}, {.open = true}};
	for (size_t f = 0; f < COUNT(filter); f++) {
		struct outbox_rows rows = outbox_store_list(s->store, &filter[f], 0, Rows, &s->arena);
		for (int i = 0; i < rows.count; i++)
			if (rows.row[i].change.id != mine->change.id && str_equal(rows.row[i].draft_key, key))
				return false;
	}
	return true;
}

static const struct outbox_row *draft_to_give(struct sync *s)
{
	struct outbox_filter drafts = {.drafts = true};
	if (sync_session(s) == NULL || outbox_store_dirty_draft(s->store, &s->arena) == NULL)
		return NULL;
	struct outbox_rows rows = outbox_store_list(s->store, &drafts, 0, Rows, &s->arena);
	for (int i = 0; i < rows.count; i++) {
		const struct outbox_row *row = &rows.row[i];
		const char *key = key_of(s, row);
		if (row->draft_dirty && row->theirs[0] == '\0' && row->change.body[0] != '\0' && !str_empty(key)
			&& row->change.id != s->foreign_draft && is_free(s, row, key))
			return row;
	}
	return NULL;
}

static bool anything_gone(struct sync *s)
{
	return sync_session(s) != NULL && !str_empty(sync_store_get_text(s->store, gone, &s->arena));
}

/* The first letters wait too: more will follow. */
int64_t sync_next_draft_ms(struct sync *s)
{
	if (sync_is_left_alone(s) || (!anything_gone(s) && draft_to_give(s) == NULL)) {
		if (s->drafts_from_ms <= s->now_ms)
			s->drafts_from_ms = 0;
		return INT64_MAX;
	}
	if (s->drafts_from_ms == 0)
		s->drafts_from_ms = s->now_ms + (s->interval_s > 0 ? PaceMs : 0);
	return s->drafts_from_ms > s->writes_from_ms ? s->drafts_from_ms : s->writes_from_ms;
}

static const struct outbox_row *ready_draft(struct sync *s)
{
	return sync_next_draft_ms(s) <= s->now_ms ? draft_to_give(s) : NULL;
}

static const struct outbox_row *asked(struct sync *s)
{
	return outbox_store_get(s->store, s->asked_change, &s->arena);
}

/* Before the first time, and after a conflict: what the site has under this key, and its number. */
static bool one_wanted(struct sync *s)
{
	const struct outbox_row *row = ready_draft(s);
	return row != NULL && (row->draft_key[0] == '\0' || row->change.id == s->stale_draft);
}

static struct request one_ask(struct sync *s)
{
	const struct outbox_row *row = ready_draft(s);
	s->asked_change = row->change.id;
	return endpoint_draft(key_of(s, row));
}

static bool one_take(struct sync *s, const struct answer *a, struct error *err)
{
	const struct outbox_row *row = asked(s);
	struct server_draft d;
	struct change c;
	if (!json_is_object(a->json))
		return wrong_answer(err);
	s->stale_draft = 0;
	if (row == NULL || row->change.state != CHANGE_DRAFT)
		return true;
	const char *key = key_of(s, row);
	if (!draft_decode(a->json, key, &s->arena, &d))
		return outbox_store_draft_given(s->store, row->change.id, key, d.sequence, NULL, err);
	if (!draft_to_change(&d, &s->arena, &c)) {
		s->foreign_draft = row->change.id;
		return true;
	}
	c.created_ms = s->now_ms;
	return outbox_store_put_site_draft(s->store, &c, key, d.sequence, err);
}

static bool one_failed(
	struct sync *s, const struct answer *a, const struct error *why, bool *alone, struct error *err)
{
	return later(s, a, why, alone);
}

static bool save_wanted(struct sync *s)
{
	const struct outbox_row *row = ready_draft(s);
	return row != NULL && row->draft_key[0] != '\0' && row->change.id != s->stale_draft;
}

static struct request save_ask(struct sync *s)
{
	const struct outbox_row *row = ready_draft(s);
	struct server_draft d;
	struct sbuf data = {0};
	s->asked_change = row->change.id;
	free(s->given_body);
	s->given_body = xstrdup(row->change.body);
	draft_from_change(&row->change, &s->arena, &d);
	draft_encode(&d, &data);
	struct request r = endpoint_save_draft(row->draft_key, row->draft_sequence, sbuf_str(&data), false);
	sbuf_fini(&data);
	return r;
}

static bool save_take(struct sync *s, const struct answer *a, struct error *err)
{
	const struct outbox_row *row = asked(s);
	int64_t sequence = draft_sequence_decode(a->json);
	if (!json_is_object(a->json))
		return wrong_answer(err);
	s->drafts_from_ms = s->now_ms + (s->interval_s > 0 ? PaceMs : 0);
	return row == NULL
		|| outbox_store_draft_given(s->store, row->change.id, row->draft_key,
			sequence < 0 ? row->draft_sequence : sequence, s->given_body, err);
}

static bool save_failed(
	struct sync *s, const struct answer *a, const struct error *why, bool *alone, struct error *err)
{
	if (why->kind != ERR_CONFLICT)
		return later(s, a, why, alone);
	*alone = true;
	s->stale_draft = s->asked_change;
	return true;
}

/* What the site may forget. */
static bool drop_wanted(struct sync *s)
{
	return anything_gone(s) && sync_next_draft_ms(s) <= s->now_ms;
}

static struct request drop_ask(struct sync *s)
{
	const char *line = sync_store_get_text(s->store, gone, &s->arena), *space = strchr(line, ' ');
	const char *key = arena_strndup(&s->arena, line, (size_t)(space - line));
	return endpoint_delete_draft(key, strtoll(space, NULL, 10));
}

static bool drop_take(struct sync *s, const struct answer *a, struct error *err)
{
	const char *text = str_or_empty(sync_store_get_text(s->store, gone, &s->arena)),
			   *end = strchr(text, '\n');
	return sync_store_put_text(s->store, gone, end == NULL ? "" : end + 1, err);
}

static bool drop_failed(
	struct sync *s, const struct answer *a, const struct error *why, bool *alone, struct error *err)
{
	bool refused = why->kind == ERR_NOT_FOUND || why->kind == ERR_REFUSED || why->kind == ERR_CONFLICT;
	if (!refused)
		return later(s, a, why, alone);
	*alone = true;
	return drop_take(s, a, err);
}

bool draft_is_dropped(struct store *s, const struct outbox_row *row, struct error *err)
{
	if (row == NULL || row->draft_key[0] == '\0' || strpbrk(row->draft_key, " \n") != NULL)
		return true;
	struct arena a = {0};
	const char *text = arena_printf(&a, "%s%s %" PRId64 "\n", str_or_empty(sync_store_get_text(s, gone, &a)),
		row->draft_key, row->draft_sequence);
	bool ok = sync_store_put_text(s, gone, text, err);
	arena_fini(&a);
	return ok;
}

/* A new text takes its draft along; an edit leaves it behind. */
bool draft_of_change_ends(struct sync *s, const struct outbox_row *row, struct error *err)
{
	return row->change.kind != CHANGE_EDIT || draft_is_dropped(s->store, row, err);
}

const struct round round_drafts = {.phase = "",
	.turn = 3,
	.spare = true,
	.wanted = list_wanted,
	.ask = list_ask,
	.take = list_take,
	.refused = list_refused};
const struct round round_draft = {
	.phase = "", .turn = 2, .wanted = one_wanted, .ask = one_ask, .take = one_take, .failed = one_failed};
const struct round round_draft_save = {
	.phase = "", .turn = 2, .wanted = save_wanted, .ask = save_ask, .take = save_take, .failed = save_failed};
const struct round round_draft_drop = {
	.phase = "", .turn = 2, .wanted = drop_wanted, .ask = drop_ask, .take = drop_take, .failed = drop_failed};
