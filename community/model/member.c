#include "member.h"

#include "str.h"

const char *member_field(const struct member *m, int64_t field_id)
{
	for (int i = 0; i < m->field_count; i++)
		if (m->field[i].field_id == field_id)
			return str_empty(m->field[i].value) ? NULL : m->field[i].value;
	return NULL;
}

const char *member_display(const char *name, const char *username)
{
	return str_empty(name) ? username : name;
}
