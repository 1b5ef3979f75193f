#include "calendar_file.h"

#include <stdlib.h>
#include <string.h>

#include "dates.h"
#include "event_store.h"
#include "file.h"
#include "html_text.h"
#include "mem.h"
#include "post_store.h"
#include "reminder_store.h"
#include "site_store.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

enum { MaxFileBytes = 64 * 1024 * 1024, DescriptionBytes = 2000 };
static const char Product[] = "-//kring//kring//EN";

/* Of one text under way. */
struct writing {
	struct store *store;
	const struct sync_options *options;
	struct arena mem; /* of one meeting */
	const struct dates_module *dates;
	struct ics *calendar;
};

static const char *host_of(const char *base_url)
{
	const char *rest = strstr(base_url, "://");
	return rest == NULL ? base_url : rest + 3;
}

static struct ics_person person(struct writing *w, const char *username, const char *name, enum attendance a)
{
	return (struct ics_person){.name = str_empty(name) ? username : name, .attendance = a,
		.url = arena_printf(&w->mem, "%s/u/%s", w->options->base_url, username)};
}

static void add_people(struct writing *w, struct ics_item *i, const struct event *e)
{
	struct ics_person *list = ARENA_ARRAY(&w->mem, (size_t)e->invitee_count + 2, struct ics_person);
	for (int k = 0; k < e->invitee_count; k++)
		if (e->invitee[k].attendance != ATTENDANCE_NONE)
			list[i->person_count++] =
				person(w, e->invitee[k].username, e->invitee[k].name, e->invitee[k].attendance);
	i->person = list;
	if (!str_empty(e->creator)) {
		list[i->person_count] = person(w, e->creator, NULL, ATTENDANCE_NONE);
		i->organizer = &list[i->person_count];
	}
}

/* What is odd about its times; NULL when nothing is, or when the site gave the dates itself. */
static const char *oddity(const struct dates_module *d, const struct ics_item *i)
{
	unsigned odd;
	struct occurrence first;
	d->series_expand(&i->series, i->series.starts_ms, INT64_MAX, &first, 1, &odd);
	return d->series_says(i->known_count > 1 ? odd & SERIES_UNKNOWN_ZONE : odd);
}

/* The words of the meeting, its own address (for a video call) and that of its topic. */
static void add_words(struct writing *w, struct ics_item *i, const struct event *e, const struct post_row *post)
{
	struct sbuf text = {0};
	const char *html = !str_empty(e->description) ? e->description : post == NULL ? "" : post->post.cooked;
	i->url = arena_printf(&w->mem, "%s/t/%lld", w->options->base_url, (long long)e->topic_id);
	html_text(&text, str_or_empty(html));
	const char *words = utf8_clean_arena(&w->mem, sbuf_str(&text), 0, DescriptionBytes);
	sbuf_reset(&text);
	sbuf_add(&text, words);
	if (!str_empty(e->url))
		sbuf_addf(&text, "%s%s", text.n > 0 ? "\n\n" : "", e->url);
	const char *odd = oddity(w->dates, i);
	if (odd != NULL)
		sbuf_addf(&text, "%s%s", text.n > 0 ? "\n\n" : "", odd);
	sbuf_addf(&text, "%s%s", text.n > 0 ? "\n\n" : "", i->url);
	i->description = arena_strdup(&w->mem, sbuf_str(&text));
	sbuf_fini(&text);
}

static bool is_mine(const struct event *e)
{
	return e->mine == ATTENDANCE_GOING || e->mine == ATTENDANCE_INTERESTED;
}

static bool add_meeting(struct writing *w, int64_t id, struct error *err)
{
	const struct event *e = event_store_get(w->store, id, &w->mem);
	if (e == NULL)
		return fail(err, ERR_NOT_FOUND, _("Meeting %lld is not in kring."), (long long)id);
	const struct post_row *post = post_store_get(w->store, id, &w->mem);
	struct ics_item item = {
		.uid = arena_printf(&w->mem, "calendar_event_%lld@%s", (long long)id, host_of(w->options->base_url)),
		.summary = event_title(e), .location = e->location, .series = series_of(e),
		.show_local_time = e->show_local_time, .cancelled = e->cancelled, .known = e->occurrence,
		.known_count = e->occurrence_count, .mine = e->mine,
		.changed_ms = post == NULL ? 0 : post->post.updated_ms,
		.version = post == NULL || post->post.version < 1 ? 0 : post->post.version - 1,
		.reminder_minutes = reminder_store_get(w->store, id),
	};
	if (item.reminder_minutes == 0 && is_mine(e))
		item.reminder_minutes = w->options->reminder_minutes;
	add_people(w, &item, e);
	add_words(w, &item, e, post);
	bool ok = w->dates->ics_add(w->calendar, &item);
	arena_reset(&w->mem);
	return ok || fail(err, ERR_INVALID, _("Other calendar programs cannot show the time of this meeting."));
}

/* One that cannot be shown elsewhere does not cost the others. */
static void add_meetings(struct writing *w, bool mine)
{
	struct arena a = {0};
	struct event_filter f = {.mine = mine};
	int count;
	int64_t *id = event_store_ids(w->store, &f, &count, &a);
	for (int i = 0; i < count; i++)
		add_meeting(w, id[i], NULL);
	arena_fini(&a);
}

bool calendar_text(struct store *s, const struct sync_options *o, const struct calendar_choice *which,
	struct sbuf *out, struct error *err)
{
	struct arena a = {0};
	const struct dates_module *d = dates(err);
	if (d == NULL)
		return false;
	const struct site *site = site_store_get(s, &a);
	struct writing w = {.store = s, .options = o, .dates = d,
		.calendar = d->ics_new(Product, site == NULL || str_empty(site->title) ? host_of(o->base_url)
		: site->title)};
	bool found = true;
	if (which->event_id != 0)
		found = add_meeting(&w, which->event_id, err);
	else
		add_meetings(&w, !which->all);
	char *text = d->ics_finish(w.calendar);
	sbuf_add(out, text);
	free(text);
	arena_fini(&w.mem);
	arena_fini(&a);
	return found;
}

/* ~ is the home folder. NULL: not a full path. */
static char *full_path(const char *path)
{
	const char *home = getenv("HOME");
	if (str_starts(path, "~/") && !str_empty(home))
		return xasprintf("%s%s", home, path + 1);
	return path[0] == '/' ? xstrdup(path) : NULL;
}

static bool is_ours(const struct sbuf *text)
{
	return text->n == 0 || (str_starts(text->p, "BEGIN:VCALENDAR\r\n") && strstr(text->p, Product) != NULL);
}

static bool write_changed(const char *path, const struct sbuf *text, struct error *err)
{
	struct sbuf old = {0};
	struct error why = {.kind = ERR_NONE};
	bool there = file_read(path, MaxFileBytes, &old, &why), ok = true;
	if (!there && why.kind != ERR_NOT_FOUND) {
		ok = false;
		*err = why;
	} else if (there && !is_ours(&old)) {
		ok = fail(err, ERR_INVALID, _("%s is not a calendar of kring."), path);
		error_advise(err, _("The file is as it was."), _("Choose another calendar_file in your settings."));
	} else if (!there || !str_equal(sbuf_str(&old), sbuf_str(text))) {
		ok = file_write(path, sbuf_str(text), text->n, err);
	}
	sbuf_fini(&old);
	return ok;
}

bool calendar_file_update(const struct sync_options *o, struct error *err)
{
	static const struct calendar_choice mine;
	if (str_empty(o->calendar_file))
		return true;
	char *path = full_path(o->calendar_file);
	if (path == NULL) {
		fail(err, ERR_INVALID, _("The setting calendar_file needs a full path."));
		error_advise(err, _("No calendar was written."), _("Begin the path with / or ~/."));
		return false;
	}
	struct sbuf text = {0};
	struct store *s = store_open(o->dir, STORE_READ, err);
	bool ok = s != NULL && calendar_text(s, o, &mine, &text, err);
	if (ok && store_trouble(s) != NULL) {
		*err = *store_trouble(s);
		ok = false;
	}
	store_close(s);
	ok = ok && write_changed(path, &text, err);
	sbuf_fini(&text);
	free(path);
	return ok;
}
