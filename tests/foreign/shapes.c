// SPDX-License-Identifier: GPL-2.0-only
/*
 * shapes.c - GNU C that a kernel has little or nothing of, around regions that are right.
 */
#include "api.h"

int given(int x);

static void end_region(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_end(range);
}

/* attribute cleanup, on each way out */
int cleaned_up(int x)
{
	__attribute__((cleanup(end_region))) struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, 0, 0, 0, foreign_mm, 0, 4096);
	mmu_notifier_invalidate_range_start(&range);
	if (x)
		return given(x);
	return 0;
}

int asm_goto(int x)
{
	FOREIGN_REGION;
	asm goto("test %0, %0; jnz %l1" : : "r" (x) : "cc" : taken);
	return given(1);
taken:
	FOREIGN_REGION;
	return given(2);
}

int asm_outputs(int x)
{
	int in_out = x, out;

	asm volatile("mov %1, %0; inc %1" : "=&r" (out), "+r" (in_out) : : "memory");
	FOREIGN_REGION;
	return out + in_out;
}

/* a function in a function, whose address is taken */
int nested(int x)
{
	int inner(int y)
	{
		FOREIGN_REGION;
		return y ? given(x + y) : x;
	}
	int (*pointer)(int) = inner;

	return inner(1) + pointer(2);
}

int computed_goto(const int *code)
{
	static void *const to[] = { &&add, &&region, &&stop };
	int sum = 0;

	goto *to[*code++];
add:
	sum += *code++;
	goto *to[*code++];
region:
	FOREIGN_REGION;
	goto *to[*code++];
stop:
	return sum;
}

int statement_expression(int n)
{
	return ({ int twice = 2 * n; FOREIGN_REGION; twice; }) ?: ({ return 3; 4; });
}

int variable_length(int n)
{
	char text[n + 1];
	__int128 wide = n;
	_Complex double complex = n;

	FOREIGN_REGION;
	text[n] = (char)(wide * wide);
	return text[n] + (int)__real__ complex;
}

int case_range(int n)
{
	switch (n) {
	case -5 ... 5:
		FOREIGN_REGION;
		return 1;
	case 6:
		n++;
		__attribute__((fallthrough));
	default:
		return __builtin_expect(n, 0) ? given(n) : __builtin_types_compatible_p(int, long);
	}
}

typedef int vector __attribute__((vector_size(16)));

struct bits {
	unsigned int a : 3, b : 29;
	union { vector v; int each[4]; };
};

int bits_and_vectors(struct bits x, struct bits *y)
{
	struct bits copy = *y;

	FOREIGN_REGION;
	copy.v += x.v;
	copy.a ^= x.b;
	*y = copy;
	return y->each[copy.a & 3];
}

int __attribute__((noreturn)) never(void);

int does_not_return(int x)
{
	FOREIGN_REGION;
	if (x)
		never();
	__builtin_unreachable();
}
