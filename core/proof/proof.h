/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * proof.h - rows of the contract, compared with what the bodies of their functions do.
 *
 *	bodies.c	which bodies are entered, and what of one is not seen
 *	observe.c	what a body does: it is simulated as if it had no row
 *	objects.c	what a row speaks of, seen from inside the body
 *	claim.c		an effect of a row: is it so?
 *	verdict.c	a row: right, wrong, weaker, or not comparable
 *	suggest.c	rows that units alone would need and do not have
 *
 *	mn_unit_plan(whole); mn_proof_plan(whole, ..); mn_link_bodies(link, ..);
 *	proof = mn_proof_new(whole); mn_proof_row(proof, i); mn_proof_suggest(proof, i);
 */
#ifndef PROOF_H
#define PROOF_H

#include "program.h"

struct mn_proof;

/* the outcome for a row; of several bodies the first of these holds */
enum mn_verdict {
	MN_WRONG,		/* the body does otherwise, on a path */
	MN_WEAKER,		/* it also does what the row does not say */
	MN_EXPLAINED,		/* one of these, and the row says why it differs */
	MN_RIGHT,
	MN_NOT_COMPARABLE,
	MN_VERDICTS
};

/**
 * struct mn_proved - a row and what came of it.
 * @line: of the row in the contract; @func: its name
 * @what: one line, without the verdict
 * @events: the path that shows it
 */
struct mn_proved {
	const char *file;
	int line;
	const char *func;
	enum mn_verdict verdict;
	const char *what;
	struct mn_event events[MN_EVENTS_MAX];
	int nevents;
};

/* "right", "wrong", .. */
const char *mn_verdict_word(enum mn_verdict verdict);

/**
 * mn_proof_plan() - want the bodies of functions with a row, and what these enter, and no others.
 * @whole: after mn_unit_plan(), which has chosen the kernel
 * @suggest: those of functions that may need a row, too
 */
void mn_proof_plan(struct mn_unit *whole, bool suggest);

/**
 * mn_proof_new() - begin, with the bodies there.
 * Return: the proof, which lives as long as @whole, or NULL where the program is not well formed, and the unit's troubles say why.
 */
struct mn_proof *mn_proof_new(struct mn_unit *whole);

/**
 * mn_proof_row() - the @i-th row of the contract's functions that holds for the kernel.
 * Return: what came of it, valid until the next call; NULL past the last.
 */
const struct mn_proved *mn_proof_row(struct mn_proof *proof, size_t i);

/**
 * mn_proof_suggest() - the @i-th function of the program that needs a row and has none.
 * Return: the row as the contract writes it, "" for a function that needs none, NULL past the last.
 */
const char *mn_proof_suggest(struct mn_proof *proof, size_t i);

#endif /* PROOF_H */
