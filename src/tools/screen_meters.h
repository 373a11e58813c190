/* The meters above the table of the vires screen: what there are, what they read, how they are drawn. */
#ifndef TOOLS_SCREEN_METERS_H
#define TOOLS_SCREEN_METERS_H

#include "render/stack.h"
#include "tools/screen.h"

enum { METER_PARTS = 10 };

/* What meters are read from. `frame` is NULL where only what has a past is asked for. */
struct meter_scene {
	const struct screen_call *call;
	const struct screen_frame *frame;
	const struct view *view;
};

struct meter_part {
	int64_t value;
	enum mark mark;
};

struct meter_reading {
	struct meter_part parts[METER_PARTS];
	size_t count;
	int64_t whole;
	struct buffer text;  /* owned: at the end of a bar */
	struct buffer words; /* owned: all of it in words, marked */
};

struct meter_kind {
	const char *name, *caption, *meaning; /* the name is htop's */
	uint8_t styles;                       /* 1 << METER_BAR and the like: what it can be drawn as */
	uint8_t usual;                        /* enum meter_style */
	uint8_t abreast, half; /* rows of CPUs: how many beside each other; half: 0 all, 1 the first, 2 the others */
	/* Asks for what no other part of the screen does. May be NULL. */
	void (*request)(const struct screen_call *call, struct request *ret);
	/* False when this machine does not tell. `cpu` counts from 1; 0: all together. */
	bool (*read)(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
};

extern const struct meter_kind meter_kinds[METER_KINDS];

/* screen_layouts.c: which columns there are above the table, by htop's names, and how wide in percent. */
struct meter_layout {
	const char *name;
	uint8_t count, percents[METER_SIDES];
};

enum { METER_LAYOUT_HALVES = 1 };

extern const struct meter_layout meter_layouts[METER_LAYOUTS];
const struct meter_layout *meter_layout_of(const struct screen_settings *settings);
bool meter_layout_find(struct span name, size_t *ret);

/* What stood in columns that there are no more goes below the last one. */
void meter_layout_set(struct screen_settings *settings, size_t layout);

/* How many columns of the terminal each has, but for a blank between them; one without meters leaves its room to the
 * others, and has 0. */
void meter_layout_widths(const struct meter_layout *layout, const struct screen_meters *meters, size_t width,
                         size_t ret[METER_SIDES]);

/* screen_meter_values.c */
bool meter_read_cpu(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_memory(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_swap(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_tasks(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_loads(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_load(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_uptime(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_seconds(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_host(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_clock(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_huge(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_cpu_some(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_io_some(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_io_full(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_memory_some(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_memory_full(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);

/* screen_meter_more.c */
bool meter_read_irq_full(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_memory_swap(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_zram(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_zswap(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_disk_rate(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_network(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_disk_time(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_files(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_system(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_date(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
bool meter_read_date_time(const struct meter_scene *scene, unsigned cpu, struct meter_reading *ret);
void meter_request_cpu(const struct screen_call *call, struct request *ret);
void meter_request_huge(const struct screen_call *call, struct request *ret);
void meter_request_irq(const struct screen_call *call, struct request *ret);
void meter_request_disks(const struct screen_call *call, struct request *ret);
void meter_request_network(const struct screen_call *call, struct request *ret);
void meter_request_files(const struct screen_call *call, struct request *ret);
void meter_request_system(const struct screen_call *call, struct request *ret);

/* What readers of meters share (screen_meter_values.c): a part of the bar; " name:value" among the words, marked;
 * "392M/23.5G" at the end of the bar; three means of pressure. */
void meter_part(struct meter_reading *reading, int64_t value, enum mark how);
void meter_size_word(struct meter_reading *reading, const char *name, int64_t bytes, enum mark how);
void meter_used_text(struct meter_reading *reading, int64_t used, int64_t total);
bool meter_pressure(const struct meter_scene *scene, const uint8_t ids[3], struct meter_reading *ret);

/* screen_meter_words.c: meters by name, as files have them: "Memory", "CPU(2)", with ":bar" or the like behind it.
 * False for what is not known. */
bool meter_parse(struct span word, struct screen_meter *ret);
void meter_put(struct buffer *buffer, const struct screen_meter *meter);
const char *meter_style_name(unsigned style);

/* The next style that it can be drawn as. */
void meter_turn(struct screen_meter *meter);

/* Those that are shown; htop's own for so many CPUs where nothing else was set. */
void meters_of(const struct screen_settings *settings, size_t cpus, struct screen_meters ret[METER_SIDES]);

/* Asks for what those that are shown need. */
void meters_request(const struct screen_call *call, struct request *ret);

/* screen_meters.c: adds the lines of both columns, marked, each with a newline; at most `lines`. */
void meters_put(struct buffer *buffer, const struct screen_call *call, const struct screen_frame *frame,
                const struct screen_past *past, size_t width, size_t lines);

/* One more moment for the graphs. */
void meters_past_add(struct screen_past *past, const struct screen_call *call, const struct view *view);

#endif
