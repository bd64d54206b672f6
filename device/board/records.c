// What a board tells the gateway for good: appends, results, failures, printed text. Each is encoded into the outbox once.
#include "../vm/iotpy.h"
#include "board.h"

enum { RECORD_APPEND, RECORD_RESULT, RECORD_ERROR, RECORD_PRINT };

// The short fields before and after a record's long one.
struct fields { uint8_t bytes[192]; struct item_writer writer; };
static struct item_writer *begin(struct fields *fields) {
  fields->writer = (struct item_writer){.data = fields->bytes, .size = sizeof fields->bytes};
  return &fields->writer;
}

static void put_name(struct item_writer *to, struct text name) {
  if (name.bytes > 0) item_put_text(to, name.data, name.bytes);
  else item_put_null(to);
}

static bool open_record(struct board *board, uint32_t items, const struct fields *before, uint32_t middle_bytes, uint32_t after_bytes) {
  if (!outbox_begin(&board->outbox, items, before->writer.at + middle_bytes + after_bytes, board_now(board))) return false;
  ring_put(&board->outbox.ring, before->bytes, before->writer.at);
  return true;
}

bool record_append(struct board *board, struct text log, const uint8_t *value, uint32_t bytes) {
  struct fields before;
  struct item_writer *to = begin(&before);
  item_put_uint(to, RECORD_APPEND);
  item_put_text(to, log.data, log.bytes);
  item_put_head(to, ITEM_BYTES, bytes);
  if (!open_record(board, 3, &before, bytes, 0)) return false;
  ring_put(&board->outbox.ring, value, bytes);
  return true;
}

static uint64_t request_of(const struct job *job) { return job->kind == JOB_INVOKE ? job->request : 0; }

static void put_measures(struct board *board, struct item_writer *to) {
  const struct job *job = &board->job;
  item_put_uint(to, job->fuel + iotpy_fuel_used(job->function->vm));
  item_put_uint(to, board_now(board) - job->started_ms);
  item_put_uint(to, iotpy_memory_peak(job->function->vm));
}

// Emits the result into the ring that the sink points at, or counts its bytes.
static bool emit_result(struct board *board, struct ring *ring, uint32_t *bytes) {
  board->sink = (struct sink){.ring = ring};
  bool made = iotpy_emit_result(board->job.function->vm, IOTPY_CBOR);
  *bytes = board->sink.writer.at;
  return made;
}

// The result also goes to the board's own log of that name, where it triggers in its turn.
static void keep_result(struct board *board, uint32_t bytes) {
  struct board_log *log = log_find(board, board->job.function->result_log);
  uint32_t dropped_bytes, dropped_count;
  if (log == NULL || !ring_begin(&log->ring, bytes, 0, (uint32_t)board_now(board), &dropped_bytes, &dropped_count)) return;
  emit_result(board, &log->ring, &bytes);
  while (log->ring.count > log->history) ring_drop_oldest(&log->ring);
}

void record_result(struct board *board) {
  const struct job *job = &board->job;
  struct text log = job->kind == JOB_TRIGGER ? job->function->result_log : (struct text){"", 0};
  uint32_t bytes;
  if (job->kind == JOB_TRIGGER && log.bytes == 0) return;
  if (!emit_result(board, NULL, &bytes)) {
    record_raised(board);
    return;
  }
  struct fields before, after;
  struct item_writer *to = begin(&before);
  item_put_uint(to, RECORD_RESULT);
  item_put_uint(to, request_of(job));
  put_name(to, job->function->name);
  put_name(to, log);
  item_put_head(to, ITEM_BYTES, bytes);
  put_measures(board, begin(&after));
  if (!open_record(board, 8, &before, bytes, after.writer.at)) {
    record_job_error(board, BOARD_RESULT_TOO_LARGE, "the result is too large for the board's outbox; bytes", bytes);
    return;
  }
  emit_result(board, &board->outbox.ring, &bytes);
  ring_put(&board->outbox.ring, after.bytes, after.writer.at);
  if (log.bytes > 0) keep_result(board, bytes);
}

// A failure with its type, message and frames as spans of encoded items.
static bool put_error(struct board *board, bool measured, uint64_t request, struct text function, enum board_error code, const struct item_writer *what) {
  struct fields before, after;
  struct item_writer *to = begin(&before);
  item_put_uint(to, RECORD_ERROR);
  item_put_uint(to, request);
  item_put_text(to, function.data, function.bytes);
  item_put_uint(to, code);
  to = begin(&after);
  if (measured) {
    put_measures(board, to);
  } else {
    for (uint32_t i = 0; i < 3; i++) item_put_uint(to, 0);
  }
  if (what->full || !open_record(board, 10, &before, what->at, after.writer.at)) return false;
  ring_put(&board->outbox.ring, what->data, what->at);
  ring_put(&board->outbox.ring, after.bytes, after.writer.at);
  return true;
}

// Type, message and no frames; a number other than 0 ends the message.
static struct item_writer *describe(struct fields *fields, const char *type, const char *message, uint32_t number) {
  struct item_writer *what = begin(fields);
  char digits[12];
  uint32_t at = sizeof digits, bytes = 0;
  for (uint32_t left = number; left > 0; left /= 10) digits[--at] = (char)('0' + left % 10);
  if (number > 0) digits[--at] = ' ';
  while (message[bytes]) bytes++;
  item_put_c(what, type);
  item_put_head(what, ITEM_TEXT, bytes + sizeof digits - at);
  item_put(what, message, bytes);
  item_put(what, digits + at, (uint32_t)sizeof digits - at);
  item_put_head(what, ITEM_ARRAY, 0);
  return what;
}

void record_error(struct board *board, uint64_t request, struct text function, enum board_error code, const char *type, const char *message, uint32_t number) {
  struct fields fields;
  put_error(board, false, request, function, code, describe(&fields, type, message, number));
}

void record_job_error(struct board *board, enum board_error code, const char *message, uint32_t number) {
  struct fields fields;
  put_error(board, true, request_of(&board->job), board->job.function->name, code, describe(&fields, "", message, number));
}

static bool is_key(struct item_reader *map, const char *key, uint32_t key_bytes) {
  struct item_reader ahead = *map;
  uint32_t bytes;
  const uint8_t *text = item_get_string(&ahead, ITEM_TEXT, &bytes);
  return !ahead.bad && text_equal((struct text){(const char *)text, bytes}, (struct text){key, key_bytes});
}

// The runtime's map {"errorType", "errorMessage", "frames"} as three items in the record's order, after the map in the scratch.
void record_raised(struct board *board) {
  struct job *job = &board->job;
  board->sink = (struct sink){.writer = pool_scratch(board)};
  iotpy_emit_error(job->function->vm, IOTPY_CBOR);
  struct item_writer *map = &board->sink.writer;
  struct item_reader reader = {.data = map->data, .left = map->full ? 0 : map->at};
  struct item_reader found[3] = {{.bad = true}, {.bad = true}, {.bad = true}};
  static const struct text keys[3] = {{"errorType", 9}, {"errorMessage", 12}, {"frames", 6}};
  for (uint64_t n = item_get_head(&reader, ITEM_MAP); n > 0 && !reader.bad; n--) {
    uint32_t which = 0;
    while (which < 3 && !is_key(&reader, keys[which].data, keys[which].bytes)) which++;
    item_skip(&reader);
    const uint8_t *start = reader.data;
    uint32_t bytes = item_skip(&reader);
    if (which < 3 && !reader.bad) found[which] = (struct item_reader){.data = start, .left = bytes};
  }
  if (reader.bad || found[0].bad || found[1].bad || found[2].bad) {
    record_job_error(board, BOARD_RAISED, "the error's text is larger than the board's memory for it", 0);
    job->function->begun = false;
    return;
  }
  uint32_t type_bytes;
  struct item_reader type_reader = found[0];
  const char *type = (const char *)item_get_string(&type_reader, ITEM_TEXT, &type_bytes);
  bool memory = text_equal((struct text){type, type_bytes}, (struct text){"MemoryError", 11});
  if (memory) job->function->begun = false;

  struct item_writer what = {.data = map->data + map->at, .size = map->size - map->at};
  for (uint32_t i = 0; i < 3; i++) item_put(&what, found[i].data, found[i].left);
  enum board_error code = memory ? BOARD_MEMORY_ERROR : BOARD_RAISED;
  if (put_error(board, true, request_of(job), job->function->name, code, &what)) return;
  record_job_error(board, code, "the error's text is larger than the board's memory for it", 0);
}

// Printed text gives way: it never pushes a record out, and cut off it takes at most half of the outbox. Connected, the program pauses until there is
// room again.
void print_flush(struct board *board) {
  struct job *job = &board->job;
  uint32_t bytes = board->line_bytes;
  board->line_bytes = 0;
  if (bytes == 0 || (!board->session.up && outbox_half_full(&board->outbox))) return;
  struct fields before;
  struct item_writer *to = begin(&before);
  item_put_uint(to, RECORD_PRINT);
  item_put_uint(to, request_of(job));
  item_put_text(to, job->function->name.data, job->function->name.bytes);
  item_put_head(to, ITEM_TEXT, bytes);
  if (ring_free(&board->outbox.ring) < RING_ENTRY_BYTES + to->at + bytes) return;
  if (open_record(board, 4, &before, bytes, 0)) ring_put(&board->outbox.ring, board->line, bytes);
  if (board->session.up && outbox_half_full(&board->outbox)) iotpy_pause(job->function->vm);
}

void board_print(struct board *board, const uint8_t *utf8, uint32_t bytes) {
  for (uint32_t i = 0; i < bytes; i++) {
    bool inside_character = (utf8[i] & 0xc0) == 0x80;
    if (board->line_bytes == BOARD_LINE_BYTES || (board->line_bytes > BOARD_LINE_BYTES - 4 && !inside_character)) print_flush(board);
    board->line[board->line_bytes++] = (char)utf8[i];
  }
}

void board_emit(struct board *board, const uint8_t *data, uint32_t bytes) {
  struct sink *sink = &board->sink;
  if (sink->ring != NULL) {
    ring_put(sink->ring, data, bytes);
    sink->writer.at += bytes;
  } else {
    item_put(&sink->writer, data, bytes);
  }
}
