/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * device.h - what a device of these cases does, in another file, and the mirror of reader.h as a driver finds it.
 */
#ifndef TEST_DEVICE_H
#define TEST_DEVICE_H

#include "reader.h"

void device_unmap(struct mirror *mirror, unsigned long start, unsigned long end);
void device_note(struct mirror *mirror);
bool device_is_idle(struct mirror *mirror);
unsigned long device_sequence(struct mirror *mirror);
int pr_debug(const char *format, ...);

#define to_mirror(notifier) container_of(notifier, struct mirror, mni)

#endif /* TEST_DEVICE_H */
