#include "kernel/setting.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"

static const struct {
	const char *name, *path;
} settings[] = {
	{ "vm.overcommit_memory", "/proc/sys/vm/overcommit_memory" },
	{ "vm.overcommit_ratio", "/proc/sys/vm/overcommit_ratio" },
	{ "vm.overcommit_kbytes", "/proc/sys/vm/overcommit_kbytes" },
	{ "vm.nr_hugepages", "/proc/sys/vm/nr_hugepages" },
	{ "vm.nr_overcommit_hugepages", "/proc/sys/vm/nr_overcommit_hugepages" },
	{ "vm.swappiness", "/proc/sys/vm/swappiness" },
	{ "ksm.pages_to_scan", "/sys/kernel/mm/ksm/pages_to_scan" },
	{ "ksm.sleep_millisecs", "/sys/kernel/mm/ksm/sleep_millisecs" },
	{ "ksm.run", "/sys/kernel/mm/ksm/run" },
	{ "thp.enabled", "/sys/kernel/mm/transparent_hugepage/enabled" },
};

enum { SETTINGS = sizeof settings / sizeof settings[0] };

const char *setting_name(size_t n)
{
	return n < SETTINGS ? settings[n].name : NULL;
}

static const char *path_of(const char *name)
{
	for (size_t i = 0; i < SETTINGS; i++)
		if (!strcmp(settings[i].name, name))
			return settings[i].path;
	return NULL;
}

int setting_read(const char *name, char ret[SETTING_BYTES])
{
	const char *path = path_of(name);
	char bytes[256];
	struct span text, word, chosen = { 0 };

	if (!path)
		return -EINVAL;
	int r = file_read(AT_FDCWD, path, bytes, sizeof bytes, &text);
	if (r < 0)
		return r == -ENOENT ? -EOPNOTSUPP : r;
	while (span_word(&text, &word))
		if (chosen.len == 0 || word.at[0] == '[')
			chosen = word;
	if (chosen.len > 2 && chosen.at[0] == '[')
		chosen = (struct span){ chosen.at + 1, chosen.len - 2 };
	if (chosen.len == 0 || chosen.len >= SETTING_BYTES)
		return -EBADMSG;
	memcpy(ret, chosen.at, chosen.len);
	ret[chosen.len] = '\0';
	return 0;
}

static int write_text(const char *path, const char *text)
{
	int r = file_set(AT_FDCWD, path, text);

	return r == -ENOENT ? -EOPNOTSUPP : r;
}

int setting_write(const char *name, const char *value)
{
	const char *path = path_of(name);

	if (!path)
		return -EINVAL;
	int r = !strcmp(name, "ksm.run") && !strcmp(value, "0") ? write_text(path, "2") : 0;
	return r < 0 ? r : write_text(path, value);
}

const char *setting_in_force(const char *name)
{
	char value[SETTING_BYTES];

	if (!strcmp(name, "vm.overcommit_ratio") && setting_read("vm.overcommit_kbytes", value) == 0 &&
	    strcmp(value, "0") != 0)
		return "vm.overcommit_kbytes";
	if (!strcmp(name, "vm.overcommit_kbytes") && setting_read(name, value) == 0 && !strcmp(value, "0"))
		return "vm.overcommit_ratio";
	return name;
}
