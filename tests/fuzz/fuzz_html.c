/* HTML to lines: no crash, nothing but clean text, never wider than asked. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "panic.h"
#include "utf8.h"
#include "width.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(const char *html, const struct html_options *opt)
{
	struct arena a = {0};
	struct styled s = {0};
	struct sbuf line = {0};
	html_render(html, opt, &a, &s);
	for (size_t i = 0; i < s.count; i++) {
		sbuf_reset(&line);
		styled_line_text(&s.line[i], &line);
		ensure(utf8_valid(sbuf_str(&line), line.n));
		ensure(width_cols_n(sbuf_str(&line), line.n) <= opt->width);
		for (size_t k = 0; k < line.n; k++)
			ensure((unsigned char)line.p[k] >= 0x20 && line.p[k] != 0x7F);
	}
	sbuf_fini(&line);
	arena_fini(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *html = malloc(n + 1);
	struct sbuf line = {0};
	if (html == NULL)
		return 0;
	memcpy(html, data, n);
	html[n] = '\0';
	check(html, &(struct html_options){.width = 40, .base_url = "https://kring.example", .zone = zone_utc()});
	check(html, &(struct html_options){.width = 80, .show_all = true, .emoji_words = true, .zone = zone_utc()});
	html_line(html, &line, 200);
	sbuf_fini(&line);
	free(html);
	return 0;
}
