#pragma once
#include "screen.h"

/* The parts of a text, as the ids of rows and the number of a target. */
enum draft_part {
	PART_CATEGORY = 1,
	PART_NAMES,
	PART_TITLE,
	PART_TAGS,
	PART_TEXT,
	PART_POLL,
	PART_LOOK,
	PART_FIELD = 100, /* and one more for each field of the form */
};

/* What every list of the parts of a text has. */
void draft_position_text(const struct screen *s, struct sbuf *out);
extern const struct binding draft_keys[];
