#include "site_fixture.h"

static void a_window_slides(void **state)
{
	struct limit_options o = {.key_minute = 3};
	struct limits *l = limits_new(&o);
	static const struct {
		int64_t at_ms;
		const char *who;
		bool allowed;
		long wait_s;
	} rows[] = {
		{0, "1", true, 0}, {1000, "1", true, 0}, {2000, "1", true, 0}, {3000, "1", false, 57}, {3000, "2", true, 0},
		{59999, "1", false, 1}, {60000, "1", true, 0}, {60001, "1", false, 1}, {61000, "1", true, 0},
		{200000, "1", true, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char name[20];
		long wait_s;
		snprintf(name, sizeof name, "row %zu", i);
		CHECK_INT(name, limits_take(l, LIMIT_KEY_MINUTE, rows[i].who, rows[i].at_ms, &wait_s), rows[i].allowed);
		CHECK_INT(name, wait_s, rows[i].wait_s);
	}
	for (int i = 0; i < 10000; i++) {
		long wait_s;
		assert_true(limits_take(l, LIMIT_KEY_DAY, "1", 0, &wait_s));
	}
	limits_free(l);
}

/* Who keeps knocking stays outside. */
static void refused_attempts_of_an_address_count(void **state)
{
	struct limit_options o = {.ip_minute = 2};
	struct limits *l = limits_new(&o);
	long wait_s;
	assert_true(limits_take(l, LIMIT_IP_MINUTE, "a", 0, &wait_s));
	assert_true(limits_take(l, LIMIT_IP_MINUTE, "a", 0, &wait_s));
	assert_false(limits_take(l, LIMIT_IP_MINUTE, "a", 50000, &wait_s));
	assert_false(limits_take(l, LIMIT_IP_MINUTE, "a", 59000, &wait_s));
	assert_false(limits_take(l, LIMIT_IP_MINUTE, "a", 61000, &wait_s));
	assert_true(limits_take(l, LIMIT_IP_MINUTE, "a", 122000, &wait_s));
	limits_free(l);
}

static void private_addresses_are_exempt(void **state)
{
	static const struct {
		const char *ip;
		bool counts;
	} rows[] = {{"127.0.0.1", false}, {"10.1.2.3", false}, {"192.168.1.1", false}, {"172.16.0.1", false},
		{"172.31.255.1", false}, {"172.32.0.1", true}, {"172.15.0.1", true}, {"::1", false}, {"fd00::1", false},
		{"8.8.8.8", true}, {"2001:db8::1", true}};
	struct limit_options o = {0}, all = {.ip_local = true};
	struct limits *l = limits_new(&o), *local = limits_new(&all);
	for (size_t i = 0; i < COUNT(rows); i++) {
		CHECK_INT(rows[i].ip, limits_counts_ip(l, rows[i].ip), rows[i].counts);
		CHECK_INT(rows[i].ip, limits_counts_ip(local, rows[i].ip), true);
	}
	limits_free(l);
	limits_free(local);
}

static void an_address_is_refused_in_plain_text(void **state)
{
	struct site s;
	site_open(&s);
	s.ip = "203.0.113.7";
	for (int i = 0; i < 50; i++)
		assert_int_equal(site_ask(&s, "GET", "/srv/status", "", ""), 200);
	assert_int_equal(site_ask(&s, "GET", "/srv/status", "Accept: text/html", ""), 429);
	CHECK_STRING("type", s.w.type, "text/plain; charset=utf-8");
	CHECK_STRING("code", site_header(&s, "Discourse-Rate-Limit-Error-Code"), "ip_10_secs_limit");
	CHECK_STRING("wait", site_header(&s, "Retry-After"), "10");
	site_close(&s);
}

static void how_long_to_wait_is_said_in_words(void **state)
{
	static const struct {
		const char *language;
		int64_t at_s;
		const char *left;
	} rows[] = {{"en", 0, "1 hour"}, {"en", 10, "60 minutes"}, {"nl", 60, "59 minuten"}, {"nl", 3540, "1 minuut"},
		{"en", 3541, "59 seconds"}, {"nl", 3599, "1 seconde"}};
	struct limit_options o = {.logins_hour = 1};
	struct arena mem = {0};
	long wait_s;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct kringd server = {.limits = limits_new(&o)};
		struct request r = {.server = &server, .mem = &mem, .language = rows[i].language,
			.now_ms = rows[i].at_s * 1000};
		struct response w = {0};
		assert_true(limits_take(server.limits, LIMIT_LOGIN_HOUR, "a", 0, &wait_s));
		assert_false(limits_allow(&r, &w, LIMIT_LOGIN_HOUR, "a"));
		struct json *answer = json_parse(sbuf_str(&w.body), w.body.n, NULL);
		CHECK_STRING(rows[i].left, json_string(json_get(answer, "extras"), "time_left"), rows[i].left);
		json_free(answer);
		sbuf_fini(&w.body);
		limits_free(server.limits);
	}
	arena_fini(&mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_window_slides),
		cmocka_unit_test(refused_attempts_of_an_address_count),
		cmocka_unit_test(private_addresses_are_exempt),
		cmocka_unit_test(an_address_is_refused_in_plain_text),
		cmocka_unit_test(how_long_to_wait_is_said_in_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
