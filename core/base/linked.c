// SPDX-License-Identifier: GPL-2.0-only
/*
 * linked.c - names in a program of several units.
 *
 * Two files may each have a static function of one name. In a program of both a name says which:
 * "start@mm/a.c". Whatever the source says (messages, rows of the contract) is about "start".
 */
#include "base.h"

const char *source_name(struct mn_arena *arena, const char *name)
{
	const char *mark = name ? strchr(name, LINK_MARK) : NULL;

	if (!mark || mark == name)
		return name;
	return arena_intern(arena, arena_printf(arena, "%.*s", (int)(mark - name), name));
}

bool is_source_name(const char *source, const char *name)
{
	for (; *source && *source == *name; source++)
		name++;
	return !*source && (!*name || *name == LINK_MARK);
}
