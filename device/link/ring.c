// A ring of numbered records; the layout is drawn in ring.h.
#include "ring.h"

void ring_init(struct ring *ring, uint8_t *block, uint32_t size) {
  *ring = (struct ring){.block = block, .size = size, .next = 1};
}

static void copy_in(struct ring *ring, uint32_t distance, const void *data, uint32_t bytes) {
  uint32_t at = (ring->first + distance) % ring->size;
  uint32_t before_end = ring->size - at < bytes ? ring->size - at : bytes;
  __builtin_memcpy(ring->block + at, data, before_end);
  __builtin_memcpy(ring->block, (const uint8_t *)data + before_end, bytes - before_end);
}

void ring_copy(const struct ring *ring, uint32_t distance, void *to, uint32_t bytes) {
  uint32_t at = (ring->first + distance) % ring->size;
  uint32_t before_end = ring->size - at < bytes ? ring->size - at : bytes;
  __builtin_memcpy(to, ring->block + at, before_end);
  __builtin_memcpy((uint8_t *)to + before_end, ring->block, bytes - before_end);
}

bool ring_entry_at(const struct ring *ring, uint32_t distance, struct ring_entry *entry) {
  if (distance >= ring->used) return false;
  uint32_t words[3];
  ring_copy(ring, distance, words, RING_ENTRY_BYTES);
  *entry = (struct ring_entry){words[0], words[1], words[2] & 0xffffff, words[2] >> 24, distance + RING_ENTRY_BYTES};
  return true;
}

void ring_drop_oldest(struct ring *ring) {
  struct ring_entry entry;
  if (!ring_entry_at(ring, 0, &entry)) return;
  uint32_t bytes = ring_after(&entry);
  ring->first = (ring->first + bytes) % ring->size;
  ring->used -= bytes;
  ring->count--;
}

bool ring_begin(struct ring *ring, uint32_t bytes, uint32_t tag, uint32_t time, uint32_t *dropped_bytes, uint32_t *dropped_count) {
  uint32_t before_bytes = ring->used, before_count = ring->count;
  if (ring->size < RING_ENTRY_BYTES || bytes > ring->size - RING_ENTRY_BYTES || bytes > 0xffffff) return false;
  while (ring_free(ring) < RING_ENTRY_BYTES + bytes) ring_drop_oldest(ring);
  *dropped_bytes = before_bytes - ring->used;
  *dropped_count = before_count - ring->count;

  uint32_t words[3] = {ring->next, time, tag << 24 | bytes};
  copy_in(ring, ring->used, words, RING_ENTRY_BYTES);
  ring->used += RING_ENTRY_BYTES + bytes;
  ring->filling = bytes;
  ring->count++;
  ring->next++;
  return true;
}

void ring_put(struct ring *ring, const void *data, uint32_t bytes) {
  if (bytes > ring->filling) bytes = ring->filling;
  copy_in(ring, ring->used - ring->filling, data, bytes);
  ring->filling -= bytes;
}
