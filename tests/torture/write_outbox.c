/* Puts changes into the outbox of a store, as a member would: write_outbox DIR <LINES. One change a line, its
 * fields apart with tabs: id, kind, topic, post, category, number, before, title, body, original, names. In
 * texts \n and \r are line ends. The id of each is printed once it is in the store. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "mem.h"
#include "outbox_store.h"
#include "str.h"

enum { Fields = 11, TypedMs = 8000, OpenMs = 12000 };

static void unescape(char *s)
{
	char *to = s;
	for (; *s != '\0'; s++) {
		bool escape = *s == '\\' && (s[1] == 'n' || s[1] == 'r');
		*to++ = !escape ? *s : s[1] == 'n' ? '\n' : '\r';
		s += escape;
	}
	*to = '\0';
}

static bool read_change(char *line, struct change *c)
{
	char *field[Fields];
	int64_t number[7];
	line[strcspn(line, "\n")] = '\0';
	for (int i = 0; i < Fields; i++) {
		field[i] = strsep(&line, "\t");
		if (field[i] == NULL || (i < 7 && !str_to_int(field[i], 0, INT64_MAX, &number[i])))
			return false;
		unescape(field[i]);
	}
	int64_t now = clock_now_ms();
	*c = (struct change){.id = number[0], .kind = (enum change_kind)number[1], .topic_id = number[2],
		.post_id = number[3],
		.category_id = number[4], .number = number[5], .before = number[6], .title = field[7], .body = field[8],
		.original = field[9], .names = field[10], .created_ms = now, .typing_ms = TypedMs, .open_ms = OpenMs,
		.due_ms = now};
	return line == NULL;
}

static bool put(struct store *s, const struct change *c, struct error *err)
{
	if (!store_begin(s, err))
		return false;
	if (outbox_store_send(s, c, err) && store_commit(s, NULL, err))
		return true;
	store_rollback(s);
	return false;
}

int main(int argc, char **argv)
{
	struct error err = {0};
	struct store *s = argc == 2 ? store_open(argv[1], STORE_WRITE, &err) : NULL;
	char *line = NULL;
	size_t cap = 0;
	bool ok = s != NULL;
	while (ok && getline(&line, &cap, stdin) > 0) {
		struct change c;
		ok = read_change(line, &c) && put(s, &c, &err);
		if (ok)
			printf("%lld\n", (long long)c.id);
		fflush(stdout);
	}
	free(line);
	if (s != NULL)
		store_close(s);
	if (!ok)
		fprintf(stderr, "write_outbox: %s %s\n", err.what, err.detail);
	return ok ? 0 : 1;
}
