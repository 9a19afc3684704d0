// SPDX-License-Identifier: GPL-2.0-only
/*
 * door.c - what mn_validate() says of instructions that the text form cannot write.
 *
 * Each row is the second instruction of a function with one block, behind a value that is
 * made; the program prints what is wrong with it, a line a row.
 */
#include <stdio.h>

#include "mn.h"
#include "program.h"

static const mn_val none[] = { MN_NONE }, far_off[] = { 99 }, fine[] = { 1 };
static const struct mn_case far[] = { { 7, 1, 0 } }, early[] = { { -1, 1, 0 } };

static const struct mn_insn rows[] = {
	{ .op = (enum mn_op)MN_OP_COUNT },
	{ .op = MN_COPY, .dst = 3, .a = 99 },
	{ .op = MN_COPY, .dst = 3, .a = 1, .b = 1 },
	{ .op = MN_COPY, .dst = 3 },
	{ .op = MN_COPY, .a = 1 },
	{ .op = MN_STORE, .a = 1 },
	{ .op = MN_COPY, .dst = 3, .a = 1, .args = fine, .nargs = 1 },
	{ .op = MN_CALL, .name = "f", .args = none, .nargs = 1 },
	{ .op = MN_CALL, .name = "f", .args = far_off, .nargs = 1 },
	{ .op = MN_COPY, .dst = 3, .a = 1, .name = "f" },
	{ .op = MN_CALL, .args = fine, .nargs = 1 },
	{ .op = MN_GOTO },
	{ .op = MN_FORK },
	{ .op = MN_SWITCH, .a = 1, .succ = far, .nsucc = 1 },
	{ .op = MN_GOTO, .succ = early, .nsucc = 1 },
};

int main(void)
{
	struct mn_contract *contract = mn_contract_new();
	struct mn_loc nowhere = { NULL, 0, 0 };
	struct mn_insn first = { .op = MN_CONST, .dst = 2 }, last = { .op = MN_RETURN };
	char err[256], small[8];

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct mn_unit *unit = mn_unit_new(contract, NULL, "door.c");
		struct mn_func *func = mn_func_new(unit, "f", nowhere, 1, 0);

		mn_value(func, NULL);
		mn_value(func, NULL);
		mn_block(func);
		mn_emit(func, 0, &first);
		mn_emit(func, 0, &rows[i]);
		mn_emit(func, 0, &last);
		printf("%s\n", mn_validate(unit, err, sizeof(err)) ? err : "fine");
		if (!mn_validate(unit, small, sizeof(small)))
			puts("fine where there is little room");
		mn_unit_free(unit);
	}
	mn_contract_free(contract);
	return 0;
}
