/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * main.c - is a module silent that is left by a function of the kernel, which calls what waits?
 */
#include "../unload/mirror.h"

struct pci_driver {
	void (*remove)(int device);
};

void pci_unregister_driver(struct pci_driver *driver);
void mirror_remove(int device);

static struct pci_driver driver = { .remove = mirror_remove };

static void good_exit(void)
{
	pci_unregister_driver(&driver);
	mirror_stop();
}
module_exit(good_exit);
