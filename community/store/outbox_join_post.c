#include <string.h>
#include <strings.h>

#include "outbox_join.h"
#include "post_flags.h"
#include "str.h"

static void set_like(struct post *p, bool liked)
{
	if (p->liked != liked)
		p->like_count += liked ? 1 : p->like_count > 0 ? -1 : 0;
	p->liked = liked;
	p->can_like = !liked;
	p->like_final = false;
}

static void set_deleted(struct post *p, bool deleted)
{
	p->deleted = deleted;
	p->can_recover = deleted;
	p->can_delete = p->can_edit = !deleted;
}

static void set_bookmark(struct post *p, bool bookmarked, const char *note)
{
	p->bookmarked = bookmarked;
	p->bookmark_note = str_empty(note) ? NULL : note;
}

static void join_post(struct post_row *row, const struct change *c)
{
	struct post *p = &row->post;
	row->pending = true;
	switch (c->kind) {
	case CHANGE_EDIT:
		p->raw = row->edited = c->body;
		break;
	case CHANGE_DELETE:
	case CHANGE_RECOVER:
		set_deleted(p, c->kind == CHANGE_DELETE);
		break;
	case CHANGE_LIKE:
	case CHANGE_UNLIKE:
		set_like(p, c->kind == CHANGE_LIKE);
		break;
	case CHANGE_BOOKMARK:
	case CHANGE_UNBOOKMARK:
		set_bookmark(p, c->kind == CHANGE_BOOKMARK, c->kind == CHANGE_BOOKMARK ? c->body : NULL);
		break;
	default:
		break;
	}
}

static struct post_row *row_of(struct post_row *row, int count, int64_t id)
{
	for (int i = 0; i < count; i++)
		if (row[i].post.id == id)
			return &row[i];
	return NULL;
}

static void join_writers(struct store *s, struct post_row *row, int count, struct arena *a)
{
	struct changes level = outbox_underway(s, CHANGE_MEMBER_LEVEL, CHANGE_MEMBER_LEVEL, 0, 0, a);
	for (int i = 0; i < level.count; i++)
		for (int j = 0; j < count; j++)
			if (strcasecmp(row[j].post.username, level.row[i].names) == 0)
				row[j].ignored = level.row[i].number == MEMBER_IGNORED;
}

void outbox_join_posts(struct store *s, struct post_row *row, int count, struct arena *a)
{
	if (count == 0)
		return;
	struct changes c = outbox_underway(s, CHANGE_EDIT, CHANGE_ATTENDANCE, row[0].post.topic_id, 0, a);
	for (int i = 0; i < c.count; i++) {
		struct post_row *found = row_of(row, count, c.row[i].post_id);
		if (found != NULL)
			join_post(found, &c.row[i]);
	}
	join_writers(s, row, count, a);
}

static bool has_name(const char *names, const char *name)
{
	size_t n = strlen(name);
	for (const char *p = names; p != NULL && n > 0; p = strstr(p, ", "), p = p == NULL ? NULL : p + 2)
		if (strncmp(p, name, n) == 0 && (p[n] == '\0' || p[n] == ','))
			return true;
	return false;
}

static void join_poll(struct poll *p, const char *names, struct arena *a)
{
	struct poll_option *option = ARENA_ARRAY(a, (size_t)p->option_count, struct poll_option);
	bool any = false;
	for (int i = 0; i < p->option_count; i++) {
		option[i] = p->option[i];
		option[i].chosen = has_name(names, option[i].id);
		any = any || option[i].chosen;
		if (option[i].votes >= 0 && option[i].chosen != p->option[i].chosen)
			option[i].votes += option[i].chosen ? 1 : option[i].votes > 0 ? -1 : 0;
	}
	if (any != p->voted)
		p->voters += any ? 1 : p->voters > 0 ? -1 : 0;
	p->voted = any;
	p->option = option;
}

void outbox_join_polls(struct store *s, int64_t post_id, struct poll *poll, int count, struct arena *a)
{
	if (count == 0)
		return;
	struct changes c = outbox_underway(s, CHANGE_VOTE, CHANGE_UNVOTE, 0, post_id, a);
	for (int i = 0; i < c.count; i++)
		for (int j = 0; j < count; j++)
			if (str_equal(poll[j].name, c.row[i].title))
				join_poll(&poll[j], c.row[i].kind == CHANGE_VOTE ? c.row[i].names : "", a);
}
