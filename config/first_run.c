#include "first_run.h"

#include <stdio.h>
#include <stdlib.h>

#include "file.h"
#include "paths.h"
#include "str.h"

enum { MaxBytes = 100 };
static const char file_name[] = "first-run";

int first_run_step(void)
{
	struct sbuf text = {0};
	char *dir = paths_data_dir(), *path = paths_join(dir, file_name), *config = paths_config_file();
	int64_t step = file_exists(config) ? FIRST_RUN_DONE : FIRST_RUN_LANGUAGE;
	if (file_read(path, MaxBytes, &text, NULL) && text.n > 0)
		str_to_int(str_trim(text.p), FIRST_RUN_LANGUAGE, FIRST_RUN_DONE, &step);
	sbuf_fini(&text);
	free(path);
	free(dir);
	free(config);
	return (int)step;
}

bool first_run_put(int step, struct error *err)
{
	char text[16];
	char *dir = paths_data_dir(), *path = paths_join(dir, file_name);
	int n = snprintf(text, sizeof text, "%d\n", step);
	bool ok = dir_make_private(dir, err) && file_write(path, text, (size_t)n, err);
	free(path);
	free(dir);
	return ok;
}
