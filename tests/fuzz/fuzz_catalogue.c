/* A catalogue of a language from anywhere: what it says of itself is clean, and nothing beyond the file is read. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "fuzz_dir.h"
#include "languages.h"
#include "mem.h"
#include "panic.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_clean(const char *text)
{
	ensure(text[0] != '\0' && utf8_valid(text, strlen(text)));
	for (; *text != '\0'; text++)
		ensure((unsigned char)*text >= ' ' && *text != 0x7F);
}

static char *catalogue_in(const char *dir)
{
	char *folder = xasprintf("%s/xx/LC_MESSAGES", dir);
	char *path = xasprintf("%s/kring.mo", folder);
	ensure(dir_make_private(folder, NULL));
	free(folder);
	return path;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static char dir[] = "/dev/shm/kring-fuzz-XXXXXX", *path;
	if (path == NULL) {
		ensure(mkdtemp(dir) != NULL);
		path = catalogue_in(dir);
		fuzz_dir_remove_at_end(dir);
	}
	ensure(file_write(path, data, n, NULL));
	languages_in(dir);
	int count = language_count();
	ensure(count == 1 || count == 2);
	for (int i = 0; i < count; i++) {
		check_clean(language_code(i));
		check_clean(language_title(i));
		check_clean(language_says(i));
	}
	languages_in("");
	file_remove(path, NULL);
	return 0;
}
