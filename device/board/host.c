// Host calls of a running handler: device.* and time.sleep.
#include "../vm/builtins.h"
#include "../vm/iotpy.h"
#include "board.h"

static struct iotpy_vm *vm_of(struct board *board) { return board->job.function->vm; }

static void answer(struct board *board, const struct item_writer *item) {
  if (item->full) iotpy_host_raise(vm_of(board), "MemoryError", "the answer does not fit the board's memory");
  else iotpy_host_return(vm_of(board), IOTPY_CBOR, item->data, item->at);
}

static void append(struct board *board, struct text name, const uint8_t *value, uint32_t bytes, struct item_writer *out) {
  struct board_log *log = log_find(board, name);
  bool fits = log != NULL ? log_append(board, log, value, bytes) : record_append(board, name, value, bytes);
  if (!fits) {
    iotpy_host_raise(vm_of(board), "ValueError", "the record is larger than the log can hold");
    return;
  }
  item_put_null(out);
  answer(board, out);
}

static void read_sensor(struct board *board, struct text name, struct item_writer *out) {
  double reading;
  if (!sensor_value(board, name, &reading)) {
    iotpy_host_raise(vm_of(board), "ValueError", "the board has no sensor of this name");
    return;
  }
  item_put_double(out, reading);
  answer(board, out);
}

static void records(struct board *board, struct text name, uint32_t count, struct item_writer *out) {
  struct board_log *log = log_find(board, name);
  if (log == NULL) {
    iotpy_host_raise(vm_of(board), "ValueError", "the board has no log of this name");
    return;
  }
  log_put_values(log, out, log->ring.next - 1, count);
  answer(board, out);
}

static void sleep_for(struct board *board, double seconds) {
  double ms = seconds > 0 ? seconds * 1000.0 : 0;
  board->job.wake_ms = board_now(board) + (ms < 4e9 ? (uint64_t)ms : 4000000000u) + 1;
}

void host_call(struct board *board) {
  board->sink = (struct sink){.writer = pool_scratch(board)};
  iotpy_emit_host_arguments(vm_of(board), IOTPY_CBOR);
  struct item_writer *arguments = &board->sink.writer;
  if (arguments->full) {
    iotpy_host_raise(vm_of(board), "MemoryError", "the arguments do not fit the board's memory");
    return;
  }
  struct item_reader reader = {.data = arguments->data, .left = arguments->at}, *r = &reader;
  struct item_writer out = {.data = arguments->data + arguments->at, .size = arguments->size - arguments->at};
  uint64_t count = item_get_head(r, ITEM_ARRAY);
  uint32_t operation = iotpy_host_operation(vm_of(board)), bytes;
  struct text name = {"", 0};

  if (operation == B_time_dot_sleep) {
    double seconds = item_get_number(r);
    if (!r->bad) {
      sleep_for(board, seconds);
      return;
    }
  } else if (operation == B_device_dot_board) {
    item_put_c(&out, board->name);
    answer(board, &out);
    return;
  } else {
    name.data = (const char *)item_get_string(r, ITEM_TEXT, &name.bytes);
  }
  const uint8_t *value = r->data;
  if (operation == B_device_dot_append) {
    bytes = item_skip(r);
    if (!r->bad && name.bytes > 0 && name.bytes <= 64) {
      append(board, name, value, bytes, &out);
      return;
    }
  } else if (operation == B_device_dot_read && !r->bad) {
    read_sensor(board, name, &out);
    return;
  } else if (operation == B_device_dot_records) {
    uint32_t newest = count > 1 && !item_get_null(r) ? item_get_u32(r) : 0xffffffffu;
    if (!r->bad) {
      records(board, name, newest, &out);
      return;
    }
  }
  iotpy_host_raise(vm_of(board), "TypeError", "wrong argument of a device function: names are text of 1 to 64 bytes, counts are natural numbers");
}
