/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * device.c - is it seen in another unit what a function does, and that one does nothing?
 */
#include "era-c/mmu_notifier.h"
#include "driver.h"

void mirror_reload(struct device *dev)
{
	device_flush(dev, 0, 1);
	device_reload(dev);
}

void mirror_nothing(struct device *dev)
{
	dev->flushed++;
}

void mirror_flush(struct device *dev, unsigned long start)
{
	device_flush(dev, start, 1);
}
