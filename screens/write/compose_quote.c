#include "compose_quote.h"

#include <stdlib.h>

#include "cook.h"
#include "str.h"

static char *words_of(const struct post *p)
{
	struct sbuf text = {0};
	if (!str_empty(p->raw))
		sbuf_add(&text, p->raw);
	else
		cook_own_words(&text, str_or_empty(p->cooked));
	return sbuf_take(&text);
}

void compose_quote(const struct post *p, struct sbuf *out)
{
	char *words = words_of(p);
	sbuf_addf(out, "[quote=\"%s, post:%d, topic:%lld\"]\n%s\n[/quote]\n\n", p->username, p->post_number,
		(long long)p->topic_id, str_trim(words));
	free(words);
}
