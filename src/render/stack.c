#include "render/stack.h"

void stack_put(struct buffer *buffer, size_t width, int64_t whole, const struct stack_part *parts, size_t count)
{
	double sum = 0;
	size_t filled = 0;

	for (size_t i = 0; i < count; i++) {
		sum += parts[i].value > 0 ? (double)parts[i].value : 0;
		double share = whole > 0 ? sum / (double)whole : 0;
		size_t to = (size_t)((share < 1 ? share : 1) * (double)width + 0.5);
		if (to == filled)
			continue;
		mark(buffer, parts[i].mark);
		for (; filled < to; filled++)
			buffer_text(buffer, parts[i].glyph);
	}
	mark(buffer, MARK_PLAIN);
	buffer_fill(buffer, ' ', width - filled);
}

struct stack_part stack_memory(enum memory_part part, int64_t value, bool unicode)
{
	static const struct {
		enum mark mark;
		const char *unicode, *ascii;
	} looks[MEMORY_PARTS] = {
		[PART_ANON] = { MARK_BAR, "█", "#" },    [PART_SHMEM] = { MARK_BAR3, "▓", "%" },
		[PART_KERNEL] = { MARK_BAR4, "▒", "=" }, [PART_CACHE] = { MARK_BAR2, "╱", "/" },
		[PART_UNKNOWN] = { MARK_BAD, "?", "?" }, [PART_FREE] = { MARK_DIM, "·", "." },
	};

	return (struct stack_part){ value, looks[part].mark, unicode ? looks[part].unicode : looks[part].ascii };
}

void spark_put(struct buffer *buffer, const int64_t *values, size_t count, size_t width, bool unicode)
{
	static const char *const steps[2][8] = { { ".", ".", ":", "-", "=", "+", "*", "#" },
		                                 { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" } };
	size_t shown = count < width ? count : width;
	int64_t most = 0;

	values += count - shown;
	for (size_t i = 0; i < shown; i++)
		most = values[i] > most ? values[i] : most;
	buffer_fill(buffer, ' ', width - shown);
	for (size_t i = 0; i < shown; i++) {
		double part = most && values[i] > 0 ? (double)values[i] / (double)most : 0;
		buffer_text(buffer, steps[unicode][(size_t)(part * 7 + 0.5)]);
	}
}
