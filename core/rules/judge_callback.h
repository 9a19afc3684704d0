/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * judge_callback.h - what a callback that must not sleep, or not always, may do: what
 * the engine tells judge_callback.c of.
 */
#ifndef JUDGE_CALLBACK_H
#define JUDGE_CALLBACK_H

#include "rules.h"

/* flags of ITEM_CALLBACK */
#define CALLBACK_CAN_FAIL (1u << 0)	/* its result says so */
#define CALLBACK_TOLD (1u << 1)		/* a function that is not seen may have asked */

/* the state that such a root begins with */
void callback_begin(struct work *entry, const struct mn_func *func,
		    const struct callback *cb);
void judge_callback_sleep(const struct frame *f, struct work *w);
void judge_callback_return(const struct frame *f, struct work *w, sym_t result,
			   struct mn_loc loc);
/* a function that is not seen is called with @arg */
void callback_tell(struct work *w, sym_t arg);
void callback_acquire(const struct frame *f, struct work *w, const struct effect *e);
void callback_release(const struct frame *f, struct work *w, const struct effect *e);
/* effects that only matter in callbacks that can fail split no states elsewhere */
bool callback_ignores(const struct work *w, const struct effect *e);

#endif /* JUDGE_CALLBACK_H */
