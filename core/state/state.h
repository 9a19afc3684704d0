/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * state.h - what is known at a place of a program: values, facts, locks, regions, the way there.
 *
 * The idea is property simulation (ESP: Das, Lerner, Seigle, PLDI 2002): a state is
 * a property part (locks, regions: what the rules judge) and an execution
 * part (what is known of values); at a join only states with the same property
 * part merge. Calls are tabulated (Reps, Horwitz, Sagiv, POPL 1995): a function is simulated
 * once per entry state, which is the caller's state as far as the callee can see
 * it, with the caller's values renamed to SYM_INPUTs.
 */
#ifndef STATE_H
#define STATE_H

#include "value.h"
#include "prop.h"
#include "work.h"
#include "frame.h"

#endif /* STATE_H */
