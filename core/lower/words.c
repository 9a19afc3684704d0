// SPDX-License-Identifier: GPL-2.0-only
/*
 * words.c - the words of the source, put together again from the pieces of an expression.
 *
 * An adapter walks the form in which its compiler keeps an expression; the words in C
 * are the same for all. An expression that does not fit has no words: better none than
 * wrong ones. Names that mean something to every adapter are here, too.
 */
#include "program.h"
#include "lower.h"

/* put @word in front of what stands from @from on */
static bool put_before(struct mn_words *w, size_t from, const char *word)
{
	size_t n = word ? strlen(word) : sizeof(w->text);

	w->full |= n >= sizeof(w->text) - w->n;
	if (w->full)
		return false;
	memmove(w->text + from + n, w->text + from, w->n - from + 1);
	memcpy(w->text + from, word, n);
	w->n += n;
	return true;
}

bool mn_words(struct mn_words *w, const char *word)
{
	return put_before(w, w->n, word);
}

bool mn_words_number(struct mn_words *w, int64_t number)
{
	char word[24];		/* 2^63 has 19 digits */

	snprintf(word, sizeof(word), "%lld", (long long)number);
	return mn_words(w, word);
}

static bool drop_first(struct mn_words *w, size_t from)
{
	memmove(w->text + from, w->text + from + 1, w->n - from);
	w->n--;
	return true;
}

bool mn_words_pointed(struct mn_words *w, size_t from)
{
	return w->text[from] == '&' ? drop_first(w, from) : put_before(w, from, "*");
}

bool mn_words_arrow(struct mn_words *w, size_t from)
{
	if (w->text[from] == '&')
		return drop_first(w, from) && mn_words(w, ".");
	if (w->text[from] == '*')
		return put_before(w, from, "(") && mn_words(w, ")->");
	return mn_words(w, "->");
}

const char *mn_words_text(const struct mn_words *w)
{
	return w->full ? NULL : w->text;
}

/* ------------------------------------------------------------------ */
/* names                                                               */

bool mn_is_signal(const char *name)
{
	const char *signal;
	size_t i;

	for (i = 0; (signal = mn_contract_signal(i)); i++)
		if (!strcmp(signal, name))
			return true;
	return false;
}

bool mn_is_export(const char *name)
{
	return name && (strstr(name, "ksymtab") || strstr(name, "export_symbol") ||
			strstr(name, "_addressable_") || strstr(name, ".discard."));
}
