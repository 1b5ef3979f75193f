#pragma once
#include <stdbool.h>

/* How many connections each address has open. */
struct peers;

struct peers *peers_new(void);
void peers_free(struct peers *p);
int peers_count(const struct peers *p, const char *address);
/* A connection began; what it answers goes to peers_leave when it ended. */
void *peers_enter(struct peers *p, const char *address);
void peers_leave(struct peers *p, void *place);
