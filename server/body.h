#pragma once
#include "request.h"

/* Parameters from a request's text into r->data. Text that cannot be read marks the request malformed. */

/* application/x-www-form-urlencoded, and the query. */
void body_read_form(struct request *r, const char *text, size_t n);
/* By the Content-Type: a form, JSON, or multipart/form-data (fields only; files are left out). */
void body_read(struct request *r, const char *text, size_t n);
