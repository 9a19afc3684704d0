/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cleanup.h - guards: locks that the end of a scope drops.
 *
 * A guard is a variable with a constructor, which returns a structure by value,
 * and a destructor that the compiler calls at each way out of the scope. The
 * text of a function shows neither call. Names and shapes are those of Linux 6.12.
 */
#ifndef TEST_CLEANUP_H
#define TEST_CLEANUP_H

#include "rcupdate.h"
#include "spinlock.h"

#define __cleanup(func)	__attribute__((__cleanup__(func)))
#define __join(a, b)	a##b
#define __paste(a, b)	__join(a, b)
#define __unique(name)	__paste(name, __COUNTER__)

#define DEFINE_LOCK_GUARD_1(_name, _type, _lock, _unlock)		\
static __maybe_unused const bool class_##_name##_is_conditional = false; \
typedef struct {							\
	_type *lock;							\
} class_##_name##_t;							\
									\
static inline void class_##_name##_destructor(class_##_name##_t *_T)	\
{									\
	if (_T->lock) {							\
		_unlock;						\
	}								\
}									\
									\
static inline void *class_##_name##_lock_ptr(class_##_name##_t *_T)	\
{									\
	return _T->lock;						\
}									\
									\
static inline class_##_name##_t class_##_name##_constructor(_type *l)	\
{									\
	class_##_name##_t _t = { .lock = l }, *_T = &_t;		\
									\
	_lock;								\
	return _t;							\
}

#define DEFINE_LOCK_GUARD_0(_name, _lock, _unlock)			\
static __maybe_unused const bool class_##_name##_is_conditional = false; \
typedef struct {							\
	void *lock;							\
} class_##_name##_t;							\
									\
static inline void class_##_name##_destructor(class_##_name##_t *_T)	\
{									\
	if (_T->lock) {							\
		_unlock;						\
	}								\
}									\
									\
static inline void *class_##_name##_lock_ptr(class_##_name##_t *_T)	\
{									\
	return _T->lock;						\
}									\
									\
static inline class_##_name##_t class_##_name##_constructor(void)	\
{									\
	class_##_name##_t _t = { .lock = (void *)1 };			\
									\
	_lock;								\
	return _t;							\
}

#define CLASS(_name, var)						\
	class_##_name##_t var __cleanup(class_##_name##_destructor) =	\
		class_##_name##_constructor

#define guard(_name)	CLASS(_name, __unique(guard))

#define __scoped_guard(_name, _label, args...)				\
	for (CLASS(_name, scope)(args);					\
	     class_##_name##_lock_ptr(&scope) ||			\
	     !class_##_name##_is_conditional;				\
	     ({ goto _label; }))					\
		if (0) {						\
_label:									\
			break;						\
		} else

#define scoped_guard(_name, args...)					\
	__scoped_guard(_name, __unique(label), args)

DEFINE_LOCK_GUARD_1(spinlock, spinlock_t,
		    spin_lock(_T->lock), spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_0(rcu, rcu_read_lock(), rcu_read_unlock())
DEFINE_LOCK_GUARD_0(preempt, preempt_disable(), preempt_enable())
DEFINE_LOCK_GUARD_0(irq, local_irq_disable(), local_irq_enable())

/* a variable whose object the end of its scope frees */
#define DEFINE_FREE(_name, _type, _free)				\
static inline void __free_##_name(void *p)				\
{									\
	_type _T = *(_type *)p;						\
									\
	_free;								\
}

#define __free(_name)	__cleanup(__free_##_name)

static inline void *test_take(void *p)
{
	void *taken = *(void **)p;

	*(void **)p = (void *)0;
	return taken;
}

#define no_free_ptr(p)	((__typeof__(p))test_take(&(p)))

#endif /* TEST_CLEANUP_H */
