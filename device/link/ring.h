// A ring of numbered records in a fixed block of bytes. A board's logs and its outbox are such rings.
//
//  entry  +--------+--------+-------------+- - - - - -+      entries lie end to end; bytes wrap at the block's end
//         | number | time   | bytes | tag |  content  |
//         +--------+--------+-------------+- - - - - -+
//         u32      u32, ms   24 bits  8
#pragma once
#include <stdbool.h>
#include <stdint.h>

#define RING_ENTRY_BYTES 12

struct ring {
  uint8_t *block;
  uint32_t size;
  uint32_t first, used;   // where the oldest entry begins, bytes in use
  uint32_t count;         // entries
  uint32_t next;          // number of the next entry; the oldest's is next - count
  uint32_t filling;       // bytes of the entry being written that are still to come
};

struct ring_entry { uint32_t number, time, bytes, tag, content; };  // content: distance from `first`

void ring_init(struct ring *ring, uint8_t *block, uint32_t size);
// Begins an entry; the oldest ones make room. False: larger than the whole ring. Then exactly `bytes` bytes must be put.
bool ring_begin(struct ring *ring, uint32_t bytes, uint32_t tag, uint32_t time, uint32_t *dropped_bytes, uint32_t *dropped_count);
void ring_put(struct ring *ring, const void *data, uint32_t bytes);
void ring_drop_oldest(struct ring *ring);
// Reads the entry that begins `distance` bytes after the oldest one begins; false at the end.
bool ring_entry_at(const struct ring *ring, uint32_t distance, struct ring_entry *entry);
void ring_copy(const struct ring *ring, uint32_t distance, void *to, uint32_t bytes);
static inline uint32_t ring_free(const struct ring *ring) { return ring->size - ring->used; }
static inline uint32_t ring_oldest(const struct ring *ring) { return ring->next - ring->count; }
static inline uint32_t ring_after(const struct ring_entry *entry) { return entry->content + entry->bytes; }
