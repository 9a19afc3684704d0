/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * file_hash.h - a number that tells whether a source is the one that was compiled: FNV-1a.
 *
 * What writes it down and what asks later are two programs that share no object.
 */
#ifndef FILE_HASH_H
#define FILE_HASH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* false: the file cannot be read */
static inline bool file_hash(const char *path, uint64_t *hash)
{
	FILE *from = fopen(path, "r");
	bool fine;
	int c;

	if (!from)
		return false;
	*hash = 0xcbf29ce484222325ull;
	while ((c = getc(from)) != EOF)
		*hash = (*hash ^ (unsigned char)c) * 0x100000001b3ull;
	fine = !ferror(from);
	fclose(from);
	return fine;
}

#endif /* FILE_HASH_H */
