// SPDX-License-Identifier: GPL-2.0-only
/*
 * contract_embedded.c - the contract that was embedded when this was built.
 *
 * Its text is there, to be read, and the memory that reading it comes to, to be used as it is: a compiler
 * loads the plugin for each file, and most files are looked at in less time than the text takes.
 * tools/build/contract_image.c makes that memory. A kernel's tree has the text alone.
 */
#include "contract_read.h"

extern const struct mn_contract *const contract_image __attribute__((weak));

struct mn_contract *contract_embedded(char *err, size_t size)
{
	struct mn_contract *contract = mn_contract_new();
	struct mn_arena *arena = contract->arena;

	if (&contract_image) {
		*contract = *contract_image;
		contract->arena = arena;
		return contract;
	}
	if (!mn_contract_read(contract, CONTRACT_NAME, mn_contract_text(), err, size))
		return contract;
	mn_contract_free(contract);
	return NULL;
}
