#include "sample.h"

#include <string.h>

#include "forum_init.h"
#include "sample_file.h"
#include "str.h"

struct yaml_node *sample_read(struct sample *s, const char *path, struct error *err)
{
	const char *whole = arena_printf(s->f->mem, "%s/%s", s->language, path);
	for (const struct sample_file *file = sample_files; file->path != NULL; file++) {
		if (strcmp(file->path, whole) == 0)
			return yaml_read(s->f->mem, file->text, err);
	}
	fail(err, ERR_NOT_FOUND, "There is no sample %s.", whole);
	return NULL;
}

uint32_t sample_pick(const char *a, const char *b, uint32_t below)
{
	uint64_t h = str_hash(a, strlen(a)) * 31 + str_hash(b, strlen(b));
	h ^= h >> 29;
	h *= UINT64_C(0x9E3779B97F4A7C15);
	return (uint32_t)((h >> 33) % below);
}

bool forum_sample_load(struct forum *f, const char *language, const char **said, struct error *err)
{
	struct sample s = {.f = f, .language = language, .now_ms = f->now_ms};
	bool ok = sql_begin(f->db, err) && sample_people(&s, err) && sample_story(&s, err) &&
		sample_readers(&s, err) && sql_commit(f->db, err);
	f->now_ms = s.now_ms;
	if (!ok) {
		sql_rollback(f->db);
		return false;
	}
	const char *first = s.member_count > 0 ? s.member[0].username : "",
			   *second = s.member_count > 1 ? s.member[1].username : "";
	*said = arena_printf(f->mem,
		str_equal(language, "nl") ? "Dit is een voorbeeld om uit te proberen. Log in als %s, %s of een ander "
									"lid met wachtwoord %s."
								  : "This is an example for trying out. Log in as %s, %s or another member "
									"with password %s.",
		first, second, SAMPLE_PASSWORD);
	return true;
}
