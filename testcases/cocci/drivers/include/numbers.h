/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * numbers.h - what kernels have for two numbers.
 */
#ifndef TEST_NUMBERS_H
#define TEST_NUMBERS_H

#define min(x, y)	((x) < (y) ? (x) : (y))
#define swap(a, b) \
	do { typeof(a) __tmp = (a); (a) = (b); (b) = __tmp; } while (0)

#endif /* TEST_NUMBERS_H */
