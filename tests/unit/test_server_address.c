#include "check.h"

#include <netinet/in.h>

#include "address.h"
#include "mem.h"
#include "peers.h"

static void who_asks_behind_a_proxy(void **state)
{
	static const struct {
		const char *name, *peer, *trusted, *first, *second, *who;
	} rows[] = {
		{"no proxy", "192.0.2.1", NULL, NULL, NULL, "192.0.2.1"},
		{"nobody is believed", "192.0.2.1", NULL, "203.0.113.9", NULL, "192.0.2.1"},
		{"another address is not believed", "192.0.2.1", "192.0.2.7", "203.0.113.9", NULL, "192.0.2.1"},
		{"a proxy", "192.0.2.7", "192.0.2.7", "203.0.113.9", NULL, "203.0.113.9"},
		{"only the last one", "192.0.2.7", "192.0.2.7", "198.51.100.1, 203.0.113.9", NULL, "203.0.113.9"},
		{"two proxies", "192.0.2.7", "192.0.2.7, 192.0.2.8", "198.51.100.1, 203.0.113.9, 192.0.2.8", NULL,
			"203.0.113.9"},
		{"a proxy of somebody else", "192.0.2.7", "192.0.2.7", "203.0.113.9, 192.0.2.8", NULL, "192.0.2.8"},
		{"two headers", "192.0.2.7", "192.0.2.7", "198.51.100.1", "203.0.113.9", "203.0.113.9"},
		{"two headers, the last of a proxy", "192.0.2.7", "192.0.2.7,192.0.2.8", "203.0.113.9", "192.0.2.8",
			"203.0.113.9"},
		{"the proxy says nothing", "192.0.2.7", "192.0.2.7", NULL, NULL, "192.0.2.7"},
		{"the proxy says nonsense", "192.0.2.7", "192.0.2.7", "203.0.113.9, unknown", NULL, "192.0.2.7"},
		{"nothing between commas", "192.0.2.7", "192.0.2.7", "203.0.113.9, ,", NULL, "203.0.113.9"},
		{"with a port", "192.0.2.7", "192.0.2.7", "203.0.113.9:4711", NULL, "203.0.113.9"},
		{"IPv6", "2001:db8::7", "2001:DB8:0::7", "2001:db8::0:9", NULL, "2001:db8::9"},
		{"IPv6 with a port", "::1", "::1", "[2001:db8::9]:4711", NULL, "2001:db8::9"},
		{"IPv4 in IPv6", "192.0.2.7", "::ffff:192.0.2.7", "::ffff:203.0.113.9", NULL, "203.0.113.9"},
		{"everyone is a proxy", "192.0.2.7", "192.0.2.7,192.0.2.8", "192.0.2.8", NULL, "192.0.2.8"},
		{"too long", "192.0.2.7", "192.0.2.7",
			"1111111111111111111111111111111111111111111111111111111111111111111111111111", NULL, "192.0.2.7"},
	};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct param header[4] = {{"Accept", "text/html"}};
		int n = 1;
		if (rows[i].first != NULL)
			header[n++] = (struct param){"X-Forwarded-For", rows[i].first};
		if (rows[i].second != NULL)
			header[n++] = (struct param){"x-forwarded-for", rows[i].second};
		CHECK_STRING(rows[i].name, address_behind(rows[i].peer, rows[i].trusted, header, &a), rows[i].who);
	}
	arena_fini(&a);
}

static void a_network_of_IPv6_counts_as_one(void **state)
{
	struct arena a = {0};
	CHECK_STRING("IPv6", address_counted("2001:db8:1:2:3:4:5:6", &a), "2001:db8:1:2::");
	CHECK_STRING("IPv4", address_counted("192.0.2.1", &a), "192.0.2.1");
	CHECK_STRING("itself", address_counted("::1", &a), "::1");
	char text[ADDRESS_BYTES];
	struct sockaddr_in6 mapped = {.sin6_family = AF_INET6, .sin6_addr = {{{[10] = 0xff, 0xff, 192, 0, 2, 1}}}};
	address_text(text, (const struct sockaddr *)&mapped);
	CHECK_STRING("IPv4 in IPv6", text, "192.0.2.1");
	arena_fini(&a);
}

static void only_addresses_can_be_trusted(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} rows[] = {{"192.0.2.1", true}, {"192.0.2.1, ::1", true}, {"", false}, {"proxy.example", false},
		{"192.0.2.1,x", false},
		{"192.0.2.0/24", false}};
	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_INT(rows[i].text, address_list_valid(rows[i].text), rows[i].good);
}

static void connections_are_counted_by_address(void **state)
{
	struct peers *p = peers_new();
	void *first = peers_enter(p, "192.0.2.1"), *second = peers_enter(p, "192.0.2.1"),
		*other = peers_enter(p, "::1");
	CHECK_INT("two", peers_count(p, "192.0.2.1"), 2);
	CHECK_INT("another", peers_count(p, "::1"), 1);
	peers_leave(p, first);
	peers_leave(p, other);
	CHECK_INT("one left", peers_count(p, "192.0.2.1"), 1);
	CHECK_INT("none left", peers_count(p, "::1"), 0);
	peers_leave(p, second);
	peers_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_asks_behind_a_proxy),
		cmocka_unit_test(a_network_of_IPv6_counts_as_one),
		cmocka_unit_test(only_addresses_can_be_trusted),
		cmocka_unit_test(connections_are_counted_by_address),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
