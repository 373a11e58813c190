#include "make.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

void make_fail(const char *what)
{
	perror(what);
	_exit(1);
}

size_t make_number(const char *text, size_t most)
{
	char *end;
	errno = 0;
	unsigned long long value = strtoull(text, &end, 10);

	if (errno || *text < '0' || *text > '9' || *end || value > most) {
		fprintf(stderr, "'%s' is not a number of 0..%zu\n", text, most);
		_exit(2);
	}
	return value;
}

void make_die_with(pid_t parent)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL))
		make_fail("PR_SET_PDEATHSIG");
	if (getppid() != parent)
		_exit(1);
}

void make_name(const char *bytes)
{
	if (prctl(PR_SET_NAME, bytes))
		make_fail("PR_SET_NAME");
}

unsigned char *make_memory(size_t bytes, int flags)
{
	unsigned char *start = mmap(NULL, bytes, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0);

	if (start == MAP_FAILED)
		make_fail("mmap");
	/* EINVAL: a kernel without huge pages, which is just as good. */
	if (madvise(start, bytes, MADV_NOHUGEPAGE) && errno != EINVAL)
		make_fail("MADV_NOHUGEPAGE");
	return start;
}

void make_touch(unsigned char *start, size_t bytes)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	for (size_t at = 0; at < bytes; at += page)
		*(volatile unsigned char *)(start + at) = 1;
}

void make_split(unsigned char *start, size_t bytes, size_t count)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t piece = count ? bytes / count / page * page : 0;

	if (count && !piece) {
		fprintf(stderr, "%zu bytes do not hold %zu mappings\n", bytes, count);
		_exit(2);
	}
	for (size_t i = 1; i < count; i += 2) {
		size_t length = i + 1 == count ? bytes - i * piece : piece;
		if (mprotect(start + i * piece, length, PROT_READ))
			make_fail("mprotect");
	}
}

void make_idle(void)
{
	for (;;)
		pause();
}
