/* What an earlier kring left behind, or anybody wrote there: it comes back, and a second time adds nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "fuzz_dir.h"
#include "mem.h"
#include "outbox_store.h"
#include "panic.h"
#include "rescue.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int count_drafts(struct store *s)
{
	return (int)outbox_store_count(s, &(struct outbox_filter){.drafts = true});
}

static void check_clean(const char *text)
{
	ensure(utf8_valid(text, strlen(text)));
	for (; *text != '\0'; text++)
		ensure((unsigned char)*text >= ' ' || *text == '\n' || *text == '\t');
}

/* Leaves the store empty. */
static void check_drafts(struct store *s)
{
	struct arena a = {0};
	static const struct outbox_filter drafts = {.drafts = true};
	struct outbox_rows rows = outbox_store_list(s, &drafts, 0, count_drafts(s), &a);
	ensure(store_begin(s, NULL));
	for (int i = 0; i < rows.count; i++) {
		check_clean(rows.row[i].change.title);
		check_clean(rows.row[i].change.body);
		ensure(outbox_store_drop(s, rows.row[i].change.id, NULL));
	}
	ensure(store_commit(s, NULL, NULL));
	ensure(count_drafts(s) == 0);
	arena_fini(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static char dir[] = "/dev/shm/kring-fuzz-XXXXXX", *path;
	static struct store *s;
	unsigned bits = 0;
	if (s == NULL) {
		ensure(mkdtemp(dir) != NULL);
		path = xasprintf("%s/unsaved.txt", dir);
		fuzz_dir_remove_at_end(dir);
		s = store_open(dir, STORE_READ | STORE_WRITE, NULL);
		ensure(s != NULL);
	}
	ensure(file_write(path, data, n, NULL));
	char *earlier = rescue_read(path);
	if (earlier != NULL) {
		ensure(rescue_take_back(earlier, s, &bits, NULL));
		int count = count_drafts(s);
		ensure(rescue_take_back(earlier, s, &bits, NULL));
		ensure(count_drafts(s) == count);
		check_drafts(s);
	}
	free(earlier);
	file_remove(path, NULL);
	return 0;
}
