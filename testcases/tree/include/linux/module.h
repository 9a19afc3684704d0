/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/export.h>
#include <linux/kernel.h>

#define MODULE_LICENSE(text)		struct module
#define MODULE_DESCRIPTION(text)	struct module

#endif /* _LINUX_MODULE_H */
