// SPDX-License-Identifier: GPL-2.0-only
/*
 * mmu_notifier_plugin.c - the GCC plugin: options, and what happens when.
 *
 * The pass runs once a unit, right after the functions are in SSA form and before
 * early inlining, so that the kernel's static inline functions are still calls.
 * It reads the unit, and prints; what is compiled stays the same to the byte.
 *
 * Options, each as -fplugin-arg-mmu_notifier_plugin-NAME[=VALUE]: see core/lower/settings.c.
 *
 * Debugging: dump= shows what the engine is given, trace= what it makes of it,
 * mn-replay does the same from the dump without a compiler.
 */
#include "adapter.h"

#define VISIBLE __attribute__((visibility("default")))

VISIBLE int plugin_is_GPL_compatible;

static struct plugin_info info = { "1", NULL };

/* the plugin's own; everything below gets it by pointer */
static struct plugin {
	const char *name;
	struct mn_settings settings;
	struct declarations declared;
	struct mn_contract *contract;
} plugin;

/* ------------------------------------------------------------------ */
/* options                                                             */

static bool set_option(struct mn_settings *s, const char *name, const char *value)
{
	char err[1024];

	switch (mn_setting(s, name, value, err, sizeof(err))) {
	case 0:
		return true;
	case -ENOENT:
		error("mncheck: %s%s-%s: no such option; the option help lists them",
		      "-fplugin-arg-", plugin.name, name);
		return false;
	default:
		error("mncheck: %s%s-%s", "-fplugin-arg-", plugin.name, err);
		return false;
	}
}

/* ------------------------------------------------------------------ */
/* contract                                                            */

static bool read_contract(struct plugin *p)
{
	char err[1024];

	if (!p->contract)
		p->contract = mn_settings_contract(&p->settings, err, sizeof(err));
	if (p->contract)
		return true;
	fprintf(stderr, "%s\n", err);
	error("mncheck: the contract cannot be used");
	return false;
}

/* ------------------------------------------------------------------ */
/* the pass                                                            */

/* @ret: 0 or a negative errno */
static void told(int ret, const char *path)
{
	if (ret)
		error_at(UNKNOWN_LOCATION, "mncheck: cannot write %qs: %s", path,
			 xstrerror(-ret));
}

static void check(struct adapter *a, const struct plugin *p)
{
	int i;

	facts_tell(a, &p->declared);
	mn_unit_plan(a->unit);
	for (i = 0; i < a->nbodies; i++)
		if (mn_func_wanted(a->bodies[i].func))
			lower_function(a, &a->bodies[i]);
	if (p->settings.dump)
		told(mn_text_save(a->unit, p->settings.dump), p->settings.dump);
	mn_unit_check(a->unit);
}

static void run(struct plugin *p)
{
	double began = mn_user_seconds();
	struct adapter a;
	double seconds;

	if (!read_contract(p))
		return;
	adapter_begin(&a, p->contract,
		      mn_unit_new(p->contract, &p->settings.engine,
				  main_input_filename));
	check(&a, p);
	seconds = mn_user_seconds() - began;
	report_findings(&a, p->settings.error);
	report_trouble(a.unit);
	if (p->settings.dot)
		told(mn_settings_dot(&p->settings, a.unit), p->settings.dot);
	if (p->settings.stats)
		report_stats(a.unit, seconds);
	if (p->settings.record)
		told(mn_record_append(a.unit, seconds, p->settings.record),
		     p->settings.record);
	mn_unit_free(a.unit);
	adapter_end(&a);
}

/* does the unit call a function of that name? most units do not even have the word */
static bool calls_function(const char *name)
{
	tree id = maybe_get_identifier(name);
	struct cgraph_node *node;

	if (id)
		FOR_EACH_FUNCTION(node)
			if (DECL_NAME(node->decl) == id)
				return true;
	return false;
}

static bool is_worth_a_look(const struct plugin *p)
{
	const char *name;
	size_t i;

	if (p->declared.n)
		return true;
	for (i = 0; (name = mn_contract_signal(i)); i++)
		if (calls_function(name))
			return true;
	return false;
}

static const struct pass_data pass_data_mncheck = {
	SIMPLE_IPA_PASS, "mncheck", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0
};

namespace {
class pass_mncheck : public simple_ipa_opt_pass {
public:
	pass_mncheck() : simple_ipa_opt_pass(pass_data_mncheck, g) {}

	bool gate(function *) override
	{
		return !seen_error() && is_worth_a_look(&plugin);
	}

	unsigned int execute(function *) override
	{
		run(&plugin);
		return 0;
	}
};
}

/* ------------------------------------------------------------------ */
/* GCC's side                                                          */

static void on_declaration(void *decl, void *data)
{
	struct plugin *p = (struct plugin *)data;

	facts_declaration(&p->declared, (tree)decl);
}

static void on_finish(void *, void *data)
{
	struct plugin *p = (struct plugin *)data;

	declarations_free(&p->declared);
	mn_contract_free(p->contract);
	mn_settings_free(&p->settings);
	p->contract = NULL;
}

static void register_pass(const char *name)
{
	struct register_pass_info pass;

	pass.pass = new pass_mncheck();
	pass.reference_pass_name = "build_ssa_passes";
	pass.ref_pass_instance_number = 1;
	pass.pos_op = PASS_POS_INSERT_AFTER;
	register_callback(name, PLUGIN_PASS_MANAGER_SETUP, NULL, &pass);
}

static bool right_compiler(const struct plugin_gcc_version *compiler)
{
	if (!strcmp(compiler->basever, gcc_version.basever) &&
	    !strcmp(compiler->datestamp, gcc_version.datestamp))
		return true;
	fprintf(stderr, "mncheck: error: this plugin was built for GCC %s (%s), "
		"the compiler is GCC %s (%s); build it again with make GCC=...\n",
		gcc_version.basever, gcc_version.datestamp, compiler->basever,
		compiler->datestamp);
	return false;
}

extern "C" VISIBLE int plugin_init(struct plugin_name_args *args,
				   struct plugin_gcc_version *compiler)
{
	bool fine = true;
	int i;

	if (!right_compiler(compiler))
		return 1;
	plugin.name = args->base_name;
	info.help = concat("mncheck: -fplugin-arg-", plugin.name,
			   "-NAME[=VALUE], where NAME is\n", mn_settings_help(), NULL);
	for (i = 0; i < args->argc; i++)
		fine &= set_option(&plugin.settings, args->argv[i].key,
				   args->argv[i].value);
	if (!fine || (plugin.settings.ncontracts && !read_contract(&plugin)))
		return 1;
	if (plugin.settings.help)
		fprintf(stderr, "%s\n", info.help);
	register_callback(args->base_name, PLUGIN_INFO, NULL, &info);
	if (plugin.settings.disable)
		return 0;
	register_callback(args->base_name, PLUGIN_FINISH_DECL, on_declaration, &plugin);
	register_callback(args->base_name, PLUGIN_START_PARSE_FUNCTION,
			  on_declaration, &plugin);
	register_callback(args->base_name, PLUGIN_FINISH, on_finish, &plugin);
	register_pass(args->base_name);
	return 0;
}
