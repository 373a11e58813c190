/* What goes through the pipes between an experiment and its runner. */
#ifndef LAB_WIRE_H
#define LAB_WIRE_H

#include <stdint.h>

enum { WIRE_TEXT = 96 };

struct wire {
	enum { WIRE_MARK, WIRE_REPORT, WIRE_SKIP, WIRE_END } kind;
	int32_t pid;   /* WIRE_MARK: whom to measure */
	int64_t value; /* WIRE_REPORT */
	char text[WIRE_TEXT];
};

#endif
