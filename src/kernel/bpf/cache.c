#include "kernel/bpf/cache.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "kernel/bpf/relocate.h"

#define FOLDER "/var/cache/vires"

struct cache {
	int fd; /* of the folder; -1 without one that can be trusted */
	char folder[256];
	char kernel[64]; /* build ID of the running kernel, in base 16 */
	char id[PROGRAM_ID_BYTES];
	char file[192];
};

/* /sys/kernel/notes: ELF notes; the one of type 3 by "GNU" is the build ID. */
static bool read_build_id(char ret[64])
{
	char bytes[4096] __attribute__((aligned(4)));
	struct span notes;

	if (file_read(AT_FDCWD, "/sys/kernel/notes", bytes, sizeof bytes, &notes) < 0)
		return false;
	while (notes.len >= sizeof(Elf64_Nhdr)) {
		Elf64_Nhdr note;
		memcpy(&note, notes.at, sizeof note);
		size_t name = (note.n_namesz + 3UL) & ~3UL, text = (note.n_descsz + 3UL) & ~3UL;
		if (notes.len < sizeof note + name + text)
			return false;
		const unsigned char *at = (const unsigned char *)notes.at + sizeof note;
		if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && !memcmp(at, "GNU", 4) &&
		    note.n_descsz >= 8 && note.n_descsz < 32) {
			for (unsigned i = 0; i < note.n_descsz; i++)
				snprintf(ret + 2 * i, 3, "%02x", at[name + i]);
			return true;
		}
		notes = span_skip(notes, sizeof note + name + text);
	}
	return false;
}

/* Root's alone, to write. */
static int check_owner(int fd, mode_t type, const char *what, struct why *note)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return why_not(note, -errno, "%s: %s", what, strerror(errno));
	if ((status.st_mode & S_IFMT) != type)
		return why_not(note, -EINVAL, "%s is of the wrong kind; not used", what);
	if (status.st_uid != 0)
		return why_not(note, -EPERM, "%s belongs to user %u, not to root; not used", what, status.st_uid);
	if (status.st_mode & (S_IWGRP | S_IWOTH))
		return why_not(note, -EPERM, "%s is writable for others (mode %04o); not used", what,
		               status.st_mode & 07777U);
	return 0;
}

static void open_cache(struct cache *cache, const char *name, struct why *note)
{
	const char *other = secure_getenv("VIRES_CACHE");

	cache->fd = -1;
	snprintf(cache->folder, sizeof cache->folder, "%s", other ? other : FOLDER);
	if (!read_build_id(cache->kernel))
		return;
	const char *id = program_object_id(name);
	snprintf(cache->id, sizeof cache->id, "%s", id ? id : "");
	snprintf(cache->file, sizeof cache->file, "%s-%s-%s", cache->kernel, cache->id, name);
	cache->fd = open(cache->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (cache->fd < 0 && errno == ENOENT && mkdir(cache->folder, 0700) == 0)
		cache->fd = open(cache->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (cache->fd < 0) {
		why_not(note, 0, "no cache: %s: %s", cache->folder, strerror(errno));
	} else if (check_owner(cache->fd, S_IFDIR, cache->folder, note) < 0) {
		close(cache->fd);
		cache->fd = -1;
	}
}

static bool is_whole(const struct program_image *image, size_t bytes, const struct cache *cache)
{
	if (bytes < sizeof *image || image->magic != PROGRAM_MAGIC || image->bytes != bytes)
		return false;
	if (image->count == 0 || bytes != sizeof *image + image->count * sizeof *image->instructions)
		return false;
	return !strncmp(image->kernel, cache->kernel, sizeof image->kernel) &&
	       !strncmp(image->id, cache->id, sizeof image->id) && program_checksum(image) == image->checksum;
}

static int read_image(const struct cache *cache, int fd, struct program_image **ret, struct why *note)
{
	struct stat status;
	struct span bytes;

	if (check_owner(fd, S_IFREG, cache->file, note) < 0 || fstat(fd, &status) < 0)
		return -EPERM;
	size_t most = sizeof(struct program_image) + INSTRUCTIONS_MOST * sizeof(struct bpf_insn);
	size_t size = (size_t)status.st_size;
	if (size > most)
		return why_not(note, -EFBIG, "%s is too large; built again", cache->file);
	struct program_image *image = malloc(size + 1);
	if (!image)
		return -ENOMEM;
	int r = file_reread(fd, (char *)image, size + 1, &bytes);
	if (r == 0 && !is_whole(image, bytes.len, cache))
		r = why_not(note, -EBADMSG, "%s is damaged; built again", cache->file);
	if (r < 0)
		free(image);
	else
		*ret = image;
	return r;
}

static int read_cached(const struct cache *cache, struct program_image **ret, struct why *note)
{
	if (cache->fd < 0)
		return -ENOENT;
	int fd = openat(cache->fd, cache->file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return errno == ENOENT ? -ENOENT : why_not(note, -errno, "%s: %s", cache->file, strerror(errno));
	int r = read_image(cache, fd, ret, note);
	close(fd);
	return r;
}

/* Under another name first: nobody finds half a file. */
static int write_file(const struct cache *cache, const struct program_image *image)
{
	char name[sizeof cache->file + 8];

	snprintf(name, sizeof name, "%s.new", cache->file);
	unlinkat(cache->fd, name, 0); /* of one who was killed here */
	int fd = openat(cache->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return -errno;
	int r = file_write(fd, (struct span){ (const char *)image, image->bytes });
	close(fd);
	if (r == 0 && renameat(cache->fd, name, cache->fd, cache->file) < 0)
		r = -errno;
	if (r < 0)
		unlinkat(cache->fd, name, 0);
	return r;
}

/* The oldest file of that program, but the one just written; and how many there are. */
static size_t find_oldest(const struct cache *cache, const char *name, char ret[sizeof cache->file])
{
	size_t count = 0, suffix = strlen(name) + 1;
	struct timespec oldest = { 0 };
	struct stat status;
	DIR *directory;

	if (file_folder(cache->fd, ".", &directory) < 0)
		return 0;
	for (struct dirent *entry; (entry = readdir(directory));) {
		size_t len = strlen(entry->d_name);
		if (len <= suffix || len >= sizeof cache->file || entry->d_name[len - suffix] != '-' ||
		    strcmp(entry->d_name + len - suffix + 1, name) != 0 ||
		    fstatat(cache->fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		bool older = status.st_mtim.tv_sec < oldest.tv_sec ||
		             (status.st_mtim.tv_sec == oldest.tv_sec && status.st_mtim.tv_nsec < oldest.tv_nsec);
		if (strcmp(entry->d_name, cache->file) != 0 && (older || !oldest.tv_sec)) {
			oldest = status.st_mtim;
			memcpy(ret, entry->d_name, len + 1);
		}
		count++;
	}
	closedir(directory);
	return count;
}

/* Old kernels and old versions leave files behind; a few stay, for who goes back and forth between them. */
static void remove_old(const struct cache *cache, const char *name)
{
	enum { KEPT = 16 };
	char oldest[sizeof cache->file];

	for (int i = 0; i < 1000 && find_oldest(cache, name, oldest) > KEPT; i++)
		if (unlinkat(cache->fd, oldest, 0) < 0)
			return;
}

static void keep_image(const struct cache *cache, const char *name, struct program_image *image, struct why *note)
{
	memcpy(image->kernel, cache->kernel, sizeof image->kernel);
	memcpy(image->id, cache->id, sizeof image->id);
	image->checksum = program_checksum(image);
	int r = cache->fd < 0 ? 0 : write_file(cache, image);
	if (r < 0 && !note->text[0])
		why_not(note, r, "cannot keep %s: %s", cache->file, strerror(-r));
	else if (cache->fd >= 0 && r == 0)
		remove_old(cache, name);
}

int program_find(const char *name, struct program_image **ret, struct why *why, struct why *note)
{
	struct cache cache = { .fd = -1 };

	note->text[0] = '\0';
	open_cache(&cache, name, note);
	int r = read_cached(&cache, ret, note);
	if (r < 0) {
		r = program_relocate(name, ret, why);
		if (r == 0)
			keep_image(&cache, name, *ret, note);
	}
	if (cache.fd >= 0)
		close(cache.fd);
	return r;
}

int program_start(const char *name, uint32_t records, struct program *ret, struct why *why, struct why *note)
{
	struct program_image *image;

	int r = program_find(name, &image, why, note);
	if (r < 0)
		return r;
	r = program_load(image, (struct program_room){ .records = records }, NULL, ret, why);
	free(image);
	return r;
}
