/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * judge_entry.h - judge_entry.c as effect.c and call.c see it: an entry that changes, and
 * what makes that right or wrong.
 */
#ifndef JUDGE_ENTRY_H
#define JUDGE_ENTRY_H

#include "rules.h"

/* an entry changes; a page is freed */
void judge_change(const struct frame *f, struct work *w, const struct effect *e);
void judge_frees(const struct frame *f, struct work *w, sym_t page);
/* a region was begun or ended, a notification made: what it says of entries that were replaced */
void entry_begin(struct work *w);
void entry_end(const struct frame *f, struct work *w, bool only);
void entry_notified(const struct frame *f, struct work *w);
void entry_told(struct work *w);
void entry_unlocked(const struct frame *f, struct work *w);
void learn_outside(const struct frame *f, struct work *w, sym_t lock);
/* the flags of an entry that is made as the row says */
unsigned int made_flags(const struct frame *f, struct work *w,
			const struct effect *e);

#endif /* JUDGE_ENTRY_H */
