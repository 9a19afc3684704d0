/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * records.h - the records of runs (docs/record.schema.json), and lists of judged findings.
 */
#ifndef RECORDS_H
#define RECORDS_H

#include "mncheck.h"

enum { HOLDS_PTL = 1, HOLDS_REGION = 2, HOLDS_ATOMIC = 4 };

struct step {
	const char *file, *func, *kind;
	const char *text;		/* NULL: it is not shown */
	int line, col, depth;
	unsigned int holds;
};

struct unit {
	const char *file, *era;
	int functions, simulated, contexts, given_up;
	const char **trouble;		/* "mncheck: .." */
	int ntrouble;
	const char **needless;		/* "FILE:LINE:COL: ..": comments that hide nothing */
	int nneedless;
};

struct finding {
	const char *rule, *id, *fingerprint, *file, *func, *text, *fix;
	int line, col;
	struct step *events, *path;
	int nevents, npath;
	int *units;			/* in which it was found: a header has many */
	int nunits, units_room;
	bool known;			/* a baseline has it .. */
	const char *verdict, *reason;	/* .. with these, or NULL */
	const char *ignored;		/* by a comment of the source, for this reason; NULL: it is not */
	int comment_line, comment_col;
};

/**
 * struct records - what one or several runs gave.
 * @units: sorted by name, once each
 * @findings: once each, sorted by place
 */
struct records {
	struct unit *units;
	int nunits, units_room;
	struct finding *findings;
	int nfindings, findings_room;
};

/**
 * records_read() - add the records of one file.
 * @top: names of files are shown as seen from this folder; NULL: as they are
 *
 * A file that is not there, or has something else in it, ends the program.
 */
void records_read(struct records *r, const char *path, const char *top);
/* once all are read: sort, and join what is there more than once */
void records_finish(struct records *r);
/* the unit of this name, or -1 */
int records_unit(const struct records *r, const char *file);
/* the finding of @r that is @f, or NULL: no such one, or a comment hides it */
struct finding *records_same(const struct records *r, const struct finding *f);
/* does a comment hide @f in @r? */
bool records_ignore(const struct records *r, const struct finding *f);
/* mncheck refused the unit: nothing is known of it */
bool unit_unchecked(const struct unit *u);
/* a limit stopped the check of @func there */
bool unit_gave_up(const struct unit *u, const char *func);

/**
 * baseline_apply() - mark what @path knows: the records of a run, or a list of findings.
 * @top: as in records_read()
 * Return: how many lines of a list, or findings of a record, were not found.
 */
int baseline_apply(struct records *r, const char *path, const char *top);

/* as the compiler prints it, with its steps as notes */
void print_finding(const struct finding *f, FILE *to);
/* FILE without what leads to @top, and without . and .. on the way */
const char *name_from(const char *top, const char *file);

#endif /* RECORDS_H */
