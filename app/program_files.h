#pragma once

/* A file that comes with kring: beside the program in its build folder (`built`, relative to the top of the
 * build), or where it was installed. Yours to free. */
char *program_file(const char *built, const char *installed);
