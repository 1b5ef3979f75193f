#pragma once
#include "outbox_port.h"

/* The outbox for screens: every call becomes an intent for the thread that writes. `self` is the program. */
extern const struct outbox_port outbox_link_port;
