#pragma once
#include <libintl.h>

/* Sentences for people are English in the source and looked up in the catalogue of the reader's language.
 * N_ marks a constant that is looked up later. */
#define _(sentence) gettext(sentence)
#define N_(sentence) sentence
