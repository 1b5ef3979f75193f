#include "status.h"

static void show(struct request *r, struct response *w)
{
	if (sql_get_int(r->db, 0, "SELECT 1", "") != 1)
		w->status = 500;
	response_text(w, "text/plain; charset=utf-8", w->status == 500 ? "failed" : "ok");
}

const struct route status_routes[] = {
	{"GET", "/srv/status", show, ROUTE_ANYONE | ROUTE_HTML},
	{0},
};
