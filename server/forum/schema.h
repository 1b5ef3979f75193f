#pragma once

/* The numbered steps of kringd's database, for sql_migrate. */
extern const char *const forum_schema[];
extern const int forum_schema_count;
