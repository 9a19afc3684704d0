// SPDX-License-Identifier: GPL-2.0-only
/*
 * json.c - a string of JSON.
 */
#include "report.h"

/* length of the UTF-8 sequence at @s, 0 if there is none */
static int utf8_length(const char *s)
{
	unsigned char c = (unsigned char)*s;
	int i, len = c >= 0xf0 && c < 0xf5 ? 4 : c >= 0xe0 ? 3 : 2;

	if (c < 0x80)
		return 1;
	if (c < 0xc2 || c >= 0xf5)
		return 0;
	for (i = 1; i < len; i++)
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

void record_string(const char *s, FILE *to)
{
	unsigned char c;
	int len;

	putc('"', to);
	for (; s && (c = (unsigned char)*s); s += len ? len : 1) {
		len = utf8_length(s);
		if (c == '"' || c == '\\')
			fprintf(to, "\\%c", c);
		else if (c < ' ')
			fprintf(to, "\\u%04x", c);
		else if (!len)
			fputs("\\ufffd", to);
		else
			fwrite(s, 1, (size_t)len, to);
	}
	putc('"', to);
}
