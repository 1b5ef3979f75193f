#pragma once

/* The steps from an empty file to today's tables, for sql_migrate. A step that was released never changes. */
extern const char *const schema_step[];
extern const int schema_count;
