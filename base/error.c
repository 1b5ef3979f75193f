#include "error.h"

#include <stdarg.h>
#include <stdio.h>

#include "text.h"
#include "utf8.h"

static const struct {
	const char *word, *kept, *todo;
} kinds[] = {
	[ERR_NONE] = {"none", "", ""},
	[ERR_OFFLINE] = {"offline", N_("What was fetched before is kept. You can still read."),
		N_("Try again when there is a connection.")},
	[ERR_LIMIT] = {"limit", N_("Nothing is lost."), N_("kring waits and goes on by itself.")},
	[ERR_READONLY] = {"readonly", N_("Nothing is lost."), N_("kring tries again later.")},
	[ERR_AUTH] = {"auth", N_("What was fetched before is kept. You can still read."), N_("Log in again.")},
	[ERR_FORBIDDEN] = {"forbidden", N_("Nothing is changed."), N_("Ask the organiser of the community.")},
	[ERR_NOT_FOUND] = {"not_found", N_("Nothing is changed."), N_("Go back and choose something else.")},
	[ERR_CONFLICT] = {"conflict", N_("Your text is kept."), N_("Look at both versions and choose.")},
	[ERR_REFUSED] = {"refused", N_("Your text is kept."), N_("Change it and try again.")},
	[ERR_TLS] = {"tls", N_("Nothing was sent."), N_("Check the address, or ask the organiser.")},
	[ERR_PROTOCOL] = {"protocol", N_("What was fetched before is kept. You can still read."),
		N_("Check the address. Try again later.")},
	[ERR_INVALID] = {"invalid", N_("Nothing is changed."), N_("Change it and try again.")},
	[ERR_IO] = {"io", N_("What was saved before is kept."), N_("Check the disk and the permissions.")},
	[ERR_CORRUPT] = {"corrupt", N_("The file is left as it is."),
		N_("Move it to another folder and start again.")},
	[ERR_CANCELLED] = {"cancelled", N_("What was fetched before is kept."), N_("You can start again.")},
};

bool fail(struct error *err, enum error_kind kind, const char *fmt, ...)
{
	if (err == NULL)
		return false;
	*err = (struct error){.kind = kind};
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(err->what, sizeof err->what, fmt, ap);
	va_end(ap);
	utf8_cut_partial(err->what);
	return false;
}

void error_detail(struct error *err, const char *fmt, ...)
{
	if (err == NULL)
		return;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(err->detail, sizeof err->detail, fmt, ap);
	va_end(ap);
	utf8_cut_partial(err->detail);
}

void error_advise(struct error *err, const char *kept, const char *todo)
{
	if (err == NULL)
		return;
	snprintf(err->kept, sizeof err->kept, "%s", kept);
	snprintf(err->todo, sizeof err->todo, "%s", todo);
	utf8_cut_partial(err->kept);
	utf8_cut_partial(err->todo);
}

static const char *translated(const char *own, const char *standard)
{
	if (own[0] != '\0')
		return own;
	return standard[0] == '\0' ? "" : _(standard);
}

const char *error_kept(const struct error *err)
{
	return translated(err->kept, kinds[err->kind].kept);
}

const char *error_todo(const struct error *err)
{
	return translated(err->todo, kinds[err->kind].todo);
}

const char *error_word(enum error_kind kind)
{
	return kinds[kind].word;
}
