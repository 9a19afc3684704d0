// SPDX-License-Identifier: GPL-2.0-only
/*
 * context_command.c - how a file of a kernel, or of a module, was compiled: what kbuild wrote down.
 *
 * It is in .NAME.o.cmd beside the object: the compiler's command, and perhaps others behind a
 * semicolon, as make and the shell read it. The object lies beside the source, or in the
 * folder of the build below the same names. A command is the right one if it compiles this very file: that
 * tells which folder it was run in, too.
 */
#define _XOPEN_SOURCE 700
#include <stdlib.h>
#include <string.h>

#include "context.h"

static void add_word(struct compile_command *c, char *word)
{
	c->words = (char **)grow(c->words, c->n, &c->room, sizeof(*c->words));
	c->words[c->n] = word;
	c->n += word != NULL;
}

/* make's part: $(pound) and \# are '#', $$ is '$' */
static char *plain_text(const char *text)
{
	static const struct {
		const char *from, *to;
	} escapes[] = { { "$(pound)", "#" }, { "$$", "$" }, { "\\#", "#" } };
	char *plain = text_of("%s", text), *to = plain;

	while (*text) {
		size_t n = 1, i;

		for (i = 0; i < 3 && strncmp(text, escapes[i].from, strlen(escapes[i].from)); i++)
			;
		*to++ = i < 3 ? *escapes[i].to : *text;
		if (i < 3)
			n = strlen(escapes[i].from);
		text += n;
	}
	*to = '\0';
	return plain;
}

/* the shell's part: one word from @*text on; NULL: the command ends. @*text moves on */
static char *next_word(char **text)
{
	char *from = *text + strspn(*text, " \t"), *word = from, *to = from;
	char quote = 0;

	if (!*from || strchr(";&|\n", *from))
		return NULL;
	for (; *from && (quote || !strchr(" \t;&|\n", *from)); from++) {
		if (*from == quote) {
			quote = 0;
		} else if (!quote && (*from == '\'' || *from == '"')) {
			quote = *from;
		} else if (*from == '\\' && quote != '\'' && from[1] &&
			   (!quote || strchr("\"\\$`", from[1]))) {
			*to++ = *++from;
		} else {
			*to++ = *from;
		}
	}
	/* the word may end where the command does */
	*text = from;
	return text_cut(word, (size_t)(to - word));
}

/* words that write something, with the word behind them */
static bool writes(const char *word, bool *takes_next)
{
	static const char *const options[] = { "-o", "-MF", "-MT", "-MQ" };

	for (int i = 0; i < 4; i++) {
		*takes_next = !strcmp(word, options[i]);
		if (*takes_next)
			return true;
	}
	return !strcmp(word, "-c") || !strncmp(word, "-Wp,-M", 6) ||
	       (!strncmp(word, "-M", 2) && word[2] && strchr("DPGMFTQ", word[2]));
}

static bool is_own(const char *word)
{
	return (!strncmp(word, "-fplugin=", 9) || !strncmp(word, "-fplugin-arg-", 13)) &&
	       strstr(word, "mmu_notifier_plugin");
}

static bool is_source(const char *word, const char *real)
{
	const char *name = strrchr(word, '/'), *own = strrchr(real, '/') + 1;

	return *word != '-' && !strcmp(name ? name + 1 : word, own);
}

static void split(struct compile_command *c, char *text, const char *real)
{
	char *word;
	bool skip = false, options = false, takes_next;

	while ((word = next_word(&text))) {
		/* what stands in front of the compiler, such as ccache, runs it */
		options |= *word == '-';
		if (!options)
			c->n = 0;
		if (skip || is_own(word)) {
			skip = false;
			continue;
		}
		if (writes(word, &takes_next)) {
			skip = takes_next;
			continue;
		}
		if (is_source(word, real))
			c->source = word;
		else
			add_word(c, word);
	}
	add_word(c, NULL);
}

/* the command that is saved in @path, or NULL */
static struct compile_command *read_command(const char *path, const char *real)
{
	struct compile_command *c = NULL;
	FILE *from = fopen(path, "r");
	char *line = NULL, *text;
	size_t size = 0;

	if (!from)
		return NULL;
	while (!c && getline(&line, &size, from) >= 0) {
		text = strstr(line, " := ");
		if (!text || (strncmp(line, "cmd_", 4) && strncmp(line, "savedcmd_", 9)))
			continue;
		c = (struct compile_command *)zeroed(1, sizeof(*c));
		split(c, plain_text(text + 4), real);
	}
	free(line);
	fclose(from);
	return c;
}

/* is it @real that a command which is run in @folder compiles? */
static bool compiles(struct compile_command *c, const char *folder, const char *real)
{
	char *named, *path;
	bool same;

	if (!folder || !c->source)
		return false;
	path = text_of("%s%s%s", *c->source == '/' ? "" : folder, *c->source == '/' ? "" : "/",
		       c->source);
	named = realpath(path, NULL);
	same = named && !strcmp(named, real);
	free(named);
	if (same)
		c->folder = folder;
	return same;
}

/* .. in one of those that are known, or above where it was saved */
static bool find_folder(struct compile_command *c, const struct context_unit *unit, const char *saved,
			const char *real)
{
	char *folder = realpath(saved, NULL);

	if (compiles(c, unit->objdir, real) || compiles(c, unit->kdir, real))
		return true;
	/* a command with the source's whole name tells no folder: the build's own is named */
	while (folder && *folder && !(c->source && *c->source == '/')) {
		if (compiles(c, folder, real))
			return true;
		*strrchr(folder, '/') = '\0';
	}
	return false;
}

static struct compile_command *command_in(const struct context_unit *unit, const char *folder,
					  const char *name, const char *real)
{
	int stem = (int)(strrchr(name, '.') - name);
	const char *path = text_of("%s/.%.*s.o.cmd", folder, stem, name);
	struct compile_command *c = read_command(path, real);

	return c && find_folder(c, unit, folder, real) ? c : NULL;
}

struct compile_command *command_of(const struct context_unit *unit, const char *real)
{
	const char *name = strrchr(real, '/') + 1, *below;
	size_t n = (size_t)(name - real);
	struct compile_command *c = command_in(unit, text_cut(real, n), name, real);
	char *folder = text_cut(real, n > 1 ? n - 1 : n);

	/* below the build's folder it has the end of the source's name, the longest that is there */
	for (below = folder; !c && unit->objdir && below; below = strchr(below + 1, '/'))
		c = command_in(unit, text_of("%s%s", unit->objdir, below), name, real);
	if (!c && unit->objdir)
		c = command_in(unit, unit->objdir, name, real);
	return c;
}
