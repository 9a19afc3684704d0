// SPDX-License-Identifier: GPL-2.0-only
/*
 * output.c - the files that an adapter writes: completely or not at all.
 *
 * Every text is made in memory. A file of its own is written under another name and
 * renamed; a record is appended under a lock, and cut off again where it does not fit.
 * So a full disk or an interrupted compiler leaves no incomplete file or record.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

static int write_all(int fd, const char *text, size_t size)
{
	ssize_t n;

	while (size) {
		n = write(fd, text, size);
		if (n < 0 && errno != EINTR)
			return -errno;
		if (n > 0) {
			text += n;
			size -= (size_t)n;
		}
	}
	return 0;
}

/* ------------------------------------------------------------------ */
/* a file of its own                                                   */

/* a device, a pipe or a link stays what it is */
static bool replaceable(const char *path)
{
	struct stat st;

	return lstat(path, &st) ? errno == ENOENT : S_ISREG(st.st_mode);
}

static int write_file(const char *path, const char *text, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	int ret;

	if (fd < 0)
		return -errno;
	ret = write_all(fd, text, size);
	if (close(fd) && !ret)
		ret = -errno;
	return ret;
}

static int replace_file(const char *path, const char *text, size_t size)
{
	size_t room = strlen(path) + 32;
	char *other = (char *)malloc(room);
	int ret;

	if (!other)
		return -ENOMEM;
	snprintf(other, room, "%s.%ld.tmp", path, (long)getpid());
	ret = write_file(other, text, size);
	if (!ret && rename(other, path))
		ret = -errno;
	if (ret)
		unlink(other);
	free(other);
	return ret;
}

static int save(const char *path, const char *text, size_t size)
{
	if (!strcmp(path, "-"))
		return fwrite(text, 1, size, stderr) == size ? 0 : -EIO;
	return replaceable(path) ? replace_file(path, text, size) :
	       write_file(path, text, size);
}

/* ------------------------------------------------------------------ */
/* a file that many append to                                          */

/* Return: its size, -1 if it is no plain file, or cannot be locked */
static off_t lock_end(int fd)
{
	struct flock lock;
	struct stat st;

	memset(&lock, 0, sizeof(lock));
	lock.l_type = F_WRLCK;
	lock.l_whence = SEEK_SET;
	if (fcntl(fd, F_SETLKW, &lock) || fstat(fd, &st) || !S_ISREG(st.st_mode))
		return -1;
	return st.st_size;
}

static int append(const char *path, const char *text, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	off_t end;
	int ret;

	if (fd < 0)
		return -errno;
	end = lock_end(fd);
	ret = write_all(fd, text, size);
	if (ret && end >= 0 && ftruncate(fd, end))
		ret = -errno;
	if (close(fd) && !ret)
		ret = -errno;
	return ret;
}

/* ------------------------------------------------------------------ */
/* a text in memory, and where it goes                                 */

struct draft {
	char *text;
	size_t size;
};

typedef int (*put_fn)(const char *path, const char *text, size_t size);

/* @ret: what writing to @to gave; frees the text. Return: 0, or -errno */
static int finish(struct draft *d, FILE *to, int ret, put_fn put, const char *path)
{
	if (fclose(to))
		ret = -ENOMEM;
	if (!ret)
		ret = put(path, d->text, d->size);
	free(d->text);
	return ret;
}

static FILE *draft_open(struct draft *d)
{
	memset(d, 0, sizeof(*d));
	return open_memstream(&d->text, &d->size);
}

int mn_text_save(const struct mn_unit *unit, const char *path)
{
	struct draft d;
	FILE *to = draft_open(&d);

	if (!to)
		return -errno;
	mn_text_write(unit, to);
	return finish(&d, to, 0, save, path);
}

/* of the unit's own file in @dir: '/' is '=', so that two units have two names; to be freed */
static char *facts_path(const char *dir, const char *unit)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t n = strlen(dir);
	char *path = (char *)malloc(n + 3 * strlen(unit) + sizeof("/.facts"));
	char *to = path;

	if (!path)
		return NULL;
	memcpy(to, dir, n);
	to += n;
	*to++ = '/';
	for (; *unit; unit++) {
		if (*unit != '%' && *unit != '=') {
			*to++ = *unit == '/' ? '=' : *unit;
			continue;
		}
		*to++ = '%';
		*to++ = digits[(unsigned char)*unit >> 4];
		*to++ = digits[*unit & 15];
	}
	strcpy(to, ".facts");
	return path;
}

int mn_facts_save(const struct mn_unit *unit, const char *dir)
{
	const char *file = unit->file + (strncmp(unit->file, "./", 2) ? 0 : 2);
	char *path = facts_path(dir, file);
	struct draft d;
	FILE *to;
	int ret;

	if (!path)
		return -ENOMEM;
	to = draft_open(&d);
	ret = !to || (mkdir(dir, 0777) && errno != EEXIST) ? -errno : 0;
	if (to) {
		facts_write(unit, to);
		/* whatever is there: the name is ours, and to open a FIFO would wait for a reader */
		ret = finish(&d, to, ret, replace_file, path);
	}
	free(path);
	return ret;
}

int mn_dot_save(const struct mn_unit *unit, const char *func, const char *path)
{
	struct draft d;
	FILE *to = draft_open(&d);

	if (!to)
		return -errno;
	return finish(&d, to, mn_dot_write(unit, func, to), save, path);
}

/* among a compiler's messages, which caches and distributors of compilations carry */
static int say(const char *path, const char *text, size_t size)
{
	(void)path;
	fflush(stderr);
	return write_all(STDERR_FILENO, text, size);
}

int mn_record_append(const struct mn_unit *unit, double seconds, const char *path)
{
	bool said = !strcmp(path, "-");
	struct draft d;
	FILE *to = draft_open(&d);

	if (!to)
		return -errno;
	if (said)
		fputs("mncheck: record: ", to);
	record_write(unit, seconds, to);
	return finish(&d, to, 0, said ? say : append, path);
}

int context_append(const struct mn_unit *unit, const char **path)
{
	const char *colon = strchr(unit->options.context, ':');
	struct draft d;
	FILE *to = draft_open(&d);

	*path = colon && colon[1] ? colon + 1 : "-";
	if (!to)
		return -errno;
	context_write(unit, to);
	return finish(&d, to, 0, strcmp(*path, "-") ? append : save, *path);
}
