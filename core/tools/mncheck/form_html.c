// SPDX-License-Identifier: GPL-2.0-only
/*
 * form_html.c - mncheck report as one page of HTML, which needs no server and no other file.
 *
 * A summary, filters, and each finding with the functions of its path, which html_code.c draws. What
 * comes from records or sources goes through put_html(); the script uses it as text only.
 */
#include <string.h>

#include "html.h"

int utf8_length(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	int n = *s < 0x80 ? 1 : *s < 0xc2 || *s > 0xf4 ? 0 : *s < 0xe0 ? 2 : *s < 0xf0 ? 3 : 4;

	for (int i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

void put_html(const char *text, FILE *to)
{
	static const char special[] = "&<>\"'";
	static const char *const names[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };
	const char *at;
	int n;

	for (; *text; text += n ? n : 1) {
		n = utf8_length(text);
		at = strchr(special, *text);
		if (at)
			fputs(names[at - special], to);
		else if (!n || ((unsigned char)*text < ' ' && *text != '\t' && *text != '\n'))
			fputs("\xef\xbf\xbd", to);
		else
			fwrite(text, 1, (size_t)n, to);
	}
}

/* ------------------------------------------------------------------ */
/* filters                                                             */

static const char *rule_part(const struct finding *f)
{
	return f->rule;
}

static const char *folder_part(const struct finding *f)
{
	const char *slash = strrchr(f->file, '/');

	return slash ? text_cut(f->file, (size_t)(slash - f->file)) : ".";
}

/* a choice of each part that a finding has, with how many have it */
static void put_choice(const struct report *report, const char *id, const char *label,
		       const char *(*part)(const struct finding *), FILE *to)
{
	const struct records *r = &report->records;

	fprintf(to, "<label>%s <select id=\"%s\"><option value=\"\">all</option>\n", label, id);
	for (int i = 0; i < r->nfindings; i++) {
		const char *name = part(&r->findings[i]);
		bool seen = false;
		int n = 0;

		for (int k = 0; k < r->nfindings; k++) {
			if (!report_shows(report, &r->findings[k]) ||
			    strcmp(part(&r->findings[k]), name))
				continue;
			seen |= k < i;
			n++;
		}
		if (seen || !report_shows(report, &r->findings[i]))
			continue;
		fputs("<option value=\"", to);
		put_html(name, to);
		fputs("\">", to);
		put_html(name, to);
		fprintf(to, " (%d)</option>\n", n);
	}
	fputs("</select></label>\n", to);
}

static void put_filters(const struct report *report, FILE *to)
{
	fputs("<form id=\"filter\">\n", to);
	put_choice(report, "rule", "Rule", rule_part, to);
	put_choice(report, "folder", "Folder", folder_part, to);
	fputs("<label>Text <input id=\"text\" type=\"search\"></label>\n"
	      "<output id=\"count\"></output>\n</form>\n", to);
}

/* ------------------------------------------------------------------ */
/* summary                                                             */

static void put_trouble(const char *text, FILE *to)
{
	fputs("<p class=\"trouble\">", to);
	put_html(text, to);
	fputs("</p>\n", to);
}

static void put_summary(const struct report *report, int shown, FILE *to)
{
	const struct records *r = &report->records;
	int functions = 0, simulated = 0;

	for (int i = 0; i < r->nunits; i++) {
		functions += r->units[i].functions;
		simulated += r->units[i].simulated;
	}
	fprintf(to, "<p>%d finding%s in %d files; %d of their %d functions were simulated.", shown,
		shown == 1 ? "" : "s", r->nunits, simulated, functions);
	if (report->baseline) {
		fprintf(to, " %d known to <code>", report_known(report));
		put_html(report->baseline, to);
		fprintf(to, "</code>%s.", report->known ? "" : ", not shown");
	}
	if (report_ignored(report))
		fprintf(to, " %d ignored by comments in the source.", report_ignored(report));
	fputs("</p>\n", to);
	for (int i = 0; i < r->nunits; i++) {
		const struct unit *u = &r->units[i];

		for (int k = 0; k < u->ntrouble; k++)
			put_trouble(text_of("%s: %s", u->file, u->trouble[k]), to);
		for (int k = 0; k < u->nneedless; k++)
			put_trouble(u->needless[k], to);
	}
}

static void put_legend(FILE *to)
{
	fputs("<p class=\"legend\"><span><i class=\"b p on\">\u2503</i> a page table lock is held</span> "
	      "<span><i class=\"b r on\">\u2551</i> a region is open</span> "
	      "<span><i class=\"b a on\">\u2506</i> sleeping is not allowed</span> "
	      "<span>along the path of the finding, as far as it is known</span></p>\n", to);
}

/* ------------------------------------------------------------------ */
/* findings                                                            */

static void put_attributes(const struct finding *f, FILE *to)
{
	fputs(" data-rule=\"", to);
	put_html(f->rule, to);
	fputs("\" data-folder=\"", to);
	put_html(folder_part(f), to);
	fputs("\"", to);
}

static void put_item(const struct finding *f, int number, FILE *to)
{
	fputs("<li", to);
	put_attributes(f, to);
	fprintf(to, "><a href=\"#f%d\">", number);
	put_html(text_of("%s:%d", f->file, f->line), to);
	fputs("</a> <b>", to);
	put_html(f->func, to);
	fputs("</b> <span>", to);
	put_html(f->text, to);
	fputs("</span> <em>", to);
	put_html(f->rule, to);
	fputs("</em></li>\n", to);
}

static void put_steps(const struct finding *f, int number, FILE *to)
{
	fputs("<ol class=\"steps\">\n", to);
	for (int i = 0; i < f->nevents; i++) {
		fprintf(to, "<li><a href=\"#f%d-s%d\">", number, i + 1);
		put_html(text_of("%s:%d", f->events[i].file, f->events[i].line), to);
		fputs("</a> ", to);
		put_html(f->events[i].text, to);
		fputs("</li>\n", to);
	}
	fputs("</ol>\n", to);
}

static void put_known(const struct finding *f, FILE *to)
{
	if (f->ignored) {
		fputs("<p class=\"known\"><b>ignored</b> ", to);
		put_html(f->ignored, to);
		fputs("</p>\n", to);
	}
	if (!f->known)
		return;
	fputs("<p class=\"known\"><b>known", to);
	if (f->verdict) {
		fputs(": ", to);
		put_html(f->verdict, to);
	}
	fputs("</b> ", to);
	put_html(f->reason ? f->reason : "", to);
	fputs("</p>\n", to);
}

static void put_article(const struct report *report, const struct finding *f, int number, FILE *to)
{
	fprintf(to, "<article id=\"f%d\" tabindex=\"-1\"", number);
	put_attributes(f, to);
	fputs(">\n<h2>", to);
	put_html(f->text, to);
	fprintf(to, "</h2>\n<p class=\"place\"><a href=\"#f%d-at\">", number);
	put_html(text_of("%s:%d:%d", f->file, f->line, f->col), to);
	fputs("</a> in <b>", to);
	put_html(f->func, to);
	fputs("</b> <a class=\"rule\" href=\"#rule-", to);
	put_html(f->rule, to);
	fputs("\">", to);
	put_html(f->rule, to);
	fputs("</a></p>\n", to);
	put_known(f, to);
	if (*f->fix) {
		fputs("<p class=\"fix\"><b>The fix:</b> ", to);
		put_html(f->fix, to);
		fputs("</p>\n", to);
	}
	put_steps(f, number, to);
	put_code(report, f, number, to);
	fputs("</article>\n", to);
}

static bool has_rule(const struct report *report, const char *rule)
{
	for (int i = 0; i < report->records.nfindings; i++)
		if (report_shows(report, &report->records.findings[i]) &&
		    !strcmp(report->records.findings[i].rule, rule))
			return true;
	return false;
}

static void put_rules(const struct report *report, FILE *to)
{
	fputs("<section><h2>The rules</h2>\n", to);
	for (const struct rule_text *r = rule_texts; r->rule; r++) {
		if (!has_rule(report, r->rule))
			continue;
		fprintf(to, "<details id=\"rule-%s\"><summary><b>%s</b> ", r->rule, r->rule);
		put_html(r->summary, to);
		fputs("</summary><pre>", to);
		put_html(r->text, to);
		fputs("</pre></details>\n", to);
	}
	fputs("</section>\n", to);
}

static void put_findings(const struct report *report, FILE *to,
			 void (*put)(const struct report *, const struct finding *, int, FILE *))
{
	const struct records *r = &report->records;
	int number = 0;

	for (int i = 0; i < r->nfindings; i++) {
		if (!report_shows(report, &r->findings[i]))
			continue;
		number++;
		if (put)
			put(report, &r->findings[i], number, to);
		else
			put_item(&r->findings[i], number, to);
	}
}

void html_start(const char *title, FILE *to)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	      "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<title>", to);
	put_html(title, to);
	fprintf(to, "</title>\n<style>\n%s</style>\n</head>\n<body>\n", page_css);
}

void print_html(const struct report *report, FILE *to)
{
	int shown = report->known ? report->records.nfindings : report_left(report);

	html_start(text_of("mncheck: %d finding%s", shown, shown == 1 ? "" : "s"), to);
	fputs("<header>\n<h1>mncheck</h1>\n", to);
	put_summary(report, shown, to);
	put_filters(report, to);
	fputs("</header>\n<nav><ol id=\"list\">\n", to);
	put_findings(report, to, NULL);
	fputs("</ol></nav>\n<main>\n", to);
	put_legend(to);
	put_findings(report, to, put_article);
	fputs("</main>\n", to);
	put_rules(report, to);
	fprintf(to, "<script>\n%s</script>\n</body>\n</html>\n", page_js);
}
