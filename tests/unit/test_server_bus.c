#include "site_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http_server.h"

static void publish(struct site *s, const char *channel, int64_t n, const struct bus_audience *audience)
{
	struct json *data = json_object();
	json_add_int(data, "n", n);
	assert_true(bus_publish(s->k.bus, s->now_ms, channel, data, audience));
	json_free(data);
}

/* "channel:id ..." of the last answer; __status as "status(channel=id ...)". */
static const char *summary(struct site *s)
{
	struct json *root = json_parse(site_body(s), s->w.body.n, NULL);
	struct sbuf out = {0};
	JSON_EACH(m, root) {
		const char *channel = json_string(m, "channel");
		sbuf_addf(&out, "%s", out.n > 0 ? " " : "");
		if (strcmp(channel, "/__status") != 0) {
			sbuf_addf(&out, "%s:%lld", channel, (long long)json_int(m, "message_id", 0));
			continue;
		}
		sbuf_add(&out, "status(");
		JSON_EACH(item, json_get(m, "data"))
			sbuf_addf(&out, "%s=%lld", json_name(item), (long long)json_as_int(item, -9));
		sbuf_add(&out, ")");
	}
	const char *text = arena_strdup(&s->mem, sbuf_str(&out));
	sbuf_fini(&out);
	json_free(root);
	return text;
}

static void a_place_decides_what_comes(void **state)
{
	static const struct {
		const char *name, *body, *want;
	} rows[] = {
		{"after an id", "/latest=3", "/latest:4 /latest:5"},
		{"from the start", "/latest=0", "/latest:1 /latest:2 /latest:3 /latest:4 /latest:5"},
		{"up to date", "/latest=5", ""},
		{"only the position", "/latest=-1", "status(/latest=5)"},
		{"the last one", "/latest=-2", "/latest:5"},
		{"the last two", "/latest=-3", "/latest:4 /latest:5"},
		{"more than there are", "/latest=-100", "/latest:1 /latest:2 /latest:3 /latest:4 /latest:5"},
		{"ahead of the server", "/latest=99", "status(/latest=5)"},
		{"a channel that was never used", "/topic/9=-1", "status(/topic/9=0)"},
		{"two channels", "/latest=4&/new=0", "/latest:5 /new:1"},
		{"what is not a channel", "__seq=1&x=2&/latest=ook", ""},
	};
	struct site s;
	site_open(&s);
	for (int i = 1; i <= 5; i++)
		publish(&s, "/latest", i, NULL);
	publish(&s, "/new", 1, NULL);
	for (size_t i = 0; i < COUNT(rows); i++) {
		CHECK_INT(rows[i].name, site_ask(&s, "POST", "/message-bus/abc/poll?dlp=t", "", rows[i].body), 200);
		CHECK_STRING(rows[i].name, summary(&s), rows[i].want);
	}
	assert_int_equal(site_ask(&s, "POST", "/message-bus/abc/poll?dlp=t", "Content-Type: application/json",
		"{\"/latest\":4,\"__seq\":3}"), 200);
	CHECK_STRING("JSON map", summary(&s), "/latest:5");
	assert_non_null(strstr(site_body(&s), "\"data\":{\"n\":5}"));
	CHECK_INT("position", bus_last_id(s.k.db, "/latest"), 5);
	site_close(&s);
}

static void messages_reach_only_who_they_are_for(void **state)
{
	static const char *const keyed = "Api-Key: 0123\nApi-Username: ";
	struct site s;
	site_open(&s);
	site_add_user(&s, 1, "jan", NULL);
	site_add_user(&s, 2, "piet", NULL);
	site_add_user(&s, 3, "kees", NULL);
	sql_exec(s.k.db, "INSERT INTO groups (id, name) VALUES (41, 'kring'); INSERT INTO group_member VALUES (41,"
		" 2, 0, 0);"
		"INSERT INTO admin_key (key_hash, created_ms) VALUES"
		" ('1be2e452b46d7a0d9656bbb1f768e8248eba1b75baed65f5d99eafa948899a6a', 0);", NULL);
	int64_t jan = 1, kring = 41;
	publish(&s, "/topic/1", 1, &(struct bus_audience){.user_id = &jan, .user_count = 1});
	publish(&s, "/topic/1", 2, &(struct bus_audience){.group_id = &kring, .group_count = 1});
	publish(&s, "/topic/1", 3, &(struct bus_audience){0});
	publish(&s, "/topic/1", 4, NULL);
	static const struct {
		const char *who, *want;
	} rows[] = {
		{"jan", "/topic/1:1 /topic/1:4 status(/topic/1=4)"},
		{"piet", "/topic/1:2 /topic/1:4 status(/topic/1=4)"},
		{"kees", "/topic/1:4 status(/topic/1=4)"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		CHECK_INT(rows[i].who, site_ask(&s, "POST", "/message-bus/abc/poll?dlp=t",
			site_format(&s, "%s%s", keyed, rows[i].who), "/topic/1=0"), 200);
		CHECK_STRING(rows[i].who, summary(&s), rows[i].want);
	}
	site_ask(&s, "POST", "/message-bus/abc/poll?dlp=t", "", "/topic/1=0");
	CHECK_STRING("nobody", summary(&s), "/topic/1:4 status(/topic/1=4)");
	site_close(&s);
}

static void a_channel_keeps_the_last_hundred(void **state)
{
	struct site s;
	struct error err;
	site_open(&s);
	for (int i = 1; i <= BUS_BACKLOG + 20; i++)
		publish(&s, "/latest", i, NULL);
	CHECK_INT("kept", sql_get_int(s.k.db, 0, "SELECT count(*) FROM bus_message", ""), BUS_BACKLOG);
	CHECK_INT("oldest", sql_get_int(s.k.db, 0, "SELECT min(id) FROM bus_message", ""), 21);
	assert_true(bus_expire(s.k.db, s.now_ms + 8 * 24 * 3600 * (int64_t)1000, &err));
	CHECK_INT("after a week", sql_get_int(s.k.db, 0, "SELECT count(*) FROM bus_message", ""), 0);
	publish(&s, "/latest", 1, NULL);
	CHECK_INT("numbers go on", bus_last_id(s.k.db, "/latest"), BUS_BACKLOG + 21);
	site_close(&s);
}

static void nothing_new_waits_unless_asked_not_to(void **state)
{
	struct site s;
	site_open(&s);
	publish(&s, "/latest", 1, NULL);
	site_ask(&s, "POST", "/message-bus/abc/poll", "", "/latest=1");
	assert_true(s.w.later);
	struct bus_poll *poll = s.r.data->poll;
	struct json *nothing = bus_poll_backlog(s.k.db, poll);
	CHECK_INT("nothing yet", json_count(nothing), 0);
	json_free(nothing);
	int64_t before = bus_last_global_id(s.k.db);
	publish(&s, "/latest", 2, NULL);
	CHECK_INT("worth a look", bus_last_global_id(s.k.db), before + 1);
	bus_poll_answer(poll, bus_poll_backlog(s.k.db, poll), &s.w);
	size_t n = s.w.body.n;
	assert_true(n > 5 && strcmp(site_body(&s) + n - 5, "\r\n|\r\n") == 0);
	assert_non_null(strstr(site_body(&s), "\"message_id\":2"));
	site_ask(&s, "POST", "/message-bus/abc/poll", "Dont-Chunk: true", "/latest=1");
	assert_false(s.w.later);
	CHECK_STRING("one plain array", summary(&s), "/latest:2");
	site_close(&s);
}

/* The server looks whether a held poll has news, and again when it answers. */
static void a_look_takes_nothing_away(void **state)
{
	struct site s;
	int64_t somebody = 99;
	site_open(&s);
	publish(&s, "/topic/1", 1, NULL);
	site_ask(&s, "POST", "/message-bus/abc/poll", "", "/topic/1=1");
	assert_true(s.w.later);
	publish(&s, "/topic/1", 2, NULL);
	publish(&s, "/topic/1", 3, &(struct bus_audience){.user_id = &somebody, .user_count = 1});
	for (int look = 0; look < 2; look++) {
		bus_poll_answer(s.r.data->poll, bus_poll_backlog(s.k.db, s.r.data->poll), &s.w);
		s.w.body.n -= strlen("\r\n|\r\n");
		CHECK_STRING("each look", summary(&s), "/topic/1:2 status(/topic/1=3)");
	}
	site_close(&s);
}

/* Who is not in a closed community does not hear when it is busy. */
static void a_closed_site_tells_strangers_nothing(void **state)
{
	struct site s;
	site_open(&s);
	publish(&s, "/latest", 1, NULL);
	assert_int_equal(site_ask(&s, "POST", "/message-bus/abc/poll?dlp=t", "", "/latest=0"), 200);
	sql_run(s.k.db, NULL, "INSERT INTO setting VALUES ('login_required', 'true')", "");
	CHECK_INT("closed", site_ask(&s, "POST", "/message-bus/abc/poll.json?dlp=t", "", "/latest=0"), 403);
	CHECK_STRING("closed", strstr(site_body(&s), "/latest"), NULL);
	site_close(&s);
}

static void a_client_has_so_many_channels(void **state)
{
	struct site s;
	struct sbuf body = {0};
	site_open(&s);
	for (int i = 0; i < BUS_PLACES + 50; i++)
		sbuf_addf(&body, "%s/topic/%d=0", i > 0 ? "&" : "", i);
	site_ask(&s, "POST", "/message-bus/abc/poll", "", sbuf_str(&body));
	CHECK_INT("channels", s.r.data->poll->place_count, BUS_PLACES);
	sbuf_fini(&body);
	site_close(&s);
}

/* A server on its own thread; the test writes through a connection of its own. */
struct running {
	struct kringd k;
	struct options options;
	struct http_server *server;
	struct sql *other;       /* the same database, as another process has it */
	pthread_t thread;
	char dir[32];
	int stop[2];
};

static void *run(void *data)
{
	struct running *r = data;
	http_server_run(r->server, r->stop[0], NULL);
	return NULL;
}

static void running_start(struct running *r)
{
	struct error err;
	*r = (struct running){.dir = "/tmp/kring-bus-XXXXXX"};
	assert_non_null(mkdtemp(r->dir));
	char *path = xasprintf("%s/db", r->dir);
	options_init(&r->options);
	r->options.insecure_http = true;
	r->k = (struct kringd){.db = sql_open(path, SQL_CREATE, &err), .options = &r->options,
		.limits = limits_new(&r->options.limit)};
	r->other = sql_open(path, SQL_CREATE, &err);
	assert_true(sql_migrate(r->k.db, forum_schema, forum_schema_count, &err));
	r->k.bus = bus_new(r->k.db);
	assert_int_equal(pipe(r->stop), 0);
	r->server = http_server_start(&r->k, &err);
	assert_non_null(r->server);
	assert_int_equal(pthread_create(&r->thread, NULL, run, r), 0);
	free(path);
}

static void running_stop(struct running *r)
{
	assert_int_equal(write(r->stop[1], "x", 1), 1);
	pthread_join(r->thread, NULL);
	http_server_stop(r->server);
	bus_free(r->k.bus);
	limits_free(r->k.limits);
	sql_close(r->k.db);
	sql_close(r->other);
	close(r->stop[0]);
	close(r->stop[1]);
	char *path = xasprintf("%s/db", r->dir);
	unlink(path);
	free(path);
	rmdir(r->dir);
}

/* Sends bytes on a new connection and returns the socket. */
static int send_bytes(struct running *r, const char *bytes)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)atoi(strrchr(http_server_url(r->server),
		':') + 1)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	assert_int_equal(write(fd, bytes, strlen(bytes)), strlen(bytes));
	return fd;
}

static int send_request(struct running *r, const char *path, const char *body)
{
	char *bytes = xasprintf("POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length:"
		" %zu\r\n\r\n%s", path, strlen(body), body);
	int fd = send_bytes(r, bytes);
	free(bytes);
	return fd;
}

/* Everything until the other side closes. */
static void receive_all(int fd, struct sbuf *out)
{
	char buf[1000];
	for (ssize_t n; (n = read(fd, buf, sizeof buf)) > 0;)
		sbuf_addn(out, buf, (size_t)n);
	close(fd);
}

static void a_waiting_poll_hears_of_news_and_of_the_end(void **state)
{
	struct running r;
	struct sbuf first = {0}, second = {0}, status = {0};
	running_start(&r);
	struct bus *bus = bus_new(r.other);
	int fd = send_request(&r, "/message-bus/abc/poll", "/latest=0");
	struct json *data = json_array();
	assert_true(bus_publish(bus, 0, "/latest", data, NULL));
	json_free(data);
	receive_all(fd, &first);
	assert_non_null(strstr(sbuf_str(&first), "\"message_id\":1,\"channel\":\"/latest\",\"data\":[]}]\r\n|\r\n"));

	fd = send_request(&r, "/message-bus/abc/poll", "/latest=1");
	receive_all(send_request(&r, "/message-bus/abc/poll?dlp=t", "/latest=1"), &status);
	running_stop(&r);
	receive_all(fd, &second);
	assert_non_null(strstr(sbuf_str(&second), "\r\n\r\n[]\r\n|\r\n"));
	bus_free(bus);
	sbuf_fini(&first);
	sbuf_fini(&second);
	sbuf_fini(&status);
}

static void a_body_has_one_length(void **state)
{
	static const struct {
		const char *name, *lines, *body;
		int status;
	} rows[] = {
		{"one", "Content-Length: 10\r\n", "/latest=-1", 200},
		{"none", "", "", 200},
		{"two that differ", "Content-Length: 10\r\nContent-Length: 2\r\n", "/latest=-1", 400},
		{"a length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", 400},
		{"too long", "Content-Length: 99999999999\r\n", "", 413},
		{"no number", "Content-Length: 1x\r\n", "", 400},
	};
	struct running r;
	running_start(&r);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf out = {0};
		char *bytes = xasprintf("POST /message-bus/abc/poll?dlp=t HTTP/1.1\r\nHost: x\r\nConnection:"
			" close\r\n%s\r\n%s", rows[i].lines, rows[i].body);
		receive_all(send_bytes(&r, bytes), &out);
		CHECK_INT(rows[i].name, atoi(sbuf_str(&out) + strlen("HTTP/1.1 ")), rows[i].status);
		sbuf_fini(&out);
		free(bytes);
	}
	running_stop(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_place_decides_what_comes),
		cmocka_unit_test(messages_reach_only_who_they_are_for),
		cmocka_unit_test(a_channel_keeps_the_last_hundred),
		cmocka_unit_test(nothing_new_waits_unless_asked_not_to),
		cmocka_unit_test(a_look_takes_nothing_away),
		cmocka_unit_test(a_closed_site_tells_strangers_nothing),
		cmocka_unit_test(a_client_has_so_many_channels),
		cmocka_unit_test(a_waiting_poll_hears_of_news_and_of_the_end),
		cmocka_unit_test(a_body_has_one_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
