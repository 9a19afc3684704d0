// SPDX-License-Identifier: GPL-2.0-only
/*
 * version.c - versions of kernels as the contract writes them, MAJOR.MINOR, and intervals of them.
 */
#include "base.h"

bool kernels_overlap(struct kernels a, struct kernels b)
{
	return a.from <= b.to && b.from <= a.to;
}

/* digits without a leading zero, at most KERNEL_PART_MAX; moves *p behind them */
static int parse_number(const char **p)
{
	int n = 0;

	if (**p < '0' || (**p == '0' && (*p)[1] >= '0' && (*p)[1] <= '9'))
		return -1;
	for (; **p >= '0' && **p <= '9'; (*p)++) {
		n = n * 10 + (**p - '0');
		if (n > KERNEL_PART_MAX)
			return -1;
	}
	return n;
}

int kernel_parse(const char *text)
{
	int major, minor;

	major = parse_number(&text);
	if (major < 0 || *text++ != '.')
		return -1;
	minor = parse_number(&text);
	if (minor < 0 || *text)
		return -1;
	return KERNEL(major, minor);
}

const char *kernel_text(int kernel, char *buf, size_t size)
{
	if (kernel <= 0 || kernel == KERNEL_ANY)
		return "";
	snprintf(buf, size, "%d.%d", kernel >> 8, kernel & 0xff);
	return buf;
}

bool mn_kernel_valid(const char *text)
{
	return kernel_parse(text) >= KERNEL(3, 7);
}
