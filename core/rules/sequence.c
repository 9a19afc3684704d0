// SPDX-License-Identifier: GPL-2.0-only
/*
 * sequence.c - the sequence that the callback of an interval notifier has to set, as an item of the state.
 *
 * Whether it was set, or passed to a function that is not seen. What is said of it is sequence_unset.c's.
 */
#include "judging.h"

struct item *sequence_item(struct prop *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_SEQUENCE)
			return &p->items[i];
	return NULL;
}

void sequence_enter(struct work *entry, const struct callback *cb)
{
	sym_t sequence = cb->sequence ? work_value(entry, (mn_val)cb->sequence) : SYM_NONE;

	if (sequence && is_asked(entry->eng, MN_RULE_SEQUENCE_UNSET))
		prop_add(entry, ITEM_SEQUENCE, 0, sequence);
}

void sequence_given(const struct frame *f, struct work *w, sym_t arg)
{
	struct item *item = sequence_item(&w->prop);

	if (!item || item->a != arg || item->flags)
		return;
	item->flags |= SEQUENCE_GIVEN;
	unseen_note(f, w, UNSEEN_SEQUENCE);
}

/* it may be a helper that takes the lock */
void sequence_unseen(const struct frame *f, struct work *w, sym_t arg)
{
	const struct item *item = sequence_item(&w->prop);

	if (item && !item->flags && arg && sym(f->eng, arg)->kind != SYM_CONST)
		unseen_note(f, w, UNSEEN_OBJECT);
}

void apply_sequence(const struct frame *f, struct work *w, struct event *ev)
{
	struct item *item = sequence_item(&w->prop);

	struct item *idle = idle_item(&w->prop);

	(void)f;
	(void)ev;
	if (item)
		item->flags = SEQUENCE_SET;
	/* readers retry; what is mapped stays mapped */
	if (idle)
		idle->flags |= IDLE_CHANGED;
}
