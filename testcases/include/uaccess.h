/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * uaccess.h - user memory, which a page fault brings in.
 */
#ifndef TEST_UACCESS_H
#define TEST_UACCESS_H

#include "compiler.h"

unsigned long copy_to_user(void *to, const void *from, unsigned long n);
unsigned long copy_from_user(void *to, const void *from, unsigned long n);
unsigned long __copy_from_user_inatomic(void *to, const void *from, unsigned long n);
unsigned long fault_in_readable(const char *addr, unsigned long size);

static inline void might_fault(void)
{
}

int __get_user_8(unsigned long *to, const unsigned long *from);
#define get_user(x, ptr) ({ might_fault(); __get_user_8(&(x), ptr); })

#endif /* TEST_UACCESS_H */
