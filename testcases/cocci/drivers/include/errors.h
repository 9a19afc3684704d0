/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * errors.h - the errors of a start.
 */
#ifndef TEST_ERRORS_H
#define TEST_ERRORS_H

#define EAGAIN	11

#endif /* TEST_ERRORS_H */
