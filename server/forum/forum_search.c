#include "forum_search.h"

#include <ctype.h>
#include <string.h>

#include "sbuf.h"
#include "str.h"

bool forum_search_add(struct sql *db, int64_t post_id, const char *title, const char *raw, struct error *err)
{
	return sql_run(db, err, "INSERT INTO post_search (rowid, title, raw) VALUES (?, ?, ?)", "iss", post_id,
		str_or_empty(title), raw);
}

bool forum_search_remove(struct sql *db, int64_t post_id, const char *title, const char *raw,
	struct error *err)
{
	return sql_run(db, err,
		"INSERT INTO post_search (post_search, rowid, title, raw) VALUES ('delete', ?, ?, ?)", "iss", post_id,
		str_or_empty(title), raw);
}

static bool word_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

char *forum_search_expression(struct arena *a, const char *words)
{
	enum { MaxWords = 20 };
	struct sbuf b = {0};
	int count = 0;
	while (*words != '\0' && count < MaxWords) {
		size_t n = 0;
		while (word_byte(words[n]))
			n++;
		if (n > 0) {
			sbuf_addf(&b, "%s\"%.*s\"*", b.n > 0 ? " " : "", (int)n, words);
			count++;
		}
		words += n > 0 ? n : 1;
	}
	char *expression = count > 0 ? arena_strdup(a, b.p) : NULL;
	sbuf_fini(&b);
	return expression;
}
