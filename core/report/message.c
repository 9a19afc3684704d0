// SPDX-License-Identifier: GPL-2.0-only
/*
 * message.c - the texts of messages.def and words.def, filled.
 */
#include "report.h"

static const char *fill(struct mn_arena *arena, const char *from, const char *a,
			const char *b)
{
	size_t room = strlen(from) + (a ? strlen(a) : 0) + (b ? strlen(b) : 0) + 1;
	const char *with[2] = { source_name(arena, a), source_name(arena, b) };
	char *out = (char *)arena_alloc(arena, room), *to = out;
	int n = 0;

	while (*from) {
		if (strncmp(from, "%s", 2)) {
			*to++ = *from++;
			continue;
		}
		strcpy(to, with[n] ? with[n] : "");
		to += strlen(to);
		from += 2;
		n++;
	}
	return out;
}

const char *message_text(struct mn_arena *arena, enum message m, const char *a,
			 const char *b)
{
	static const char *const texts[MESSAGE_COUNT] = {
		"",
#define MN_MESSAGE(name, rule, id, text) text,
#include "messages.def"
#undef MN_MESSAGE
	};

	return fill(arena, texts[m], a, b);
}

const char *words_text(struct mn_arena *arena, enum words w, const char *a, const char *b)
{
	static const char *const texts[] = {
#define MN_WORDS(name, text) text,
#include "words.def"
#undef MN_WORDS
	};

	return fill(arena, texts[w], a, b);
}
