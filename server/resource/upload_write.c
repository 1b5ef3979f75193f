#include "resources.h"
#include "text.h"
#include "write.h"

/* A kringd keeps words, no files. */
static void refuse(struct request *r, struct response *w)
{
	write_refused(r, w, N_("This community takes no files. Write what is in it, or give a link."));
}

const struct route upload_write_routes[] = {
	{"POST", "/uploads", refuse, ROUTE_LOGIN},
	{"POST", "/uploads/generate-presigned-put", refuse, ROUTE_LOGIN},
	{"POST", "/uploads/create-multipart", refuse, ROUTE_LOGIN},
	{"PUT", "/u/:username/preferences/avatar/pick", refuse, ROUTE_LOGIN},
	{0},
};
