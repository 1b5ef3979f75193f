#pragma once

/* The YAML files of the sample communities, inside the program. Ends with path NULL. */
struct sample_file {
	const char *path; /* "nl/members.yaml" */
	const char *text;
};
extern const struct sample_file sample_files[];
