/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * link.h - many units as one program: what mncheck-link does before and behind the engine.
 *
 *	units.c		the files of facts in a directory
 *	symbols.c	which definition a name of a unit is, as a linker says it
 *	fold.c		inline functions of headers that many units have
 *	through.c	what may be called through a pointer: the functions that are stored in that member
 *	whole.c		one program of all units: heads, later the bodies that are wanted
 *	parts.c		the whole in parts: the roots of one file each, and what they come to
 *	judge.c		the parts judged, each as a unit of its own, by several processes
 *	part_key.c, cache.c	what they said at another time, while nothing changed that they are made of
 *	said.c, reads.c	what is said of a part, and which bodies that was read from
 *	compare.c	what the units alone had found, and what of it the whole refutes
 *
 *	link = mn_link_open(contract, &options, dir, ..);
 *	whole = mn_link_whole(link);
 *	mn_link_join(link, ..); mn_link_plan(link); mn_link_check(link, ..);
 *	mn_link_compare(link); ignores_apply(whole); mn_link_count(link, &linked);
 *	mn_link_free(link);
 */
#ifndef LINK_H
#define LINK_H

#include "program.h"

struct mn_link;

/**
 * mn_link_open() - read the facts of all units in a directory, without bodies.
 * @options: of the units and of the whole; copied
 * @err: receives "FILE:LINE:COL: error: ..", or what is wrong with the directory
 * Return: the units, for mn_link_free(); NULL with @err set.
 */
struct mn_link *mn_link_open(const struct mn_contract *contract, const struct mn_options *options,
			     const char *dir, char *err, size_t size);
void mn_link_free(struct mn_link *link);

/**
 * mn_link_whole() - the program that the units are; it is the link's.
 */
struct mn_unit *mn_link_whole(struct mn_link *link);

/* who else may call what is not static */
#define MN_LINK_PARTIAL		(1u << 0)	/* units that are not there */
#define MN_LINK_NO_MODULES	(1u << 1)	/* nobody calls what is exported only */

/**
 * mn_link_join() - put all units into one program; mn_link_plan() comes next.
 * @who: MN_LINK_*
 */
void mn_link_join(struct mn_link *link, unsigned int who);

/**
 * mn_link_conflict() - names that the units define in more than one way.
 * @i: from 0
 * Return: "FILE:LINE:COL: error: ..", NULL past the last.
 */
const char *mn_link_conflict(const struct mn_link *link, size_t i);

/**
 * mn_link_plan() - mn_unit_plan() of the whole.
 */
void mn_link_plan(struct mn_link *link);

/**
 * mn_link_bodies() - read all bodies that the plan of the whole wants, which else is done one by one.
 * Return: 0, or -EINVAL with "FILE:LINE:COL: error: .." in @err.
 */
int mn_link_bodies(struct mn_link *link, char *err, size_t size);

/**
 * mn_link_check() - judge the whole, which was planned.
 * @cache: a file with what an earlier run found, which is written anew; NULL: all is judged
 * @at_once: how many processes may work on it; changes nothing of what is said
 * Return: 0, or -EINVAL with what is wrong in @err.
 */
int mn_link_check(struct mn_link *link, const char *cache, int at_once, char *err, size_t size);

/**
 * struct mn_linked - what the whole says of what its units said.
 * @parts: files that have roots; @judged: of them, in this run
 * @services: functions that so many files call that what these hold is not followed into them
 * @units, @bodies: how many there are, and how many bodies were read
 * @found: findings of the whole that no comment hides; @hidden: those that one hides
 * @news: of @found, what no unit alone has found
 * @withdrawn: findings of units alone that the whole does not make
 */
struct mn_linked {
	unsigned int parts, judged, services;
	unsigned int units, bodies;
	unsigned int found, news, withdrawn, hidden;
};

/**
 * mn_link_compare() - compare the findings of the whole, which was checked, with its units'.
 * A finding of a unit alone is the whole's as well where the whole was given up. The comments that hide
 * findings of units are the whole's then.
 */
void mn_link_compare(struct mn_link *link);

/**
 * mn_link_count() - the sum, once it is known what comments hide.
 */
void mn_link_count(const struct mn_link *link, struct mn_linked *linked);

/**
 * mn_link_is_news() - has no unit alone made the finding?
 */
bool mn_link_is_news(const struct mn_link *link, const struct mn_finding *finding);

/**
 * mn_link_withdrawn() - findings of units alone that the whole does not make, by place.
 * @i: from 0
 * Return: the finding, NULL past the last.
 */
const struct mn_finding *mn_link_withdrawn(const struct mn_link *link, size_t i);

#endif /* LINK_H */
