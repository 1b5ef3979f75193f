#include "event_said.h"

#include "event_field.h"
#include "html_text.h"
#include "labelled_list.h"
#include "store_private.h"
#include "str.h"

/* How kring begins the line of a meeting that does not go on; the site has no word for it. */
static const char *const cancelled[] = {"Gaat niet door", "Cancelled", NULL};

static unsigned said(const char *text, struct arena *a)
{
	const struct event_field_set *set = event_field_all("en", a);
	const char *const **name = (const char *const **)arena_array(a, (size_t)set->count + 1, sizeof *name);
	struct labelled_list list;
	unsigned found = 0;
	for (int i = 0; i < set->count; i++)
		name[i] = set->field[i].name;
	name[set->count] = cancelled;
	labelled_list_read(text, name, set->count + 1, &list, a);
	for (int i = 0; i < set->count; i++) {
		unsigned where = set->field[i].meetings;
		if (!str_empty(list.value[i]) && where != (EVENT_FIELD_ON_SITE | EVENT_FIELD_ONLINE))
			found |= where == EVENT_FIELD_ONLINE ? EVENT_SAID_ONLINE : EVENT_SAID_ON_SITE;
	}
	return found | (str_empty(list.value[set->count]) ? 0 : EVENT_SAID_CANCELLED);
}

bool event_said_put(struct store *s, const struct post *p, struct error *err)
{
	struct arena a = {0};
	struct sbuf text = {0};
	if (p->raw == NULL)
		html_text(&text, str_or_empty(p->cooked));
	unsigned bits = said(p->raw != NULL ? p->raw : sbuf_str(&text), &a);
	sbuf_fini(&text);
	arena_fini(&a);
	return sql_run(s->db, err, "UPDATE event SET said = ? WHERE id = ?", "ni", (int)bits, p->id);
}
