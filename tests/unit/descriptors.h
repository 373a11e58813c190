/* How many descriptors this process has open, that of the count among them. */
#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

#include <dirent.h>

static inline size_t open_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	size_t count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

#endif
