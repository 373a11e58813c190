/* One line for people: why something cannot be had here. The error itself goes the usual way, as -errno. */
#ifndef BASE_WHY_H
#define BASE_WHY_H

struct why {
	char text[200];
};

/* Writes the line and gives back `error`. */
int why_not(struct why *why, int error, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
