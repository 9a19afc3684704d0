// SPDX-License-Identifier: GPL-2.0-only
/*
 * reads.c - which bodies were read while a part was judged.
 *
 * A part has the heads of all that its roots can come to by names, and the engine enters few of them. What it
 * does not enter may change: the answer is the same while all heads are, and the bodies that were read. So a
 * build goes by the headers that a compilation has opened.
 *
 * In front of what a part says stand the key of those bodies, how many they are, and which functions of the
 * part they are of.
 */
#include "linking.h"

struct heading {
	struct key bodies;
	int n;
};

static void key_body(struct key *key, const struct mn_link *link, const struct part *part, int func)
{
	key_key(key, &link->funcs.v[part->funcs.v[func]].body);
}

void reads_write(const struct mn_link *link, const struct part *part, const struct reads *reads, FILE *to)
{
	struct heading heading;

	memset(&heading, 0, sizeof(heading));
	heading.n = reads->n;
	for (int i = 0; i < reads->n; i++)
		key_body(&heading.bodies, link, part, reads->v[i]);
	fwrite(&heading, sizeof(heading), 1, to);
	fwrite(reads->v, sizeof(*reads->v), (size_t)reads->n, to);
}

bool reads_hold(const struct mn_link *link, const struct part *part, const char *said)
{
	struct key now = { 0, 0 };
	struct heading heading;
	int func;

	memcpy(&heading, said, sizeof(heading));
	said += sizeof(heading);
	for (int i = 0; i < heading.n; i++, said += sizeof(func)) {
		memcpy(&func, said, sizeof(func));
		key_body(&now, link, part, func);
	}
	return key_same(now, heading.bodies);
}

const char *reads_skip(const char *said)
{
	struct heading heading;

	memcpy(&heading, said, sizeof(heading));
	return said + sizeof(heading) + sizeof(int) * (size_t)heading.n;
}
