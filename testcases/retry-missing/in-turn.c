/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * in-turn.c - is a lookup that failed in an earlier round, of another range, no reason to ask for?
 */
#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"

struct map {
	struct mmu_interval_notifier mni;
	struct hmm_range range;
	struct map *next;
	int invalid;
};

struct buffer {
	struct map *maps;
	struct mutex lock;
};

int map_get(struct map *map);
void map_put(struct map *map);
int buffer_program(struct buffer *buffer);

static int good_populate(struct buffer *buffer)
{
	struct map *map;
	int ret;

again:
	mutex_lock(&buffer->lock);
	for (map = buffer->maps; map; map = map->next)
		if (map->invalid && map_get(map))
			break;
	mutex_unlock(&buffer->lock);
	if (!map)
		return 0;
	map->range.notifier_seq = mmu_interval_read_begin(&map->mni);
	ret = hmm_range_fault(&map->range);
	if (ret == -16) {
		map_put(map);
		goto again;
	}
	if (ret)
		return ret;
	mutex_lock(&buffer->lock);
	if (mmu_interval_read_retry(&map->mni, map->range.notifier_seq)) {
		mutex_unlock(&buffer->lock);
		map_put(map);
		goto again;
	}
	map->invalid = 0;
	mutex_unlock(&buffer->lock);
	map_put(map);
	goto again;
}

int good_submit(struct buffer *buffer)
{
	int ret;

	do {
		ret = good_populate(buffer);
		if (ret)
			return ret;
	} while (buffer_program(buffer));
	return 0;
}

static int bad_populate(struct buffer *buffer)
{
	struct map *map = buffer->maps;
	int ret;

	do {
		map->range.notifier_seq = mmu_interval_read_begin(&map->mni);
		ret = hmm_range_fault(&map->range); /* warn(retry-missing:retry-missing) */
	} while (ret == -16);
	if (ret)
		return ret;
	mutex_lock(&buffer->lock);
	map->invalid = 0;
	mutex_unlock(&buffer->lock);
	return 0;
}

int bad_submit(struct buffer *buffer)
{
	return bad_populate(buffer);
}
