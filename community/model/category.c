#include "category.h"

bool category_can_post(const struct category *c)
{
	return c->permission == CATEGORY_FULL || c->permission == 0;
}
