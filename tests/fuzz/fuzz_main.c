/* Runs a fuzz target once over every file of the folders that are given: the corpus as a plain test. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "panic.h"
#include "sbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void run_file(const char *path)
{
	struct sbuf bytes = {0};
	char piece[65536];
	FILE *in = fopen(path, "rb");
	ensure(in != NULL);
	sbuf_add(&bytes, "");
	for (size_t n; (n = fread(piece, 1, sizeof piece, in)) > 0;)
		sbuf_addn(&bytes, piece, n);
	fclose(in);
	printf("%s\n", path);
	fflush(stdout);
	LLVMFuzzerTestOneInput((const uint8_t *)bytes.p, bytes.n);
	sbuf_fini(&bytes);
}

int main(int argc, char **argv)
{
	int count = 0;
	for (int i = 1; i < argc; i++) {
		struct sbuf path = {0};
		DIR *dir = opendir(argv[i]);
		ensure(dir != NULL);
		for (struct dirent *e; (e = readdir(dir)) != NULL;) {
			if (e->d_name[0] == '.')
				continue;
			sbuf_reset(&path);
			sbuf_addf(&path, "%s/%s", argv[i], e->d_name);
			run_file(path.p);
			count++;
		}
		closedir(dir);
		sbuf_fini(&path);
	}
	printf("%d inputs\n", count);
	return count > 0 ? 0 : 1;
}
