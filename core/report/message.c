// SPDX-License-Identifier: GPL-2.0-only
/*
 * message.c - the texts of messages.def, filled.
 */
#include "report.h"

const char *message_text(struct mn_arena *arena, enum message m, const char *a,
			 const char *b)
{
	static const char *const formats[] = {
#define MN_MESSAGE(name, text) text,
#include "messages.def"
#undef MN_MESSAGE
	};
	const char *fill[2] = { a, b }, *from = formats[m];
	size_t room = strlen(from) + (a ? strlen(a) : 0) + (b ? strlen(b) : 0) + 1;
	char *out = (char *)arena_alloc(arena, room), *to = out;
	int n = 0;

	while (*from) {
		if (strncmp(from, "%s", 2)) {
			*to++ = *from++;
			continue;
		}
		strcpy(to, fill[n] ? fill[n] : "");
		to += strlen(to);
		from += 2;
		n++;
	}
	return out;
}
