#pragma once

/* The folder of a target and all that is in it, when the program ends; borrowed. */
void fuzz_dir_remove_at_end(const char *dir);
