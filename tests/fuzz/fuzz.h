/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fuzz.h - what the targets share: an input as a text, and a place for what is printed.
 *
 * A target is a function of libFuzzer's and a name; what it calls is the engine as it is.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* what libFuzzer calls, and gives */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

/* the input with a NUL behind it, to be freed */
char *fuzz_text(const uint8_t *data, size_t size);
/* where to print what nobody reads */
FILE *fuzz_sink(void);
/* ends the process, as a fault of what is tested */
void fuzz_fail(const char *what) __attribute__((noreturn));

#endif /* FUZZ_H */
