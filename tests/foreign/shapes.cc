// SPDX-License-Identifier: GPL-2.0-only
// shapes.cc - C++ around regions that are right: the plugin is loaded by cc1plus too.
#include "api.h"

int given(int x);

namespace {
struct region {
	mmu_notifier_range range;

	region() : range()
	{
		mmu_notifier_range_init(&range, 0, 0, nullptr, foreign_mm, 0, 4096);
		mmu_notifier_invalidate_range_start(&range);
	}
	~region() { mmu_notifier_invalidate_range_end(&range); }
};

template <typename T> T twice(T x)
{
	FOREIGN_REGION;
	return x + x;
}
}

struct base {
	virtual ~base() { }
	virtual int call(int x) { return twice(x); }
};

struct derived : base {
	int call(int x) override
	{
		auto inner = [&](int y) { FOREIGN_REGION; return x + y; };

		try {
			region r;
			if (x)
				throw x;
			return inner(1);
		} catch (int y) {
			return inner(y);
		}
	}
};

int use(base &b)
{
	return b.call(given(1)) + derived().call(2);
}
