// SPDX-License-Identifier: GPL-2.0-only
/// A free_notifier that puts what may be the last reference of an enclave: a work puts it,
/// since the callback runs with bottom halves off and the release of an enclave sleeps.
//
// Options: --no-includes --include-headers --smpl-spacing

virtual patch

@ called @
identifier ops, callback;
@@
 struct mmu_notifier_ops ops = {
 	.free_notifier = callback,
 };

@ puts @
identifier called.callback, mn, own, type, object, count, member;
symbol sgx_encl_release;
@@
 callback(struct mmu_notifier *mn)
 {
 	struct type *own = container_of(mn, struct type, member);

 	kref_put(&own->object->count, sgx_encl_release);
 	kfree(own);
 }

@ structure depends on puts @
identifier puts.type, puts.member;
@@
 struct type {
 ...
 	struct mmu_notifier member;
+	struct work_struct free_work;
 };

@ by_work depends on structure @
identifier called.callback, puts.mn, puts.own, puts.type, puts.object, puts.count, puts.member;
symbol sgx_encl_release;
@@
+static void sgx_encl_mm_free(struct work_struct *work)
+{
+	struct type *own = container_of(work, struct type, free_work);
+
+	/* 'encl_mm' is going away, put encl_mm->encl reference: */
+	kref_put(&own->object->count, sgx_encl_release);
+
+	kfree(own);
+}
+
 callback(struct mmu_notifier *mn)
 {
-	struct type *own = container_of(mn, struct type, member);
-
-	kref_put(&own->object->count, sgx_encl_release);
-	kfree(own);
+	struct type *own = container_of(mn, struct type, member);
+
+	/* Bottom halves are off here, and sgx_encl_release() sleeps: */
+	INIT_WORK(&own->free_work, sgx_encl_mm_free);
+	schedule_work(&own->free_work);
 }
