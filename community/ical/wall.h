#pragma once
#include <libical/ical.h>

#include "clock.h"

/* Wall-clock time as libical has it, without a zone. */
struct icaltimetype wall_to_ical(const struct civil *c, bool date);
struct civil wall_from_ical(struct icaltimetype t);
