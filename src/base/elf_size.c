#include "base/elf_size.h"

#include <elf.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { TABLE_MOST = 16 * 1024 * 1024 };

bool elf_sections_add(struct span table, bool is_64, int64_t *ret)
{
	size_t entry = is_64 ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
	int64_t sum = 0;

	for (; table.len >= entry; table = span_skip(table, entry)) {
		uint64_t flags, size;
		Elf64_Shdr wide;
		Elf32_Shdr narrow;
		if (is_64) {
			memcpy(&wide, table.at, sizeof wide);
			flags = wide.sh_flags;
			size = wide.sh_size;
		} else {
			memcpy(&narrow, table.at, sizeof narrow);
			flags = narrow.sh_flags;
			size = narrow.sh_size;
		}
		if ((flags & SHF_ALLOC) && (size > INT64_MAX || __builtin_add_overflow(sum, (int64_t)size, &sum)))
			return false;
	}
	*ret = sum;
	return true;
}

/* Where the section headers are, and how long their table is. */
static bool find_table(const unsigned char ident[EI_NIDENT], const Elf64_Ehdr *wide, const Elf32_Ehdr *narrow,
                       off_t *ret_offset, size_t *ret_bytes)
{
	const unsigned char order = __BYTE_ORDER == __LITTLE_ENDIAN ? ELFDATA2LSB : ELFDATA2MSB;
	bool is_64 = ident[EI_CLASS] == ELFCLASS64;
	size_t entry = is_64 ? wide->e_shentsize : narrow->e_shentsize;
	uint64_t offset = is_64 ? wide->e_shoff : narrow->e_shoff;
	size_t count = is_64 ? wide->e_shnum : narrow->e_shnum;

	if (memcmp(ident, ELFMAG, SELFMAG) != 0 || ident[EI_DATA] != order ||
	    (!is_64 && ident[EI_CLASS] != ELFCLASS32) || offset == 0 || offset > INT64_MAX || count == 0 ||
	    entry != (is_64 ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr)))
		return false;
	*ret_offset = (off_t)offset;
	*ret_bytes = count * entry;
	return true;
}

static int read_table(int fd, off_t offset, size_t bytes, bool is_64, int64_t *ret)
{
	char *table = bytes <= TABLE_MOST ? malloc(bytes) : NULL;
	int r = 0;

	if (!table)
		return bytes <= TABLE_MOST ? -ENOMEM : -ENOEXEC;
	ssize_t n = pread(fd, table, bytes, offset);
	if (n < 0)
		r = -errno;
	else if ((size_t)n != bytes || !elf_sections_add((struct span){ table, bytes }, is_64, ret))
		r = -ENOEXEC;
	free(table);
	return r;
}

int elf_size(const char *path, int64_t *ret)
{
	union {
		unsigned char ident[EI_NIDENT];
		Elf64_Ehdr wide;
		Elf32_Ehdr narrow;
	} head;
	off_t offset;
	size_t bytes;

	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return -errno;
	ssize_t n = pread(fd, &head, sizeof head, 0);
	int r = n < 0 ? -errno : -ENOEXEC;
	if (n == (ssize_t)sizeof head && find_table(head.ident, &head.wide, &head.narrow, &offset, &bytes))
		r = read_table(fd, offset, bytes, head.ident[EI_CLASS] == ELFCLASS64, ret);
	close(fd);
	return r;
}
