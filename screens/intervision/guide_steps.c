#include "guide_steps.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"
#include "utf8.h"

enum { MostSteps = 40, MostLength = 600, NameBytes = 200 };

struct written {
	const char *name;
	int length;
};

/* "Vraag vertellen (5 minuten)": the last number is its length, what stands before it is its name. */
static bool read_one(char *item, struct written *out)
{
	char *end = item + strlen(item);
	while (end > item && !isdigit((unsigned char)end[-1]))
		end--;
	char *begin = end;
	while (begin > item && isdigit((unsigned char)begin[-1]))
		begin--;
	long length = begin == end || end - begin > 3 ? 0 : strtol(begin, NULL, 10);
	while (begin > item && strchr(" (:-", begin[-1]) != NULL)
		begin--;
	*begin = '\0';
	*out = (struct written){str_trim(item), (int)length};
	return length > 0 && length <= MostLength && *out->name != '\0' && strlen(out->name) <= NameBytes;
}

/* How many there are; 0: at least one cannot be read. */
static int read_all(const char *text, struct written *out, struct arena *a)
{
	const char *between = strchr(text, '\n') != NULL ? "\n" : ",;";
	char *rest = arena_strdup(a, text);
	int n = 0;
	for (char *item; (item = strsep(&rest, between)) != NULL;) {
		item = str_trim(item);
		item += *item == '-' || *item == '*';
		item = str_trim(item);
		if (*item == '\0')
			continue;
		if (n == MostSteps || !read_one(item, &out[n]))
			return 0;
		n++;
	}
	return n;
}

static bool same_name(const char *a, const char *b)
{
	char *x = utf8_fold(a), *y = utf8_fold(b);
	bool same = strstr(x, y) != NULL || strstr(y, x) != NULL;
	free(x);
	free(y);
	return same;
}

/* The phase that is meant; NULL: it is one of the organiser's own. */
static const struct method_phase *phase_named(const struct methods *all, const struct method *m, const char *name)
{
	const struct method_phase *const frame[] = {&all->frame.opening, &all->frame.pause, &all->frame.close};
	for (int i = 0; i < m->count; i++)
		if (same_name(m->phase[i].name, name))
			return &m->phase[i];
	for (int i = 0; i < 3; i++)
		if (same_name(frame[i]->name, name))
			return frame[i];
	return NULL;
}

static const struct method_phase *with_length(const struct method_phase *p, const struct written *w,
	struct arena *a)
{
	struct method_phase *own = ARENA_NEW(a, struct method_phase);
	*own = p != NULL ? *p : (struct method_phase){.name = w->name, .asks = "", .say = "",
		.speaks = SPEAKS_NOT_SAID};
	own->length = w->length;
	return own;
}

/* The same steps with other lengths. */
static struct method_plan same_steps(
	const struct methods *all, const struct method *m, const struct written *w, int available, struct arena *a)
{
	struct method_phase *phase = ARENA_ARRAY(a, (size_t)m->count + 1, struct method_phase);
	struct method *own = ARENA_NEW(a, struct method);
	*own = *m;
	for (int i = 0; i < m->count; i++)
		phase[i] = *with_length(&m->phase[i], &w[i], a);
	own->phase = phase;
	return method_plan_of(all, own, available, a);
}

static struct method_plan own_steps(const struct methods *all, const struct method *m,
	const struct method_plan *plan, const struct written *w, int n, struct arena *a)
{
	struct method_step *step = ARENA_ARRAY(a, (size_t)n, struct method_step);
	int at = 0;
	bool opens = phase_named(all, m, w[0].name) == &all->frame.opening;
	for (int i = 0; i < n; i++) {
		const struct method_phase *p = n == plan->count ? plan->step[i].phase : phase_named(all, m, w[i].name);
		step[i] = (struct method_step){with_length(p, &w[i], a), at, at + w[i].length};
		at = step[i].to;
	}
	return (struct method_plan){.step = step, .count = n, .total = at, .framed = opens};
}

bool guide_steps_read(const struct methods *all, const struct method *m, const char *text, int available,
	struct method_plan *out, struct arena *a)
{
	struct written w[MostSteps];
	int n = str_empty(text) ? 0 : read_all(text, w, a);
	if (n == 0)
		return false;
	if (n == m->count)
		*out = same_steps(all, m, w, available, a);
	else
		*out = own_steps(all, m, out, w, n, a);
	return true;
}
