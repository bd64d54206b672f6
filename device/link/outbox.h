// Records on their way to the gateway: kept until it says that they are durable (README.md, "Records").
#pragma once
#include "items.h"
#include "ring.h"

struct outbox {
  struct ring ring;       // an entry's tag is the number of items in its content; the time is the board's monotonic one
  uint32_t sent;          // bytes of the ring's oldest entries that went out in this session
  uint32_t part;          // bytes of the next entry that went out: it is longer than a message
  uint32_t dropped;       // records that made room unsaved
};

void outbox_init(struct outbox *outbox, uint8_t *block, uint32_t size);
// Begins a record whose fields after the time are `items` items of `bytes` bytes, which ring_put then adds. False: larger than the outbox.
bool outbox_begin(struct outbox *outbox, uint32_t items, uint32_t bytes, uint64_t now_ms);
// The gateway has all up to `number`.
void outbox_saved(struct outbox *outbox, uint32_t number);
// A new session: what is left is sent again.
void outbox_rewind(struct outbox *outbox);
static inline bool outbox_waiting(const struct outbox *outbox) { return outbox->sent < outbox->ring.used; }
static inline uint32_t outbox_last(const struct outbox *outbox) { return outbox->ring.next - 1; }
static inline bool outbox_half_full(const struct outbox *outbox) { return outbox->ring.used > outbox->ring.size / 2; }
// Writes the next message (`out` or `part`), or nothing. `clock_ms`: the gateway's time at `now_ms`.
void outbox_next(struct outbox *outbox, struct item_writer *body, uint64_t now_ms, uint64_t clock_ms);
