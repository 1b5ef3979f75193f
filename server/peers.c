#include "peers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "mem.h"

struct peer {
	char address[ADDRESS_BYTES];
	int connections;
	struct peer *next;
};

struct peers {
	struct peer *first;
};

struct peers *peers_new(void)
{
	return xcalloc(1, sizeof(struct peers));
}

void peers_free(struct peers *p)
{
	while (p != NULL && p->first != NULL) {
		struct peer *next = p->first->next;
		free(p->first);
		p->first = next;
	}
	free(p);
}

static struct peer *find(const struct peers *p, const char *address)
{
	struct peer *at = p->first;
	while (at != NULL && strcmp(at->address, address) != 0)
		at = at->next;
	return at;
}

int peers_count(const struct peers *p, const char *address)
{
	const struct peer *at = find(p, address);
	return at == NULL ? 0 : at->connections;
}

void *peers_enter(struct peers *p, const char *address)
{
	struct peer *at = find(p, address);
	if (at == NULL) {
		at = xcalloc(1, sizeof *at);
		snprintf(at->address, sizeof at->address, "%s", address);
		at->next = p->first;
		p->first = at;
	}
	at->connections++;
	return at;
}

void peers_leave(struct peers *p, void *place)
{
	struct peer *at = place, **link = &p->first;
	if (--at->connections > 0)
		return;
	while (*link != at)
		link = &(*link)->next;
	*link = at->next;
	free(at);
}
