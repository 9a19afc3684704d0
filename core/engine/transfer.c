// SPDX-License-Identifier: GPL-2.0-only
/*
 * transfer.c - what one instruction does to a state; calls and branches excepted.
 *
 * An instruction that the engine cannot express makes a value that is born here:
 * unknown, but the same wherever it is used from here on.
 */
#include "engine.h"

static sym_t value_of(const struct work *w, mn_val v)
{
	return work_value(w, v);
}

sym_t address_of_part(struct engine *eng, sym_t base, const struct mn_insn *at)
{
	const struct lockcell *cell = at->name ? contract_lock_named(eng->contract, at->name) : NULL;

	return sym_member(eng, base, at->imm, lock_flags(cell),
			  at->name && contract_names_lock(eng->contract, at->name) ? at->name : NULL);
}

/* the cells known of the source object become cells of the destination */
static void move_object(const struct frame *f, struct work *w)
{
	struct engine *eng = f->eng;
	sym_t to = value_of(w, f->at->a), from = value_of(w, f->at->b);
	sym_t base = sym_base(eng, from);
	int64_t start = from && from != base ? sym(eng, from)->imm : 0;
	struct work *before = work_copy(w);

	work_wipe(w, to, f->at->imm, frame_site(f),
		  from && work_get(before, bind_key(SPACE_TAG, base)) == sym_const(eng, 0));
	/* a wrapped scalar, such as an entry, is the same value in both places */
	if (from && f->at->imm <= 64)
		work_write(w, to, work_read(before, from));
	for (int i = 0; from && to && i < before->n; i++) {
		sym_t cell = bind_id(before->binds[i].key);
		int64_t off;
		uint64_t moved;

		if (bind_space(before->binds[i].key) != SPACE_CELL ||
		    sym_base(eng, cell) != base)
			continue;
		off = cell == base ? 0 : sym(eng, cell)->imm;
		moved = (uint64_t)off - (uint64_t)start;
		if (off >= start && moved < (uint64_t)f->at->imm)
			work_write(w, sym_member(eng, to, (int64_t)moved, sym(eng, cell)->flags,
						 cell == base ? NULL : sym(eng, cell)->name),
				   before->binds[i].val);
	}
	work_free(before);
}

/* what a const table of functions holds is known where nothing was stored here */
static sym_t loaded(const struct frame *f, struct work *w, sym_t addr)
{
	struct engine *eng = f->eng;
	sym_t value = work_read(w, addr);
	const struct sym *base = sym(eng, sym_base(eng, addr));
	const char *func = NULL;

	if (base->kind == SYM_GLOBAL && sym(eng, value)->kind == SYM_CONTENT)
		func = table_func(eng->unit, base->name,
				  sym_base(eng, addr) == addr ? 0 : sym(eng, addr)->imm);
	return func ? sym_named(eng, SYM_FUNC, func) : value;
}

static void store(const struct frame *f, struct work *w)
{
	sym_t value = value_of(w, f->at->b);

	if (!value) {
		frame_age(f, w);
		value = sym_born(f->eng, frame_site(f), birth(BIRTH_RESULT, 0));
	}
	work_write(w, value_of(w, f->at->a), value);
}

/* who looks behind a pointer knows that it is one; where a body is asked what it does, that decides much */
static void learn_pointer(const struct frame *f, struct work *w)
{
	sym_t addr = value_of(w, f->at->a);

	if (addr && (f->at->op == MN_LOAD || f->at->op == MN_STORE))
		fact_learn(w, sym_base(f->eng, addr), fact_nonzero());
}

static sym_t value_of_op(const struct frame *f, const struct work *w)
{
	return sym_op(f->eng, f->at->op, value_of(w, f->at->a), value_of(w, f->at->b));
}

void transfer_insn(const struct frame *f, struct work *w)
{
	const struct mn_insn *at = f->at;
	struct engine *eng = f->eng;

	if (eng->witness)
		learn_pointer(f, w);
	switch (at->op) {
	case MN_CONST:
	case MN_LOCAL:
	case MN_GLOBAL:
	case MN_FUNC:		/* in no state: run.c has it */
		break;
	case MN_ADDR:
		if (!w->fixed[at->dst])
			frame_result(f, w, address_of_part(eng, value_of(w, at->a), at));
		break;
	case MN_LOAD:
		frame_result(f, w, loaded(f, w, value_of(w, at->a)));
		break;
	case MN_COPY:
		frame_result(f, w, value_of(w, at->a));
		break;
	case MN_UNKNOWN:
		if (eng->idles || eng->timed)
			idle_unseen(f, w);
		frame_result(f, w, SYM_NONE);
		break;
	case MN_PURE:
		if (eng->bounded)
			range_computed(f, w, frame_pure(f, w, f->at->name));
		frame_result(f, w, frame_pure(f, w, f->at->name));
		break;
	case MN_STORE:
		if (eng->idles)
			idle_stored(f, w);
		if (eng->counted)
			count_stored(f, w);
		if (eng->leaves)
			leaves_stored(f, w);
		store(f, w);
		break;
	case MN_MOVE:
		if (eng->idles)
			idle_stored(f, w);
		move_object(f, w);
		break;
	case MN_ZERO:
		if (eng->idles)
			idle_stored(f, w);
		work_wipe(w, value_of(w, at->a), at->imm, frame_site(f), true);
		break;
	default:
		if (eng->bounded)
			range_computed(f, w, value_of_op(f, w));
		frame_result(f, w, value_of_op(f, w));
		break;
	}
}
