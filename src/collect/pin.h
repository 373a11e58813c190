/* Leaving the eBPF task iterator for readers without privilege. */
#ifndef COLLECT_PIN_H
#define COLLECT_PIN_H

#include <errno.h>
#include <stdbool.h>

#include "base/why.h"
#include "built_with.h"

#if WITH_BPF
/* Pins it, readable for the group with that number; replaces what was there. -errno with a reason. */
int pin_make(unsigned group, struct why *why);

/* Takes it away again. -errno with a reason. */
int pin_remove(struct why *why);

/* Where it is pinned. */
const char *pin_folder(void);

/* Whether one of this version is pinned, whoever may read it. */
bool pin_is_there(void);
#else
static inline int pin_make(unsigned group, struct why *why)
{
	(void)group;
	return why_not(why, -ENOSYS, "built without eBPF");
}

static inline int pin_remove(struct why *why)
{
	return why_not(why, -ENOSYS, "built without eBPF");
}

static inline const char *pin_folder(void)
{
	return "";
}

static inline bool pin_is_there(void)
{
	return false;
}
#endif

#endif
