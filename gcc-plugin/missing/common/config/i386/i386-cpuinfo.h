/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * i386-cpuinfo.h - stands in for a header of GCC 10 that Debian's gcc-10-plugin-dev
 * left out, although i386.h includes it.
 *
 * Found only where the compiler brings none: this folder is searched last. i386.h
 * wants the size of one type; nothing here asks for its values.
 */
#ifndef COMPAT_I386_CPUINFO_H
#define COMPAT_I386_CPUINFO_H

enum feature_priority : unsigned int;

#endif /* COMPAT_I386_CPUINFO_H */
