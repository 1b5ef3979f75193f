#pragma once
#include <stddef.h>
#include <stdint.h>

/* Colours by number, as terminals show them, and how well two can be told apart. */

/* The names of the palettes whose first 16 colours are known, NULL after the last. */
const char *palette_name(size_t palette);
/* 0xRRGGBB of a colour number in a palette; 16-255 are the same in all (xterm). */
uint32_t palette_rgb(size_t palette, int colour);
/* The number from 16 to 255 that comes nearest. */
int palette_nearest(uint32_t rgb);
/* Contrast of two colours 0xRRGGBB by WCAG 2.2 (relative luminance), 1 to 21. */
double palette_contrast(uint32_t a, uint32_t b);
