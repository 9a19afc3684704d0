/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * gcc-compat.h - GCC's headers, and all that differs between GCC 9 and 16.
 *
 * No other file in this directory includes a header of GCC or looks at its
 * version. Names that are the same everywhere are used as they are; what differs has one
 * name here, which starts with compat_. "make check-gcc" compiles both sides of each
 * switch, and tests/test_house.py asks that there be no other.
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
#include "attribs.h"
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

/* GCC 9 has no path: events are notes there */
#if GCCPLUGIN_VERSION_MAJOR >= 15
#include "simple-diagnostic-path.h"
#elif GCCPLUGIN_VERSION_MAJOR >= 10
#include "diagnostic-path.h"
#endif
#define COMPAT_HAS_PATH (GCCPLUGIN_VERSION_MAJOR >= 10)

/*
 * What a simple_diagnostic_path is constructed with, in its parentheses: 16 wants to
 * know who names functions.
 */
#if GCCPLUGIN_VERSION_MAJOR >= 16
#define compat_path_arguments(printer)						\
	(*(const tree_logical_location_manager *)				\
	 global_dc->get_logical_location_manager(), (printer))
#else
#define compat_path_arguments(printer)	(printer)
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
