#include "transport.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "credentials.h"

int transport_start(struct transport *t, const struct transfer *x, transport_done done, void *context)
{
	return t->ops->start(t, x, done, context);
}

void transport_poll(struct transport *t, int timeout_ms)
{
	t->ops->poll(t, timeout_ms);
}

void transport_wake(struct transport *t)
{
	t->ops->wake(t);
}

void transport_cancel(struct transport *t, int id)
{
	t->ops->cancel(t, id);
}

void transport_close(struct transport *t)
{
	if (t != NULL)
		t->ops->close(t);
}

const char *header_find(const struct sbuf *header, const char *name, int n, char *buf, size_t bytes)
{
	size_t len = strlen(name);
	for (const char *line = sbuf_str(header), *end; *line != '\0'; line = *end == '\0' ? end : end + 1) {
		end = line + strcspn(line, "\n");
		if (strncasecmp(line, name, len) != 0 || line[len] != ':' || n-- > 0)
			continue;
		const char *value = line + len + 1;
		value += strspn(value, " \t");
		while (end > value && strchr(" \t\r", end[-1]) != NULL)
			end--;
		snprintf(buf, bytes, "%.*s", (int)(end - value), value);
		return buf;
	}
	return NULL;
}

void response_fini(struct response *r)
{
	credentials_wipe(&r->header);
	credentials_wipe(&r->body);
	*r = (struct response){0};
}
