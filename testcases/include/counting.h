/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * counting.h - helpers of a header that are passed an object which counts; what they do is not judged.
 *
 * A file has counted.h first. Whether one may count is asked of its instructions.
 */
#ifndef TEST_COUNTING_H
#define TEST_COUNTING_H

struct kvm_hooks {
	void (*wake)(struct kvm *kvm);
	void (*wake_all)(void *data);
};

struct wait {
	struct kvm *kvm;
	unsigned long start;
};

void kvm_wake_elsewhere(struct kvm *kvm);
void all_wake(void);

static inline void kvm_note(struct kvm *kvm)
{
	kvm->dying = false;
}

static inline void kvm_tell(struct kvm *kvm)
{
	kvm->SEQUENCE++;
}

static inline void kvm_uncount(struct kvm *kvm)
{
	kvm->COUNT -= 2;
}

static inline void kvm_tell_by_hook(struct kvm *kvm, const struct kvm_hooks *hooks)
{
	hooks->wake(kvm);
}

static inline void kvm_tell_elsewhere(struct kvm *kvm)
{
	kvm_wake_elsewhere(kvm);
}

static inline void kvm_wake_all(struct kvm *kvm)
{
	kvm->dying = true;
	all_wake();
}

static inline void kvm_pause(void)
{
	barrier();
}

static inline void kvm_wait(struct kvm *kvm)
{
	while (kvm->dying)
		kvm_pause();
}

static inline void kvm_check(struct kvm *kvm)
{
	if (kvm->dying)
		(void)pte_lockptr(NULL, NULL);
}

static inline int kvm_1(const struct kvm *kvm)
{
	return kvm->dying ? 2 : 3;
}

static inline int kvm_2(const struct kvm *kvm)
{
	return kvm_1(kvm) + 1;
}

static inline int kvm_3(const struct kvm *kvm)
{
	return kvm_2(kvm) + 1;
}

static inline int kvm_4(const struct kvm *kvm)
{
	return kvm_3(kvm) + 1;
}

static inline int kvm_5(const struct kvm *kvm)
{
	return kvm_4(kvm) + 1;
}

#endif /* TEST_COUNTING_H */
