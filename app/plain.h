#pragma once
#include "command.h"
#include "post_text.h"

/* Text for pipes: what a screen shows, cut at the member's width, everything open. */
struct plain {
	struct call *call;
	struct post_look look;
	struct styled text;
	struct styled_builder builder;
};

/* Add to p->builder between these two. The text lives as long as the call. */
void plain_begin(struct plain *p, struct call *c);
const char *plain_end(struct plain *p);
