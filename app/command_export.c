#include "export.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "network.h"
#include "str.h"
#include "text.h"

enum { FlowBytes = 64 * 1024 };

static bool cannot_write(struct export *e)
{
	e->failed = true;
	fail(&e->err, ERR_IO, _("The export cannot be written."));
	error_advise(&e->err, _("Nothing is changed."), "");
	error_detail(&e->err, "%s", strerror(errno));
	return false;
}

static bool write_all(struct export *e)
{
	int fd = e->path == NULL ? STDOUT_FILENO : e->file.fd;
	bool ok = !e->failed && file_write_fd(fd, sbuf_str(&e->text), e->text.n);
	sbuf_reset(&e->text);
	return ok || e->failed ? ok : cannot_write(e);
}

bool export_flow(struct export *e)
{
	return !e->failed && (e->text.n < FlowBytes || write_all(e));
}

const char *export_host(const struct export *e)
{
	const char *url = e->call->program->account->url, *rest = strstr(url, "://");
	return rest == NULL ? url : rest + 3;
}

/* Which meetings: the network part has the calendar library, and only it. */
static bool read_choice(struct call *c, struct calendar_choice *which)
{
	bool all = call_flag(c, "--all"), mine = call_flag(c, "--mine");
	*which = (struct calendar_choice){.all = all};
	if (c->argc == 0)
		return !(all && mine);
	return c->argc == 1 && !all && !mine && str_to_int(c->argv[0], 1, INT64_MAX, &which->event_id);
}

static bool export_ics(struct export *e, const struct calendar_choice *which)
{
	struct program *p = e->call->program;
	const struct sync_module *m = network_module(&e->err);
	struct sync_options o = network_options(p->account, &p->config);
	return m != NULL && m->calendar(&o, which, &e->text, &e->err);
}

static const struct kind {
	const char *word;
	int least, most; /* arguments */
	bool (*run)(struct export *e, const char *word);
} kinds[] = {{"vcf", 0, 0, export_vcf}, {"mbox", 1, 1, export_mbox}, {"json", 0, 0, export_json}};

static const struct kind *find_kind(const char *word)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_equal(kinds[i].word, word))
			return &kinds[i];
	return NULL;
}

static bool begin(struct export *e)
{
	return e->path == NULL || file_new_begin(&e->file, e->path, &e->err);
}

/* Nobody reads on at the other end of a pipe: that is no trouble. */
static int end(struct export *e, bool ok)
{
	ok = write_all(e) && ok;
	bool left = e->failed && e->path == NULL && errno == EPIPE;
	if (e->path != NULL)
		ok = file_new_end(&e->file, ok, &e->err);
	sbuf_fini(&e->text);
	if (!ok && !left)
		return call_fail(e->call, &e->err);
	if (e->path != NULL) {
		json_add_string(e->call->doc, "export", e->path);
		call_line(e->call, _("Written to %s."), e->path);
	}
	return EXIT_OK;
}

int export_run(struct call *c)
{
	struct calendar_choice which;
	struct export e = {.call = c, .store = c->program->store, .path = call_option(c, "--out")};
	const char *word = c->argc > 0 ? *c->argv++ : NULL;
	c->argc -= word != NULL;
	bool calendar = str_equal(word, "ics");
	const struct kind *kind = find_kind(word);
	if (calendar ? !read_choice(c, &which) : kind == NULL || c->argc < kind->least || !call_rest(c, kind->most))
		return call_usage(c);
	/* The document is the export itself, except when that goes to a file. */
	c->json = c->json && e.path != NULL;
	if (!begin(&e))
		return call_fail(c, &e.err);
	bool ok = calendar ? export_ics(&e, &which) : kind->run(&e, c->argc > 0 ? c->argv[0] : NULL);
	return end(&e, ok);
}
