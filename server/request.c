#include "request.h"

#include <string.h>
#include <strings.h>

#include "body.h"
#include "options.h"
#include "str.h"
#include "utf8.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

char *request_decode(struct arena *a, const char *s, size_t n, bool plus)
{
	char *out = arena_alloc(a, n + 1);
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		char c = s[i];
		if (c == '%' && i + 2 < n && hex_digit(s[i + 1]) >= 0 && hex_digit(s[i + 2]) >= 0) {
			c = (char)(hex_digit(s[i + 1]) << 4 | hex_digit(s[i + 2]));
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if (c == '\0')
			return NULL;
		out[used++] = c;
	}
	return utf8_valid(out, used) ? out : NULL;
}

void request_param_add(struct request *r, const char *name, const char *value)
{
	struct request_data *d = r->data;
	if (name == NULL || value == NULL || d->param_count >= REQUEST_MAX_PARAMS) {
		d->malformed = true;
		return;
	}
	if (d->param_count + 1 >= d->param_cap) {
		int cap = d->param_cap * 2;
		d->param = arena_grow(r->mem, d->param, (size_t)d->param_cap, (size_t)cap, sizeof *d->param);
		d->param_cap = cap;
	}
	d->param[d->param_count++] = (struct param){name, value};
}

static const char *header_in(const struct param *header, const char *name)
{
	for (; header->name != NULL; header++)
		if (strcasecmp(header->name, name) == 0)
			return header->value;
	return NULL;
}

const char *request_header(const struct request *r, const char *name)
{
	return header_in(r->data->header, name);
}

const char *request_cookie(const struct request *r, const char *name)
{
	size_t n = strlen(name);
	for (const struct param *h = r->data->header; h->name != NULL; h++) {
		if (strcasecmp(h->name, "Cookie") != 0)
			continue;
		for (const char *p = h->value; p != NULL && *p != '\0'; p = strchr(p, ';')) {
			p += strspn(p, "; ");
			if (strncmp(p, name, n) == 0 && p[n] == '=')
				return arena_strndup(r->mem, p + n + 1, strcspn(p + n + 1, ";"));
		}
	}
	return NULL;
}

static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

static const char *method_known(const char *method)
{
	if (strcmp(method, "HEAD") == 0)
		return "GET";
	for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
		if (strcmp(method, methods[i]) == 0)
			return methods[i];
	return "";
}

static const struct {
	const char *ending, *format;
} endings[] = {{".json", "json"}, {".ics", "ics"}, {".rss", "rss"}, {".txt", "txt"}};

/* The format that the last part of the path asks for; *n becomes the length without the ending. */
static const char *format_of_path(const char *path, size_t *n)
{
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		size_t e = strlen(endings[i].ending);
		if (*n > e + 1 && path[*n - e - 1] != '/' && strncmp(path + *n - e, endings[i].ending, e) == 0) {
			*n -= e;
			return endings[i].format;
		}
	}
	return NULL;
}

static const char *format_of_headers(const struct request *r)
{
	const char *accept = str_or_empty(request_header(r, "Accept"));
	const char *with = str_or_empty(request_header(r, "X-Requested-With"));
	const char *json = strstr(accept, "application/json"), *html = strstr(accept, "text/html");
	bool first = json != NULL && (html == NULL || json < html);
	return first || strcasecmp(with, "XMLHttpRequest") == 0 ? "json" : "html";
}

bool request_wants_json(const struct request *r)
{
	return strcmp(r->format, "html") != 0;
}

static void read_path(struct request *r, const char *target)
{
	struct request_data *d = r->data;
	size_t n = strcspn(target, "?#");
	while (n > 1 && target[n - 1] == '/')
		n--;
	d->raw_path = arena_strndup(r->mem, target, n);
	const char *format = format_of_path(target, &n);
	r->format = format != NULL ? format : format_of_headers(r);
	r->path = request_decode(r->mem, target, n, false);
	if (r->path == NULL || r->path[0] != '/') {
		r->path = "/";
		d->malformed = true;
	}
}

static const char *host_of_header(const struct request *r)
{
	const char *host = str_or_empty(request_header(r, "Host"));
	size_t n = strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]");
	return *host != '\0' && host[n] == '\0' ? host : "localhost";
}

static const char *base_url_of(const struct request *r)
{
	const struct options *o = r->server->options;
	if (o->base_url != NULL)
		return o->base_url;
	return arena_printf(r->mem, "%s://%s", o->insecure_http ? "http" : "https", host_of_header(r));
}

void request_read(struct request *r, const struct request_source *source)
{
	static const struct param no_headers[] = {{0}};
	struct request_data *d = ARENA_NEW(r->mem, struct request_data);
	r->data = d;
	d->header = source->header != NULL ? source->header : no_headers;
	d->param_cap = 16;
	d->param = ARENA_ARRAY(r->mem, (size_t)d->param_cap, struct param);
	d->http_1_1 = source->http_1_1;
	d->head = strcmp(source->method, "HEAD") == 0;
	d->csrf = "";
	r->method = method_known(source->method);
	r->ip = source->ip;
	r->language = "en";
	r->route_name = "";
	r->me = (struct requester){.username = "", .locale = "", .timezone = "", .scopes = "", .session = ""};
	r->db = r->server->db;
	read_path(r, source->target);
	r->base_url = base_url_of(r);
	const char *query = strchr(source->target, '?');
	if (query != NULL)
		body_read_form(r, query + 1, strcspn(query + 1, "#"));
	if (source->body_bytes > 0)
		body_read(r, source->body, source->body_bytes);
}

void request_fini(struct request *r)
{
	if (r->data != NULL)
		json_free(r->data->json);
	r->data = NULL;
}

const char *request_part(const struct request *r, const char *name)
{
	for (int i = 0; i < r->data->part_count; i++)
		if (strcmp(r->data->part[i].name, name) == 0)
			return r->data->part[i].value;
	return "";
}

int64_t request_part_id(const struct request *r, const char *name)
{
	int64_t id = 0;
	str_to_int(request_part(r, name), 1, INT64_MAX, &id);
	return id;
}

const char *request_param(const struct request *r, const char *name)
{
	for (int i = r->data->param_count - 1; i >= 0; i--)
		if (strcmp(r->data->param[i].name, name) == 0)
			return r->data->param[i].value;
	return NULL;
}

int64_t request_param_int(const struct request *r, const char *name, int64_t otherwise)
{
	const char *s = request_param(r, name);
	if (s != NULL)
		str_to_int(s, INT64_MIN, INT64_MAX, &otherwise);
	return otherwise;
}

bool request_param_bool(const struct request *r, const char *name, bool otherwise)
{
	const char *s = request_param(r, name);
	if (str_empty(s))
		return otherwise;
	return strcmp(s, "true") == 0 || strcmp(s, "1") == 0 || strcmp(s, "t") == 0;
}

/* "name[]" or "name[7]" */
static bool is_item(const char *param, const char *name)
{
	size_t n = strlen(name);
	if (strncmp(param, name, n) != 0 || param[n] != '[')
		return false;
	n++;
	n += strspn(param + n, "0123456789");
	return strcmp(param + n, "]") == 0;
}

int request_param_list(const struct request *r, const char *name, const char *const **values)
{
	int count = 0;
	const char **list = ARENA_ARRAY(r->mem, (size_t)r->data->param_count + 1, const char *);
	for (int i = 0; i < r->data->param_count; i++)
		if (is_item(r->data->param[i].name, name))
			list[count++] = r->data->param[i].value;
	*values = list;
	return count;
}

const struct param *request_params(const struct request *r)
{
	return r->data->param;
}

const struct json *request_json(const struct request *r)
{
	return r->data->json;
}
