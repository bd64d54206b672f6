// The outbox: a ring of encoded records. A record goes out as [time, its fields]; the time is reckoned when it is sent, from the
// age of the record, so that a board needs no clock when it makes one.
#include "outbox.h"

#define MESSAGE_OUT 33
#define MESSAGE_PART 34
#define RECORDS_MAX 21           // with the message's own two items the array's head is one byte
#define HEAD_BYTES 10            // array head, and a time of nine bytes
#define OUT_BYTES 16             // the message's own items at most
#define PART_BYTES 32

void outbox_init(struct outbox *outbox, uint8_t *block, uint32_t size) {
  *outbox = (struct outbox){0};
  ring_init(&outbox->ring, block, size);
}

// After entries at the front are gone.
static void forget(struct outbox *outbox, uint32_t bytes) {
  if (bytes > outbox->sent) outbox->part = 0;
  outbox->sent = outbox->sent > bytes ? outbox->sent - bytes : 0;
}

bool outbox_begin(struct outbox *outbox, uint32_t items, uint32_t bytes, uint64_t now_ms) {
  uint32_t dropped_bytes, dropped_count;
  if (!ring_begin(&outbox->ring, bytes, items, (uint32_t)now_ms, &dropped_bytes, &dropped_count)) return false;
  forget(outbox, dropped_bytes);
  outbox->dropped += dropped_count;
  return true;
}

void outbox_saved(struct outbox *outbox, uint32_t number) {
  while (outbox->ring.count > 0 && ring_oldest(&outbox->ring) <= number) {
    uint32_t before = outbox->ring.used;
    ring_drop_oldest(&outbox->ring);
    forget(outbox, before - outbox->ring.used);
  }
}

void outbox_rewind(struct outbox *outbox) { outbox->sent = outbox->part = 0; }

static void put_head(struct item_writer *body, const struct ring_entry *entry, uint64_t now_ms, uint64_t clock_ms) {
  uint32_t age_ms = (uint32_t)now_ms - entry->time;
  item_put_head(body, ITEM_ARRAY, entry->tag + 1);
  item_put_uint(body, clock_ms > age_ms ? clock_ms - age_ms : 0);
}

static void put_content(const struct outbox *outbox, struct item_writer *body, uint32_t distance, uint32_t bytes) {
  if (!body->full && bytes <= body->size - body->at) ring_copy(&outbox->ring, distance, body->data + body->at, bytes);
  else body->full = true;
  body->at += bytes;
}

// As many whole records as fit.
static void put_records(struct outbox *outbox, struct item_writer *body, uint64_t now_ms, uint64_t clock_ms) {
  struct ring_entry entry;
  uint32_t first = 0, count = 0, distance = outbox->sent, room = body->size - OUT_BYTES;
  while (count < RECORDS_MAX && ring_entry_at(&outbox->ring, distance, &entry) && HEAD_BYTES + entry.bytes <= room) {
    if (count++ == 0) first = entry.number;
    room -= HEAD_BYTES + entry.bytes;
    distance = ring_after(&entry);
  }
  item_put_head(body, ITEM_ARRAY, 2 + count);
  item_put_uint(body, MESSAGE_OUT);
  item_put_uint(body, first);
  for (; count > 0 && ring_entry_at(&outbox->ring, outbox->sent, &entry); count--) {
    put_head(body, &entry, now_ms, clock_ms);
    put_content(outbox, body, entry.content, entry.bytes);
    outbox->sent = ring_after(&entry);
  }
}

// The next piece of a record that is longer than a message.
static void put_part(struct outbox *outbox, struct item_writer *body, const struct ring_entry *entry, uint64_t now_ms, uint64_t clock_ms) {
  uint8_t head[HEAD_BYTES];
  struct item_writer head_writer = {.data = head, .size = sizeof head};
  put_head(&head_writer, entry, now_ms, clock_ms);
  uint32_t head_bytes = head_writer.at, total = head_bytes + entry->bytes, from = outbox->part;
  uint32_t bytes = total - from < body->size - PART_BYTES ? total - from : body->size - PART_BYTES;

  item_put_head(body, ITEM_ARRAY, 5);
  item_put_uint(body, MESSAGE_PART);
  item_put_uint(body, entry->number);
  item_put_uint(body, total);
  item_put_uint(body, from);
  item_put_head(body, ITEM_BYTES, bytes);
  uint32_t of_head = from < head_bytes ? head_bytes - from : 0;
  item_put(body, head + from, of_head);
  put_content(outbox, body, entry->content + from + of_head - head_bytes, bytes - of_head);
  outbox->part += bytes;
  if (outbox->part == total) {
    outbox->sent = ring_after(entry);
    outbox->part = 0;
  }
}

void outbox_next(struct outbox *outbox, struct item_writer *body, uint64_t now_ms, uint64_t clock_ms) {
  struct ring_entry entry;
  if (!ring_entry_at(&outbox->ring, outbox->sent, &entry)) return;
  if (HEAD_BYTES + entry.bytes <= body->size - OUT_BYTES) put_records(outbox, body, now_ms, clock_ms);
  else put_part(outbox, body, &entry, now_ms, clock_ms);
}
