// A board's logs (rings of the last N records, values as CBOR) and the sensors that fill them.
#include "board.h"

struct board_log *log_find(struct board *board, struct text name) {
  struct board_log *log = board->logs;
  while (log != NULL && !text_equal(log->name, name)) log = log->next;
  return log;
}

bool log_append(struct board *board, struct board_log *log, const uint8_t *value, uint32_t bytes) {
  uint32_t dropped_bytes, dropped_count;
  if (!ring_begin(&log->ring, bytes, 0, (uint32_t)board_now(board), &dropped_bytes, &dropped_count)) return false;
  ring_put(&log->ring, value, bytes);
  while (log->ring.count > log->history) ring_drop_oldest(&log->ring);
  return !log->uplink || record_append(board, log->name, value, bytes);
}

static void put_content(const struct ring *ring, const struct ring_entry *entry, struct item_writer *to) {
  if (!to->full && entry->bytes <= to->size - to->at) ring_copy(ring, entry->content, to->data + to->at, entry->bytes);
  else to->full = true;
  to->at += entry->bytes;
}

void log_put_values(const struct board_log *log, struct item_writer *to, uint32_t until, uint32_t count) {
  uint32_t oldest = ring_oldest(&log->ring), have = until >= oldest ? until - oldest + 1 : 0;
  if (count > have) count = have;
  item_put_head(to, ITEM_ARRAY, count);
  struct ring_entry entry;
  for (uint32_t at = 0; ring_entry_at(&log->ring, at, &entry) && entry.number <= until; at = ring_after(&entry)) {
    if (until - entry.number < count) put_content(&log->ring, &entry, to);
  }
}

bool log_put_record(struct board *board, const struct board_log *log, struct item_writer *to, uint32_t number) {
  struct ring_entry entry;
  uint32_t at = 0;
  while (ring_entry_at(&log->ring, at, &entry) && entry.number != number) at = ring_after(&entry);
  if (at >= log->ring.used) return false;
  uint32_t age_ms = (uint32_t)board_now(board) - entry.time;
  item_put_head(to, ITEM_MAP, 3);
  item_put_c(to, "seq");
  item_put_uint(to, number);
  item_put_c(to, "timeMs");
  item_put_uint(to, board_clock(board) - age_ms);
  item_put_c(to, "value");
  put_content(&log->ring, &entry, to);
  return true;
}

static struct board_sensor *sensor_find(struct board *board, struct text name) {
  struct board_sensor *sensor = board->sensors;
  while (sensor != NULL && !text_equal(sensor->name, name)) sensor = sensor->next;
  return sensor;
}

bool sensor_value(struct board *board, struct text name, double *reading) {
  struct board_sensor *sensor = sensor_find(board, name);
  if (sensor != NULL && sensor->pushed) {
    *reading = sensor->reading;
    return true;
  }
  return board->port->sensor_read(board->port_host, name.data, name.bytes, reading);
}

static void append_reading(struct board *board, struct board_log *log, double reading) {
  uint8_t value[9];
  struct item_writer writer = {.data = value, .size = sizeof value};
  item_put_double(&writer, reading);
  log_append(board, log, value, writer.at);
}

uint64_t sensors_poll(struct board *board) {
  uint64_t now = board_now(board), next = UINT64_MAX;
  for (struct board_sensor *sensor = board->sensors; sensor != NULL; sensor = sensor->next) {
    double reading;
    if (sensor->every_ms == 0) continue;
    if (now >= sensor->due_ms) {
      sensor->due_ms = now - sensor->due_ms < sensor->every_ms ? sensor->due_ms + sensor->every_ms : now + sensor->every_ms;
      if (sensor_value(board, sensor->name, &reading)) append_reading(board, sensor->log, reading);
    }
    if (sensor->due_ms < next) next = sensor->due_ms;
  }
  return next;
}

void sensor_push(struct board *board, struct text name, double reading) {
  struct board_sensor *sensor = sensor_find(board, name);
  if (sensor == NULL) {
    record_error(board, 0, (struct text){"", 0}, BOARD_BAD_CONFIGURATION, "", "a reading came for a sensor that is not in the configuration", 0);
    return;
  }
  sensor->reading = reading;
  sensor->pushed = true;
  append_reading(board, sensor->log, reading);
}
