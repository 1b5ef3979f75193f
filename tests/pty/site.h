#pragma once
#include "story.h"

/* The site of a story: kringd with the sample community, over TLS. */
void site_stop(struct story *s, int number);

void step_server(struct story *s, char *rest);
void step_login(struct story *s, char *rest);
/* The site as it was in the beginning, and an empty computer: to do the same once more, in another way. */
void step_afresh(struct story *s, char *rest);
void step_api(struct story *s, char *rest);
