#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>

#include "str.h"

/* Any way an address is written, in one way; false: it is none. "[::1]:4711" and "192.0.2.1:4711" have a port. */
static bool tidy(char out[ADDRESS_BYTES], const char *text, size_t n)
{
	char word[ADDRESS_BYTES + 8];
	struct in_addr four;
	struct in6_addr six;
	if (n == 0 || n >= sizeof word)
		return false;
	memcpy(word, text, n);
	word[n] = '\0';
	char *start = word, *colon = strchr(word, ':');
	if (word[0] == '[') {
		start = word + 1;
		start[strcspn(start, "]")] = '\0';
	} else if (colon != NULL && strchr(colon + 1, ':') == NULL) {
		*colon = '\0';
	}
	if (inet_pton(AF_INET, start, &four) == 1)
		return inet_ntop(AF_INET, &four, out, ADDRESS_BYTES) != NULL;
	if (inet_pton(AF_INET6, start, &six) != 1)
		return false;
	if (IN6_IS_ADDR_V4MAPPED(&six))
		return inet_ntop(AF_INET, six.s6_addr + 12, out, ADDRESS_BYTES) != NULL;
	return inet_ntop(AF_INET6, &six, out, ADDRESS_BYTES) != NULL;
}

void address_text(char out[ADDRESS_BYTES], const struct sockaddr *a)
{
	char text[ADDRESS_BYTES] = "";
	if (a->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)a)->sin_addr, text, sizeof text);
	else if (a->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)a)->sin6_addr, text, sizeof text);
	if (!tidy(out, text, strlen(text)))
		out[0] = '\0';
}

const char *address_counted(const char *text, struct arena *mem)
{
	struct in6_addr a;
	char out[ADDRESS_BYTES];
	if (inet_pton(AF_INET6, text, &a) != 1 || IN6_IS_ADDR_LOOPBACK(&a))
		return arena_strdup(mem, text);
	memset(a.s6_addr + 8, 0, 8);
	return arena_strdup(mem, inet_ntop(AF_INET6, &a, out, sizeof out));
}

bool address_is_one_of(const char *text, const char *trusted)
{
	char one[ADDRESS_BYTES];
	for (const char *p = str_or_empty(trusted); *p != '\0';) {
		p += strspn(p, " ,");
		size_t n = strcspn(p, " ,");
		if (tidy(one, p, n) && strcmp(one, text) == 0)
			return true;
		p += n;
	}
	return false;
}

bool address_list_valid(const char *text)
{
	char one[ADDRESS_BYTES];
	const char *p = text;
	bool any = false;
	for (; *(p += strspn(p, " ,")) != '\0'; any = true) {
		size_t n = strcspn(p, " ,");
		if (!tidy(one, p, n))
			return false;
		p += n;
	}
	return any;
}

/* The last part of a list with commas, taken off it. */
static const char *take_last(const char *list, size_t *left, size_t *n)
{
	while (*left > 0 && strchr(" \t,", list[*left - 1]) != NULL)
		--*left;
	size_t end = *left;
	while (*left > 0 && list[*left - 1] != ',')
		--*left;
	const char *start = list + *left + strspn(list + *left, " \t");
	*n = (size_t)(list + end - start);
	return start;
}

const char *address_behind(const char *peer, const char *trusted, const struct param *header, struct arena *mem)
{
	char one[ADDRESS_BYTES];
	const char *who = peer;
	int count = 0;
	while (header[count].name != NULL)
		count++;
	/* The last header is of the last proxy. */
	for (int i = count - 1; i >= 0 && address_is_one_of(who, trusted); i--) {
		if (strcasecmp(header[i].name, "X-Forwarded-For") != 0)
			continue;
		size_t left = strlen(header[i].value), n;
		while (left > 0 && address_is_one_of(who, trusted)) {
			const char *part = take_last(header[i].value, &left, &n);
			if (!tidy(one, part, n))
				return who;
			who = arena_strdup(mem, one);
		}
	}
	return who;
}
