/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * record.h - the parts of a record that stand in files of their own.
 */
#ifndef RECORD_H
#define RECORD_H

#include "core.h"

/* a string of JSON, with its quotes */
void record_string(const char *s, FILE *to);
/* record_reach.c: ,"tables":[..] and, if asked for, ,"reach":{..} */
void record_reach(const struct mn_unit *unit, FILE *to);

#endif /* RECORD_H */
