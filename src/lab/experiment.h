/*
 * An experiment: one claim of the textbook, as a program that runs on the reader's kernel, with what it predicts and
 * what has to be measured for the claim to hold. Each has a file of its own that makes it with EXPERIMENT, and nothing
 * else has to know of it.
 */
#ifndef LAB_EXPERIMENT_H
#define LAB_EXPERIMENT_H

#include "fields/machine.h"
#include "fields/task.h"
#include "lab/stage.h"
#include "lab/words.h"

struct trial;

enum lab_theme { LAB_MEMORY, LAB_SYSTEM, LAB_PROCESS, LAB_SCHEDULER, LAB_IPC, LAB_LEAKS, LAB_NOTES, LAB_THEMES };

enum lab_needs {
	NEEDS_NOTHING,
	NEEDS_ROOT,   /* privileges, but nothing of the machine is changed for good */
	NEEDS_SYSTEM, /* changes settings of the whole machine for a moment: only with --system */
};

/* How one number is taken out of a trial. */
enum measure {
	CHANGE,         /* of a field of the process between two marks */
	LEVEL,          /* of a field of the process at the mark `to` */
	REPORTED,       /* the number that the experiment itself reported under `name` */
	COMPUTED,       /* by a function over the trial */
	MACHINE_CHANGE, /* as CHANGE and LEVEL, of a field of the machine: noisy, nearly always */
	MACHINE_LEVEL,
};

/* A number that the theory predicts, and the bounds that the measurement has to keep for the claim to hold. */
struct claim {
	const char *says;       /* what is claimed, in a few words: "VIRT grows by what was asked for" */
	const char *prediction; /* with its formula: "256 x 1 MiB" */
	enum measure measure;
	unsigned field;        /* CHANGE, LEVEL: enum task_id; MACHINE_*: enum machine_id */
	const char *from, *to; /* marks */
	const char *name;      /* REPORTED */
	bool (*compute)(const struct trial *trial, int64_t *ret); /* COMPUTED */
	enum unit unit;                                           /* REPORTED, COMPUTED */
	int64_t least, most;
	const char *around; /* least and most count from what was reported under this name */
	bool noisy;         /* depends on the rest of the machine: out of bounds is then not wrong, but inconclusive */
	bool observed;      /* no honest bounds: the number is shown, and nothing follows from it */
	bool if_seen;       /* not everyone may see this number: where it was not reported, the claim is left out */
};

/* The parts of a claim's row behind its two texts: where the number comes from, and its bounds. */
#define CHANGE_OF(name_of_field, from_mark, to_mark) \
	.measure = CHANGE, .field = TASK_##name_of_field, .from = from_mark, .to = to_mark
#define LEVEL_OF(name_of_field, mark) .measure = LEVEL, .field = TASK_##name_of_field, .to = mark
#define MACHINE_CHANGE_OF(name_of_field, from_mark, to_mark) \
	.measure = MACHINE_CHANGE, .field = MACHINE_##name_of_field, .from = from_mark, .to = to_mark
#define REPORT_OF(name_of_report, its_unit) .measure = REPORTED, .name = name_of_report, .unit = its_unit
#define COMPUTED_BY(function, its_unit)     .measure = COMPUTED, .compute = function, .unit = its_unit
#define BETWEEN(low, high)                  .least = low, .most = high
#define EXACTLY(value)                      .least = value, .most = value
#define AT_LEAST(value)                     .least = value, .most = INT64_MAX
#define WITHIN(percent_of, value) \
	.least = (value) - (value) / 100 * (percent_of), .most = (value) + (value) / 100 * (percent_of)

struct experiment {
	const char *id;   /* "M01" */
	const char *name; /* "reserve": for the command line */
	enum lab_theme theme;
	enum lab_needs needs;
	int milliseconds; /* how long it takes, about */
	const char *question;
	const char *theory; /* a paragraph: what the textbook says, and what really happens */
	const char *watch;  /* what to look at while it runs */
	/* The experiment itself, in a process of its own. */
	void (*act)(struct stage *stage);
	const struct claim *claims;
	size_t claim_count;
	/* Why it cannot be run here, or NULL: a kernel without the feature. Called before anything is started. */
	const char *(*missing)(void);
	/* Runs without --system too, and with it also calls stage_set: for claims with if_seen. */
	bool more_with_system;
	const struct picture *picture;
	const uint8_t *fields; /* more enum task_ids to measure at each mark, for COMPUTED; closed by TASK_pid */
	bool scratch;          /* its working directory is an empty one of its own, on a disk where there is one */
	bool groups;           /* needs control groups of its own (see lab/group.h): NEEDS_ROOT */
	const char *beside;    /* the id of another one that it runs side by side with, when both are chosen */
	const char *file;      /* the source of `act` is cut out of it for `lab show` */
};

#define CLAIMS(rows) .claims = rows, .claim_count = sizeof(rows) / sizeof(rows)[0]

#define EXPERIMENT(id) \
	static const struct experiment id; \
	static const struct experiment *const id##_row __attribute__((used, section("vires_lab"))) = &id; \
	static const struct experiment id

/* Every experiment there is, in no order. */
extern const struct experiment *const __start_vires_lab[], *const __stop_vires_lab[];

#endif
