#include "listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mem.h"
#include "str.h"
#include "text.h"

/* Splits in place; false when there is no port. */
static bool split(char *text, const char **host, const char **port)
{
	char *colon = strrchr(text, ':');
	if (colon == NULL)
		return false;
	*colon = '\0';
	*host = text;
	*port = colon + 1;
	size_t n = strlen(text);
	if (text[0] == '[' && text[n - 1] == ']') {
		text[n - 1] = '\0';
		*host = text + 1;
	}
	int64_t number;
	return **host != '\0' && str_to_int(*port, 0, 65535, &number);
}

static int open_one(const struct addrinfo *a)
{
	int on = 1;
	int fd = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, a->ai_protocol);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, 128) == 0)
		return fd;
	int saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

static void say_where(int fd, const char *host, struct sbuf *where)
{
	struct sockaddr_storage addr;
	socklen_t n = sizeof addr;
	int port = 0;
	if (getsockname(fd, (struct sockaddr *)&addr, &n) == 0)
		port = ntohs(addr.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&addr)->sin6_port
			: ((struct sockaddr_in *)&addr)->sin_port);
	sbuf_addf(where, strchr(host, ':') != NULL ? "[%s]:%d" : "%s:%d", host, port);
}

int listen_open(const char *host_port, struct sbuf *where, struct error *err)
{
	char *copy = xstrdup(host_port);
	const char *host, *port;
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV}, *list = NULL;
	int fd = -1;
	if (!split(copy, &host, &port)) {
		fail(err, ERR_INVALID, _("%s is not an address with a port."), host_port);
	} else if (getaddrinfo(host, port, &hints, &list) != 0) {
		fail(err, ERR_INVALID, _("The address %s is not known."), host_port);
	} else {
		for (const struct addrinfo *a = list; a != NULL && fd < 0; a = a->ai_next)
			fd = open_one(a);
		if (fd < 0) {
			const char *why = strerror(errno);
			fail(err, ERR_IO, _("Cannot listen on %s."), host_port);
			error_detail(err, "%s", why);
			error_advise(err, _("Nothing is changed."), _("Choose another address or port."));
		} else {
			say_where(fd, host, where);
		}
		freeaddrinfo(list);
	}
	free(copy);
	return fd;
}
