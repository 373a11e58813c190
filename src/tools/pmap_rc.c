/* The rc files of vires pmap: which columns -c and -C show. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "tools/pmap.h"

enum section { NONE, UNSUPPORTED, FIELDS, MAPPING };

/* ~/.pmaprc; false after a line on stderr. */
static bool home_rc(const struct pmap *pmap, struct buffer *ret)
{
	const char *home = getenv("HOME");

	if (!home) {
		complain(pmap->tool, 1, "HOME variable undefined");
		return false;
	}
	buffer_format(ret, "%s/.pmaprc", home);
	return true;
}

static int write_rc(const char *path)
{
	static const char *const columns[] = {
		"Perm",      "Offset",        "Device",       "Inode",          "Size",          "Rss",
		"Pss",       "Shared_Clean",  "Shared_Dirty", "Private_Clean",  "Private_Dirty", "Referenced",
		"Anonymous", "AnonHugePages", "Swap",         "KernelPageSize", "MMUPageSize",   "Locked",
		"VmFlags",   "Mapping",
	};
	FILE *file = fopen(path, "wx");

	if (!file)
		return -errno;
	fputs("# pmap's Config File\n\n# All the entries are case sensitive.\n# Unsupported entries are ignored!\n\n"
	      "[Fields Display]\n\n# To enable a field uncomment its entry\n\n",
	      file);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		fprintf(file, "#%s\n", columns[i]);
	fputs("\n\n[Mapping]\n\n# to show paths in the mapping column uncomment the following line\n#ShowPath\n\n",
	      file);
	bool failed = ferror(file);
	return fclose(file) != 0 || failed ? -EIO : 0;
}

int pmap_rc_create(const struct pmap *pmap, const char *path)
{
	struct buffer home = { 0 };

	if (!path && !home_rc(pmap, &home))
		return 1;
	int r = write_rc(path ? path : buffer_cstr(&home));
	buffer_done(&home);
	if (r == -EEXIST)
		complain(pmap->tool, 1, "the file already exists - delete or rename it first");
	if (r < 0)
		return complain(pmap->tool, 1, path ? "couldn't create the rc file" : "couldn't create ~/.pmaprc");
	return complain(pmap->tool, 0, "%s successfully created, feel free to edit the content",
	                path ? "rc file" : "~/.pmaprc file");
}

static bool ends(struct span rest)
{
	rest = span_trim(rest);
	return rest.len == 0 || rest.at[0] == '#';
}

/* "[Name]": the section that begins there. */
static enum section section_of(const struct pmap *pmap, struct span line, int number, enum section before)
{
	enum section section = UNSUPPORTED;
	struct span name;

	if (!span_until(&line, ']', &name)) {
		complain(pmap->tool, 0, "syntax error found in the config - line %d", number);
		return before;
	}
	if (span_is(name, "[Fields Display"))
		section = FIELDS;
	else if (span_is(name, "[Mapping"))
		section = MAPPING;
	else
		complain(pmap->tool, 0, "unsupported section found in the config - line %d", number);
	if (!ends(line))
		complain(pmap->tool, 0, "syntax error found in the config - line %d", number);
	return section;
}

static void read_entry(struct pmap *pmap, enum section section, struct span line, int number)
{
	struct span word;

	if (section == UNSUPPORTED || !span_word(&line, &word))
		return;
	if (section == NONE || !ends(line))
		complain(pmap->tool, 0, "syntax error found in the config - line %d", number);
	if (section == FIELDS)
		pmap_columns_add(&pmap->columns, word);
	else if (section == MAPPING && span_is(word, "ShowPath"))
		pmap->show_path = !pmap->show_path;
}

int pmap_rc_read(struct pmap *pmap, const char *path)
{
	enum { LIMIT = 1024 * 1024 };
	struct buffer home = { 0 }, bytes = { 0 };
	enum section section = NONE;
	struct span rest, line;
	int number = 0;

	if (!path && !home_rc(pmap, &home))
		return 1;
	int r = file_slurp(AT_FDCWD, path ? path : buffer_cstr(&home), LIMIT, &bytes, &rest);
	buffer_done(&home);
	if (r < 0)
		return complain(pmap->tool, 1, path ? "couldn't read the rc file" : "couldn't read ~/.pmaprc");
	while (span_line(&rest, &line)) {
		number++;
		line = span_trim(line);
		if (line.len && line.at[0] == '[')
			section = section_of(pmap, line, number, section);
		else if (!ends(line))
			read_entry(pmap, section, line, number);
	}
	buffer_done(&bytes);
	return GO_ON;
}
