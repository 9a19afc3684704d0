/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * gcc-compat.h - GCC's headers, and all that differs between GCC 9 and 16.
 *
 * Nobody else in this directory includes a header of GCC or looks at its
 * version. What is the same everywhere is used by its own name; what differs has one
 * name here, beginning with compat_.
 */
#ifndef GCC_COMPAT_H
#define GCC_COMPAT_H

#include "gcc-plugin.h"
#include "plugin-version.h"

#if GCCPLUGIN_VERSION_MAJOR < 9
#error "mncheck: this compiler is too old, build the plugin for GCC 9 or later"
#endif

#include "context.h"
#include "tree.h"
#include "stringpool.h"
#include "tree-pass.h"
#include "function.h"
#include "basic-block.h"
#include "gimple.h"
#include "gimple-iterator.h"
#include "tree-cfg.h"
#include "ssa.h"
#include "cgraph.h"
#include "fold-const.h"
#include "diagnostic-core.h"
#include "diagnostic.h"

/*
 * The path of a diagnostic has had one form from GCC 10 to 14; from 15 on it is
 * constructed in another way with each release, and events are notes there.
 */
#if GCCPLUGIN_VERSION_MAJOR >= 10 && GCCPLUGIN_VERSION_MAJOR < 15
#define COMPAT_HAS_PATH 1
#include "diagnostic-path.h"
#else
#define COMPAT_HAS_PATH 0
#endif

#if GCCPLUGIN_VERSION_MAJOR >= 14
#define compat_inhibit_warnings(dc)	((dc)->m_inhibit_warnings)
#define compat_warn_system_headers(dc)	((dc)->m_warn_system_headers)
#define compat_werror(dc)		((dc)->warning_as_error_requested_p())
#define compat_set_werror(dc, value)	((dc)->set_warning_as_error_requested(value))
#else
#define compat_inhibit_warnings(dc)	((dc)->dc_inhibit_warnings)
#define compat_warn_system_headers(dc)	((dc)->dc_warn_system_headers)
#define compat_werror(dc)		((dc)->warning_as_error_requested)
#define compat_set_werror(dc, value)	((dc)->warning_as_error_requested = (value))
#endif

#endif /* GCC_COMPAT_H */
