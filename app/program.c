#include "program.h"

#include <stdlib.h>

#include "charset.h"
#include "emoji.h"
#include "event_topic.h"
#include "language.h"
#include "method.h"
#include "own_keys.h"
#include "paths.h"
#include "str.h"
#include "theme_file.h"

bool program_follow_symbols(struct program *p)
{
	bool spelled = charset_spells();
	charset_use(p->config.symbols == SYMBOLS_ASCII, emoji_word);
	return charset_spells() != spelled;
}

static const struct config_problem **end_of(const struct config_problem **tail)
{
	while (*tail != NULL)
		tail = (const struct config_problem **)(uintptr_t)&(*tail)->next;
	return tail;
}

static void read_settings(struct program *p)
{
	char *path = paths_config_file();
	config_init(&p->config);
	config_read("/etc/kring/config.yaml", &p->config, &p->mem, &p->problems);
	own_keys_check(&p->config, &p->mem, &p->problems);
	p->standard = p->config;
	const struct config_problem **tail = end_of(&p->problems);
	config_read(path, &p->config, &p->mem, tail);
	own_keys_check(&p->config, &p->mem, tail);
	p->kept = p->config;
	free(path);
}

void program_init(struct program *p)
{
	p->site = "";
	p->network.wake_read = p->network.wake_write = -1;
	language_begin();
	read_settings(p);
	language_set(p->config.language);
	/* Once more, now that the language is known in which problems are said. */
	if (p->problems != NULL)
		read_settings(p);
	program_follow_symbols(p);
	theme_files_load(&p->mem, end_of(&p->problems), &p->warnings);
	methods_check(event_topic_language(), &p->mem, end_of(&p->problems));
	p->ctx = (struct context){.config = &p->config, .standard = &p->standard, .zone = zone_local(),
		.now_ms = clock_now_ms(),
		.store_error = &p->store_error};
}

void program_reopen_store(struct program *p)
{
	if (p->store == NULL && p->account != NULL) {
		p->store = store_open(p->account->dir, STORE_READ, &p->store_error);
		p->ctx.store = p->store;
	}
}

bool program_store_moved(struct program *p)
{
	int64_t before = p->store_version;
	p->store_version = p->store == NULL ? 0 : store_data_version(p->store);
	return p->store_version != before;
}

void program_use(struct program *p, const struct account *acc)
{
	network_stop(&p->network);
	p->posted = 0;
	store_close(p->store);
	p->store = NULL;
	p->ctx.store = NULL;
	p->account = acc;
	p->ctx.account = acc;
	program_reopen_store(p);
}

bool program_open(struct program *p, struct error *err)
{
	const char *name = str_empty(p->site) ? p->config.site : p->site;
	const struct account *acc = account_find(name, &p->mem, err);
	if (acc != NULL)
		program_use(p, acc);
	return acc != NULL;
}

void program_fini(struct program *p)
{
	network_fini(&p->network);
	store_close(p->store);
	arena_fini(&p->login_mem);
	arena_fini(&p->mem);
}
