/* SPDX-License-Identifier: GPL-2.0-only */
/* A kernel's build finds the architecture's header by its include path. */
#ifdef CONFIG_ARM64
#include "../../arch/arm64/include/asm/kvm_host.h"
#else
#include "../../arch/x86/include/asm/kvm_host.h"
#endif
