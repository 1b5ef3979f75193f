/* A post of a meeting to its fields: no crash, nothing lost without a field, and what is written reads back
 * the same. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "event_cooked.h"
#include "event_field.h"
#include "event_fields.h"
#include "labelled_list.h"
#include "panic.h"
#include "str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char *skip_space(const char *text)
{
	return text + strspn(text, " \t\r\n");
}

/* But for white space. */
static bool same_text(const char *a, const char *b)
{
	for (a = skip_space(a), b = skip_space(b); *a != '\0' && *a == *b; a = skip_space(a + 1), b = skip_space(b + 1))
		;
	return *a == *b;
}

/* Through the list and back. */
static const char *again(const struct event_field_set *set, int field, const char *value, struct arena *a)
{
	struct sbuf text = {0};
	struct labelled_list list;
	labelled_list_add(&text, set->field[field].label, value);
	labelled_list_read(sbuf_str(&text), set->name, set->count, &list, a);
	sbuf_fini(&text);
	ensure(*skip_space(list.rest) == '\0');
	return str_or_empty(list.value[field]);
}

static void check(const struct event_field_set *set, const char *text, struct arena *a)
{
	struct labelled_list list;
	labelled_list_read(text, set->name, set->count, &list, a);
	ensure(list.count > 0 || same_text(text, list.rest));
	for (int i = 0; i < set->count; i++) {
		if (event_fields_is_empty(list.value[i]))
			continue;
		const char *more, *once = again(set, i, list.value[i], a);
		ensure(strcmp(once, again(set, i, once, a)) == 0);
		event_fields_answer(list.value[i], &more);
		ensure(more >= list.value[i] && more <= list.value[i] + strlen(list.value[i]));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a = {0};
	const struct event_field_set *set = event_field_all("nl", &a);
	char *text = malloc(n + 1);
	if (text == NULL)
		return 0;
	memcpy(text, data, n);
	text[n] = '\0';
	check(set, text, &a);
	check(set, event_cooked_text(text, &a), &a);
	free(text);
	arena_fini(&a);
	return 0;
}
