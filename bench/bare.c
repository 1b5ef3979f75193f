/* The least that a program with a list can do: open a database, read 50 rows in the order of an index, show
 * them, move a mark, leave. kring's first screen is measured beside it. */
#include <curses.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MaxRows = 50 };

struct row {
	sqlite3_int64 id;
	char title[200];
	char date[20];
};

static int read_rows(const char *path, struct row row[MaxRows])
{
	static const char query[] = "SELECT id, title, bumped_ms / 1000 FROM topic WHERE is_message = 0"
		" ORDER BY bumped_ms DESC, id DESC LIMIT 50";
	sqlite3 *db;
	sqlite3_stmt *q = NULL;
	int n = 0;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
		sqlite3_prepare_v2(db, query, -1, &q, NULL) == SQLITE_OK)
		for (; n < MaxRows && sqlite3_step(q) == SQLITE_ROW; n++) {
			time_t when = sqlite3_column_int64(q, 2);
			row[n].id = sqlite3_column_int64(q, 0);
			snprintf(row[n].title, sizeof row[n].title, "%s", (const char *)sqlite3_column_text(q, 1));
			strftime(row[n].date, sizeof row[n].date, "%Y-%m-%d", localtime(&when));
		}
	sqlite3_finalize(q);
	sqlite3_close(db);
	return n;
}

static void draw_mark(int from, int to)
{
	mvaddstr(from, 0, "  ");
	mvaddstr(to, 0, "> ");
	move(to, 0);
}

static int shown(int n)
{
	return n < LINES ? n : LINES;
}

static void show(const struct row *row, int n)
{
	for (int i = 0; i < shown(n); i++) {
		mvaddnstr(i, 2, row[i].title, COLS - 14);
		mvaddstr(i, COLS - 11, row[i].date);
	}
	draw_mark(0, 0);
}

static int step(int key, int at, int n)
{
	int next = key == KEY_DOWN ? at + 1 : key == KEY_UP ? at - 1 : at;
	if (next < 0 || next >= shown(n))
		return at;
	draw_mark(at, next);
	return next;
}

int main(int argc, char **argv)
{
	static struct row row[MaxRows];
	int n = argc == 2 ? read_rows(argv[1], row) : 0;
	if (n == 0) {
		fprintf(stderr, "bare DATABASE: no topics\n");
		return 1;
	}
	setlocale(LC_ALL, "");
	initscr();
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	show(row, n);
	for (int key, at = 0; (key = getch()) != 'q' && key != ERR;)
		at = step(key, at, n);
	endwin();
	return 0;
}
