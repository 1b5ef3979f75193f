#include "config_line.h"

#include <string.h>

#include "str.h"
#include "yaml_tree.h"

enum { Indent = 2 };
static const char byte_order_mark[] = "\xef\xbb\xbf";

/* A part of the file whose lines begin with as many blanks. */
struct block {
	size_t begin, end, indent;
	bool there;
};

static size_t line_bytes(const char *line)
{
	size_t n = strcspn(line, "\n");
	return n + (line[n] == '\n');
}

static size_t blanks(const char *line)
{
	return strspn(line, " ");
}

static bool is_comment_or_empty(const char *line)
{
	line += strspn(line, " \t\r");
	return *line == '#' || *line == '\n' || *line == '\0';
}

static bool has_key(const char *line, size_t indent, const char *key)
{
	const char *name = line + indent;
	size_t n = strlen(key);
	return blanks(line) == indent && strncmp(name, key, n) == 0 && name[n + strspn(name + n, " \t")] == ':';
}

/* From its first byte to after its line end. A key in quotes or over several lines is not found here. */
static bool find_line(const char *text, const struct block *in, const char *key, size_t *begin, size_t *end)
{
	bool found = false;
	for (size_t at = in->begin; at < in->end; at += line_bytes(text + at))
		if (has_key(text + at, in->indent, key)) {
			*begin = at;
			*end = at + line_bytes(text + at);
			found = true;
		}
	return found;
}

/* What is indented after the line of its name, without the comments that come behind. */
static struct block below(const char *text, size_t from, size_t to)
{
	struct block b = {.begin = from, .end = from, .indent = Indent, .there = true};
	for (size_t at = from; at < to; at += line_bytes(text + at)) {
		if (is_comment_or_empty(text + at))
			continue;
		if (blanks(text + at) == 0)
			break;
		if (b.end == from)
			b.indent = blanks(text + at);
		b.end = at + line_bytes(text + at);
	}
	return b;
}

static struct block block_of(const char *text, const char *over)
{
	struct block all = {.begin = str_starts(text, byte_order_mark) ? strlen(byte_order_mark) : 0,
		.end = strlen(text),
		.there = true};
	size_t begin, end;
	if (over == NULL)
		return all;
	if (find_line(text, &all, over, &begin, &end))
		return below(text, end, all.end);
	return (struct block){.begin = all.end, .end = all.end, .indent = Indent};
}

/* Where the comment of a line begins, with the blanks before it; its length when there is none. A # inside
 * quotes is none. */
static size_t comment_at(const char *line, size_t n)
{
	char quote = '\0';
	for (size_t i = 0; i < n; i++) {
		if (quote != '\0')
			quote = line[i] == quote ? '\0' : quote;
		else if (line[i] == '"' || line[i] == '\'')
			quote = line[i];
		else if (line[i] == '#' && i > 0 && (line[i - 1] == ' ' || line[i - 1] == '\t')) {
			while (i > 0 && (line[i - 1] == ' ' || line[i - 1] == '\t'))
				i--;
			return i;
		}
	}
	return n;
}

void config_line_add(struct sbuf *out, const char *name, const char *value)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_/.-";
	if (value[0] != '\0' && value[0] != '-' && value[0] != '.' && value[strspn(value, plain)] == '\0') {
		sbuf_addf(out, "%s: %s", name, value);
		return;
	}
	yaml_write(out, name, value);
	sbuf_truncate(out, out->n - 1);
}

/* As the first line of the file ends. */
static const char *line_end(const char *text)
{
	size_t n = strcspn(text, "\n");
	return n > 0 && text[n] == '\n' && text[n - 1] == '\r' ? "\r\n" : "\n";
}

static void end_line(struct sbuf *out, const char *ends)
{
	if (out->n > 0 && out->p[out->n - 1] != '\n')
		sbuf_add(out, ends);
}

void config_line_put(const char *text, const char *over, const char *name, const char *value, struct sbuf *out)
{
	struct block in = block_of(text, over);
	size_t begin = in.end, end = in.end;
	bool found = find_line(text, &in, name, &begin, &end);
	const char *line = text + begin, *ends = line_end(text);
	size_t n = end - begin;
	while (found && n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
		n--;
	size_t comment = comment_at(line, n);
	sbuf_addn(out, text, begin);
	if (!found)
		end_line(out, ends);
	if (!in.there)
		sbuf_addf(out, "%s:%s", over, ends);
	sbuf_repeat(out, ' ', in.indent);
	config_line_add(out, name, value);
	sbuf_addn(out, line + comment, n - comment);
	sbuf_add(out, ends);
	sbuf_add(out, text + end);
}

void config_line_take(const char *text, const char *over, const char *name, struct sbuf *out)
{
	struct block in = block_of(text, over);
	sbuf_addn(out, text, in.begin);
	for (size_t at = in.begin; at < in.end; at += line_bytes(text + at))
		if (!has_key(text + at, in.indent, name))
			sbuf_addn(out, text + at, line_bytes(text + at));
	sbuf_add(out, text + in.end);
}
