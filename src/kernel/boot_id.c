#include "kernel/boot_id.h"

#include <errno.h>

#include "base/file.h"

int boot_id_parse(struct span bytes, struct boot_id *ret)
{
	static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	struct span line;

	if (!span_whole_line(&bytes, &line) || line.len != sizeof shape - 1)
		return -EBADMSG;
	for (size_t i = 0; i < line.len; i++) {
		char c = line.at[i];
		bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
		if (shape[i] == 'x' ? !hex : c != '-')
			return -EBADMSG;
	}
	memcpy(ret->text, line.at, line.len);
	ret->text[line.len] = '\0';
	return 0;
}

int boot_id_read(int root_dirfd, struct boot_id *ret)
{
	char buf[64];
	struct span bytes;

	int r = file_read(root_dirfd, "proc/sys/kernel/random/boot_id", buf, sizeof buf, &bytes);
	return r < 0 ? r : boot_id_parse(bytes, ret);
}
