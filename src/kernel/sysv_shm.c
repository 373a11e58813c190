#include "kernel/sysv_shm.h"

#include <errno.h>
#include <fcntl.h>

#include "base/file.h"

enum { KEY, ID, PERMS, SIZE, CREATOR, LAST, ATTACHED, UID, GID, RSS = 14, SWAP, COLUMNS };

int sysv_shm_parse(struct span bytes, struct sysv_shm *ret, size_t capacity)
{
	struct span line, word;
	size_t count = 0;

	if (!span_whole_line(&bytes, &line) || !span_word(&line, &word) || !span_is(word, "key"))
		return -EBADMSG;
	while (span_whole_line(&bytes, &line)) {
		int64_t number[COLUMNS];
		if (span_numbers(&line, number, COLUMNS) < COLUMNS)
			continue;
		if (count < capacity)
			ret[count] = (struct sysv_shm){ number[KEY],  number[ID],       number[SIZE], number[CREATOR],
				                        number[LAST], number[ATTACHED], number[UID],  number[GID],
				                        number[RSS],  number[SWAP] };
		count++;
	}
	return (int)count;
}

int sysv_shm_read(struct sysv_shm *ret, size_t capacity)
{
	enum { MOST = 16 * 1024 * 1024 };
	struct buffer buffer = { 0 };
	struct span bytes;

	int r = file_slurp(AT_FDCWD, "/proc/sysvipc/shm", MOST, &buffer, &bytes);
	if (r == 0)
		r = sysv_shm_parse(bytes, ret, capacity);
	buffer_done(&buffer);
	return r;
}
