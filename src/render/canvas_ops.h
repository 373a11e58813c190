/* The two ways in which a canvas is drawn on; for canvas.c only. */
#ifndef RENDER_CANVAS_OPS_H
#define RENDER_CANVAS_OPS_H

#include "render/canvas.h"

/* One character of a sheet of text. */
struct glyph {
	uint32_t c;   /* 0: the right half of a wide one */
	uint8_t dots; /* of braille, where c is ' ' */
	uint8_t ink;
};

void canvas_text_text(struct canvas *canvas, int64_t x, int64_t y, enum ink ink, struct span text);
void canvas_text_area(struct canvas *canvas, int64_t x, int64_t y, int64_t width, int64_t height, enum ink ink);
void canvas_text_tile(struct canvas *canvas, int64_t x, int64_t y, int64_t width, int64_t height, enum ink ink,
                      uint32_t c);
void canvas_text_line(struct canvas *canvas, int64_t x1, int64_t y1, int64_t x2, int64_t y2, enum ink ink, bool dashed);

void canvas_svg_begin(struct canvas *canvas, int x, int y);
void canvas_svg_end(struct canvas *canvas);
void canvas_svg_text(struct canvas *canvas, int64_t x, int64_t y, enum canvas_align align, enum ink ink,
                     struct span text);
void canvas_svg_area(struct canvas *canvas, int64_t x, int64_t y, int64_t width, int64_t height, enum ink ink,
                     bool bordered);
void canvas_svg_line(struct canvas *canvas, int64_t x1, int64_t y1, int64_t x2, int64_t y2, enum ink ink, bool dashed);

#endif
