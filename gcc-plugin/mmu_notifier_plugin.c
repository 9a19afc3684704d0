// SPDX-License-Identifier: GPL-2.0-only
/*
 * mmu_notifier_plugin.c - the GCC plugin: options, and what happens when.
 *
 * The pass runs once a unit, right after the functions are in SSA form and before
 * early inlining, so that the kernel's static inline functions are still calls.
 * It reads the unit, and prints; what is compiled stays the same to the byte.
 *
 * Options, each as -fplugin-arg-mmu_notifier_plugin-NAME[=VALUE]: see help_text below.
 *
 * Debugging: dump= shows what the engine is given, trace= what it makes of it,
 * mn-replay does the same from the dump without a compiler.
 */
#include <sys/resource.h>

#include "adapter.h"

#define VISIBLE __attribute__((visibility("default")))

VISIBLE int plugin_is_GPL_compatible;

static const char help_text[] =
	"mncheck: -fplugin-arg-mmu_notifier_plugin-NAME[=VALUE], where NAME is\n"
	"  contract=FILE      rows of your own, on top of the built-in contract (repeatable)\n"
	"  rules=LIST         judge these rules only, separated by commas\n"
	"  error              findings are errors\n"
	"  kernel=VERSION     the kernel whose rows hold, such as 4.12\n"
	"  record=FILE        append findings and figures to FILE, one line of JSON a unit\n"
	"  stats              print figures to stderr\n"
	"  trace=FUNC         print how the state changes in FUNC to stderr\n"
	"  dot=FUNC[:FILE]    the graph of FUNC with its states, for Graphviz\n"
	"  dump[=FILE]        what the engine is given, in its text form\n"
	"  limit-states=N, limit-steps=N, limit-contexts=N\n"
	"                     where to give up on a function\n"
	"  no-merge           keep all states apart (a test of the engine)\n"
	"  reach              records say what each function gets done (make conversion)\n"
	"  disable            do nothing\n"
	"  help               this text";

static struct plugin_info info = { "1", help_text };

struct settings {
	struct mn_options engine;
	const char **contracts;
	int ncontracts;
	const char *record, *dump, *dot;
	bool disable, error, stats;
};

/* the plugin's own; everything below gets it by pointer */
static struct plugin {
	const char *name;
	struct settings settings;
	struct declarations declared;
	struct mn_contract *contract;
} plugin;

/* ------------------------------------------------------------------ */
/* options                                                             */

static bool option_error(const char *name, const char *what)
{
	error("mncheck: %s%s-%s: %s", "-fplugin-arg-", plugin.name, name, what);
	return false;
}

static bool set_flag(bool *flag, const char *name, const char *value)
{
	if (value)
		return option_error(name, "takes no value");
	*flag = true;
	return true;
}

static bool set_text(const char **text, const char *name, const char *value)
{
	if (!value || !*value)
		return option_error(name, "needs a value, write it behind '='");
	*text = value;
	return true;
}

static bool set_contract(struct settings *s, const char *name, const char *value)
{
	s->contracts = XRESIZEVEC(const char *, s->contracts, s->ncontracts + 1);
	return set_text(&s->contracts[s->ncontracts++], name, value);
}

/* an option that all adapters have */
static bool set_common(struct settings *s, const char *name, const char *value)
{
	static const char prefix[] = "mncheck: error: ";
	const char *what;
	char err[1024];

	switch (mn_option(&s->engine, name, value, err, sizeof(err))) {
	case 0:
		return true;
	case -ENOENT:
		return option_error(name, "no such option; the option help lists them");
	default:
		what = strncmp(err, prefix, sizeof(prefix) - 1) ? err :
		       err + sizeof(prefix) - 1;
		error("mncheck: %s%s-%s", "-fplugin-arg-", plugin.name, what);
		return false;
	}
}

static bool set_option(struct settings *s, const char *name, const char *value)
{
	bool help = false;

	if (!strcmp(name, "contract"))
		return set_contract(s, name, value);
	if (!strcmp(name, "record"))
		return set_text(&s->record, name, value);
	if (!strcmp(name, "dot"))
		return set_text(&s->dot, name, value);
	if (!strcmp(name, "dump"))
		return set_text(&s->dump, name, value ? value : "-");
	if (!strcmp(name, "error"))
		return set_flag(&s->error, name, value);
	if (!strcmp(name, "stats"))
		return set_flag(&s->stats, name, value);
	if (!strcmp(name, "disable"))
		return set_flag(&s->disable, name, value);
	if (strcmp(name, "help"))
		return set_common(s, name, value);
	if (!set_flag(&help, name, value))
		return false;
	fprintf(stderr, "%s\n", help_text);
	return true;
}

/* ------------------------------------------------------------------ */
/* contract                                                            */

static bool contract_failed(const char *err)
{
	fprintf(stderr, "%s\n", err);
	error("mncheck: the contract cannot be used");
	return false;
}

static bool read_contract(struct plugin *p)
{
	char err[1024];
	int i;

	if (p->contract)
		return true;
	p->contract = mn_contract_new();
	if (mn_contract_read(p->contract, "mmu_notifier.contract",
			     mn_contract_text(), err, sizeof(err)))
		return contract_failed(err);
	for (i = 0; i < p->settings.ncontracts; i++)
		if (mn_contract_read_file(p->contract, p->settings.contracts[i],
					  err, sizeof(err)))
			return contract_failed(err);
	return true;
}

/* ------------------------------------------------------------------ */
/* the pass                                                            */

static double user_seconds(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_utime.tv_sec + usage.ru_utime.tv_usec / 1e6;
}

/* @ret: 0 or a negative errno */
static void told(int ret, const char *path)
{
	if (ret)
		error_at(UNKNOWN_LOCATION, "mncheck: cannot write %qs: %s", path,
			 xstrerror(-ret));
}

static bool is_lowered(const struct adapter *a, const char *name)
{
	const struct body *body = body_named(a, name);

	return body && mn_func_wanted(body->func);
}

/* of the unit that has the function: a build gives the option to all */
static void write_dot(const struct settings *s, const struct adapter *a)
{
	char *func = xstrdup(s->dot);
	char *path = strchr(func, ':');

	if (path)
		*path++ = '\0';
	else
		path = func + strlen(func);
	if (is_lowered(a, func))
		told(mn_dot_save(a->unit, func, *path ? path : "-"), path);
	free(func);
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
	double began = user_seconds();
	struct adapter a;
	double seconds;

	if (!read_contract(p))
		return;
	adapter_begin(&a, p->contract,
		      mn_unit_new(p->contract, &p->settings.engine,
				  main_input_filename));
	check(&a, p);
	seconds = user_seconds() - began;
	report_findings(&a, p->settings.error);
	report_trouble(a.unit);
	if (p->settings.dot)
		write_dot(&p->settings, &a);
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
	free(p->settings.contracts);
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
	for (i = 0; i < args->argc; i++)
		fine &= set_option(&plugin.settings, args->argv[i].key,
				   args->argv[i].value);
	if (!fine || (plugin.settings.ncontracts && !read_contract(&plugin)))
		return 1;
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
