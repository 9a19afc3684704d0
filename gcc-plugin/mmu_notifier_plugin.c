// SPDX-License-Identifier: GPL-2.0-only
/*
 * mmu_notifier_plugin.c - the GCC plugin: options, and what happens when.
 *
 * The pass runs once a unit, right after the functions are in SSA form and before
 * early inlining, so that the kernel's static inline functions are still calls.
 * It reads the unit, and prints; the object file stays the same to the byte.
 *
 * Options, each as -fplugin-arg-mmu_notifier_plugin-NAME[=VALUE]: see core/lower/settings.c.
 *
 * Debugging: dump= writes the engine's input, trace= shows its states,
 * mn-replay does the same from the dump without a compiler.
 */
#include "adapter.h"

#define VISIBLE __attribute__((visibility("default")))

VISIBLE int plugin_is_GPL_compatible;

static struct plugin_info info = { "mncheck " MN_VERSION, NULL };

/* the plugin's own; everything below gets it by pointer */
static struct plugin {
	struct mn_front front;
	struct mn_settings settings;
	struct mn_declared declared;
	struct mn_contract *contract;
} plugin;

static void tell_error(const char *text)
{
	error_at(UNKNOWN_LOCATION, "mncheck: %s", text);
}

static const void *find_identifier(const char *word)
{
	return maybe_get_identifier(word);
}

static bool read_contract(struct plugin *p)
{
	if (!p->contract)
		p->contract = mn_front_contract(&p->settings);
	if (!p->contract)
		error("mncheck: the contract cannot be used");
	return p->contract;
}

/* ------------------------------------------------------------------ */
/* the pass                                                            */

static void run(const struct plugin *p)
{
	struct adapter a;

	memset(&a.run, 0, sizeof(a.run));
	a.run.front = &p->front;
	a.run.settings = &p->settings;
	a.run.contract = p->contract;
	a.run.file = main_input_filename;
	a.run.data = &a;
	a.declared = &p->declared;
	if (mn_run_check(&a.run) && !seen_error())
		tell_error("a comment 'mncheck: ignore' has to be repaired, see above");
}

static bool is_worth_a_look(const struct plugin *p)
{
	struct cgraph_node *node;

	if (p->declared.list.n || p->settings.every)
		return true;
	FOR_EACH_FUNCTION(node)
		if (mn_is_signal(word_of(node->decl)))
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
		if (read_contract(&plugin))
			run(&plugin);
		return 0;
	}
};
}

/* ------------------------------------------------------------------ */
/* GCC's side                                                          */

static void on_finish(void *, void *data)
{
	struct plugin *p = (struct plugin *)data;

	mn_declared_free(&p->declared);
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

	if (!right_compiler(compiler))
		return 1;
	plugin.front.option = concat("-fplugin-arg-", args->base_name, "-", NULL);
	plugin.front.error = tell_error;
	plugin.front.identifier = find_identifier;
	plugin.front.facts = facts_tell;
	plugin.front.lower = lower_function;
	plugin.front.finding = report_finding;
	info.help = concat("mncheck: ", plugin.front.option, "NAME[=VALUE], where NAME is\n",
			   mn_settings_help(), "\n  version            print the version", NULL);
	for (int i = 0; i < args->argc; i++) {
		if (!strcmp(args->argv[i].key, "version") && !args->argv[i].value)
			fprintf(stderr, "%s, for GCC %s\n", info.version, gcc_version.basever);
		else
			fine &= mn_front_option(&plugin.front, &plugin.settings,
						args->argv[i].key, args->argv[i].value);
	}
	if (!fine || (plugin.settings.ncontracts && !read_contract(&plugin)))
		return 1;
	if (plugin.settings.help)
		fprintf(stderr, "%s\n", info.help);
	register_callback(args->base_name, PLUGIN_INFO, NULL, &info);
	if (plugin.settings.disable)
		return 0;
	register_callback(args->base_name, PLUGIN_FINISH_DECL, facts_declaration,
			  &plugin.declared);
	register_callback(args->base_name, PLUGIN_START_PARSE_FUNCTION,
			  facts_declaration, &plugin.declared);
	register_callback(args->base_name, PLUGIN_FINISH, on_finish, &plugin);
	register_pass(args->base_name);
	return 0;
}
