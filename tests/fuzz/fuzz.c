// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz.c - what the targets share, and how an input of lines is changed.
 *
 * libFuzzer changes bytes, and a text of changed bytes is mostly refused at its first line.
 * So every other change is one of lines and numbers: a line goes, comes twice, changes
 * places with another, or one of its numbers becomes one that is somewhere else in the text.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

char *fuzz_text(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	if (!text)
		abort();
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	return text;
}

FILE *fuzz_sink(void)
{
	static FILE *sink;

	if (!sink)
		sink = fopen("/dev/null", "w");
	if (!sink)
		abort();
	return sink;
}

void fuzz_fail(const char *what)
{
	fprintf(stderr, "fuzz: error: %s\n", what);
	abort();
}

/* ------------------------------------------------------------------ */
/* changes                                                             */

struct part {
	size_t from, size;
};

static unsigned int next_random(unsigned int *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* the line that the byte at @at is in, with its end */
static struct part line_at(const uint8_t *data, size_t size, size_t at)
{
	struct part line = { at, 0 };
	size_t end = at;

	while (line.from && data[line.from - 1] != '\n')
		line.from--;
	while (end < size && data[end] != '\n')
		end++;
	line.size = (end < size ? end + 1 : end) - line.from;
	return line;
}

/* the first number from the byte at @at on; of no size if there is none */
static struct part number_from(const uint8_t *data, size_t size, size_t at)
{
	struct part number = { at, 0 };

	while (number.from < size && !isdigit(data[number.from]))
		number.from++;
	while (number.from + number.size < size && isdigit(data[number.from + number.size]))
		number.size++;
	return number;
}

/* @old becomes @what, or the text stays as it is where there is no room. Return: its size */
static size_t replace(uint8_t *data, size_t size, size_t most, struct part old, struct part what)
{
	uint8_t *copy;

	if (size - old.size + what.size > most)
		return size;
	copy = (uint8_t *)fuzz_text(data + what.from, what.size);
	memmove(data + old.from + what.size, data + old.from + old.size,
		size - old.from - old.size);
	memcpy(data + old.from, copy, what.size);
	free(copy);
	return size - old.size + what.size;
}

static size_t change_lines(uint8_t *data, size_t size, size_t most, unsigned int *seed)
{
	size_t at = next_random(seed) % size, other = next_random(seed) % size;
	struct part line = line_at(data, size, at), what = line_at(data, size, other);
	struct part before = { line.from, 0 }, nothing = { 0, 0 };

	switch (next_random(seed) % 6) {
	case 0:			/* it goes */
		return replace(data, size, most, line, nothing);
	case 1:			/* another one comes in front of it */
		return replace(data, size, most, before, what);
	case 2:			/* .. or in its place */
		return replace(data, size, most, line, what);
	default:
		line = number_from(data, size, at);
		what = number_from(data, size, other);
		return line.size && what.size ? replace(data, size, most, line, what) : size;
	}
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed)
{
	unsigned int n = 1 + next_random(&seed) % 4;

	if (!size || next_random(&seed) % 2)
		return LLVMFuzzerMutate(data, size, most);
	while (n-- && size)
		size = change_lines(data, size, most, &seed);
	return size;
}
