// SPDX-License-Identifier: GPL-2.0-only
/*
 * contract.c - the reader of contracts, on texts that are none, or nearly.
 *
 * A text is read into an empty contract and on top of itself, as a user's file is on top of the
 * built-in one. One that is refused has its error, and leaves the contract as it was; one that is read is read again.
 */
#include <stdlib.h>
#include <string.h>

#include "mn.h"
#include "fuzz.h"

static void look_up(const struct mn_contract *contract)
{
	const char *type, *member;

	for (size_t i = 0; mn_contract_cell(contract, i, &type, &member); i++)
		mn_contract_calls_back(contract, type);
	mn_contract_knows(contract, "spin_lock");
}

static int read_once(struct mn_contract *contract, const char *text)
{
	char err[MN_ERROR_SIZE] = "";
	int ret = mn_contract_read(contract, "fuzz", text, err, sizeof(err));

	if (ret && (strncmp(err, "fuzz:", 5) || !strstr(err, ": error: ")))
		fuzz_fail("a contract was refused without an error");
	look_up(contract);
	return ret;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mn_contract *contract = mn_contract_new();
	char *text = fuzz_text(data, size);
	char err[16];

	if (read_once(contract, text) != read_once(contract, text))
		fuzz_fail("a contract is read once, and not a second time");
	/* with no room for the error */
	mn_contract_read(contract, "fuzz", text, err, sizeof(err));
	mn_contract_free(contract);
	free(text);
	return 0;
}
