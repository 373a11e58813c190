#include "kernel/kmsg.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { RECORD_MOST = 8192, FACILITIES = 8 };

bool kmsg_parse(struct span record, struct kmsg_record *ret)
{
	enum { PRIORITY, SEQUENCE, MICROSECONDS, NUMBERS };
	struct kmsg_record parsed = { 0 };
	struct span head, word;
	int64_t number[NUMBERS];

	if (!span_until(&record, ';', &head))
		return false;
	for (int i = 0; i < NUMBERS; i++)
		if (!span_until(&head, ',', &word) || !span_i64(&word, &number[i]) || word.len || number[i] < 0)
			return false;
	parsed.priority = number[PRIORITY];
	if (__builtin_mul_overflow(number[MICROSECONDS], 1000, &parsed.since_boot_ns) ||
	    !span_whole_line(&record, &parsed.text))
		return false;
	*ret = parsed;
	return true;
}

int kmsg_read(kmsg_visit *visit, void *context)
{
	char bytes[RECORD_MOST];
	int r = 0;

	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return -errno;
	while (r == 0) {
		struct kmsg_record record;
		ssize_t n = read(fd, bytes, sizeof bytes);
		if (n < 0 && (errno == EPIPE || errno == EINTR || errno == EINVAL)) /* run over; too long a record */
			continue;
		if (n <= 0) {
			r = n == 0 || errno == EAGAIN ? 0 : -errno;
			break;
		}
		if (kmsg_parse((struct span){ bytes, (size_t)n }, &record) && record.priority < FACILITIES)
			r = visit(context, &record);
	}
	close(fd);
	return r;
}
