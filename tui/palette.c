#include "palette.h"

#include <math.h>
#include <stddef.h>

#include "mem.h"
#include "panic.h"

static const struct {
	const char *name;
	uint32_t rgb[16];
} palettes[] = {
	{"VGA", {0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA,
		0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF}},
	{"xterm", {0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
		0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF}},
	{"PuTTY", {0x000000, 0xBB0000, 0x00BB00, 0xBBBB00, 0x0000BB, 0xBB00BB, 0x00BBBB, 0xBBBBBB,
		0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF}},
	{"macOS Terminal", {0x000000, 0x990000, 0x00A600, 0x999900, 0x0000B2, 0xB200B2, 0x00A6B2, 0xBFBFBF,
		0x666666, 0xE50000, 0x00D900, 0xE5E500, 0x0000FF, 0xE500E5, 0x00E5E5, 0xE5E5E5}},
};

const char *palette_name(size_t palette)
{
	return palette < COUNT(palettes) ? palettes[palette].name : NULL;
}

/* xterm's 256 colours: a cube of 6 x 6 x 6, then 24 greys. */
uint32_t palette_rgb(size_t palette, int colour)
{
	static const uint32_t level[] = {0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF};
	ensure(palette < COUNT(palettes) && colour >= 0 && colour < 256);
	if (colour < 16)
		return palettes[palette].rgb[colour];
	if (colour >= 232)
		return (uint32_t)(8 + 10 * (colour - 232)) * 0x010101;
	int i = colour - 16;
	return level[i / 36] << 16 | level[i / 6 % 6] << 8 | level[i % 6];
}

static double luminance(uint32_t rgb)
{
	static const double weight[] = {0.2126, 0.7152, 0.0722};
	double sum = 0;
	for (int i = 0; i < 3; i++) {
		double v = (rgb >> (16 - 8 * i) & 0xFF) / 255.0;
		sum += weight[i] * (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
	}
	return sum;
}

double palette_contrast(uint32_t a, uint32_t b)
{
	double la = luminance(a), lb = luminance(b);
	return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

static int distance(uint32_t a, uint32_t b)
{
	int sum = 0;
	for (int shift = 0; shift < 24; shift += 8) {
		int d = (int)(a >> shift & 0xFF) - (int)(b >> shift & 0xFF);
		sum += d * d;
	}
	return sum;
}

int palette_nearest(uint32_t rgb)
{
	int best = 16;
	for (int i = 17; i < 256; i++)
		if (distance(palette_rgb(0, i), rgb) < distance(palette_rgb(0, best), rgb))
			best = i;
	return best;
}
