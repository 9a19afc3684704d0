/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * draft.h - ssa.c, for builder.c: a body before it is in the function.
 */
#ifndef DRAFT_H
#define DRAFT_H

#include "program.h"

struct mn_ssa;

struct mn_ssa *ssa_new(struct mn_func *func);
int ssa_block(struct mn_ssa *s);
/* @name: as users see it, or NULL */
int ssa_variable(struct mn_ssa *s, const char *name);
/* @in: copied with all it points to */
void ssa_insn(struct mn_ssa *s, int block, const struct mn_insn *in);
mn_val ssa_read(struct mn_ssa *s, int block, int var, struct mn_loc loc);
void ssa_write(struct mn_ssa *s, int block, int var, mn_val v, struct mn_loc loc);
/* every block that can be reached has an end: put it all into the function, and free @s */
void ssa_finish(struct mn_ssa *s);

#endif /* DRAFT_H */
