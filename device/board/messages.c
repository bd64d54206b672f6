// Messages of the gateway (device/link/README.md, "Messages"): configuration, images, invocations, readings.
#include "../vm/iotpy.h"
#include "../vm/limits.h"
#include "board.h"

#define NAME_BYTES_MAX 64
#define HISTORY_MAX 65535

static const struct text nothing = {"", 0};

static void refuse(struct board *board, enum board_error code, const char *message, uint32_t number) {
  record_error(board, 0, nothing, code, "", message, number);
}

static struct text get_name(struct item_reader *r) {
  uint32_t bytes;
  const uint8_t *data = item_get_string(r, ITEM_TEXT, &bytes);
  if (bytes == 0 || bytes > NAME_BYTES_MAX) r->bad = true;
  return (struct text){(const char *)data, bytes};
}

static struct text get_name_or_null(struct item_reader *r) { return item_get_null(r) ? nothing : get_name(r); }

static const uint8_t *get_hash(struct item_reader *r) {
  uint32_t bytes;
  const uint8_t *hash = item_get_string(r, ITEM_BYTES, &bytes);
  if (bytes != 32) r->bad = true;
  return hash;
}

// ---- configuration: a list of things; the first that does not fit ends it.
static void out_of_memory(struct board *board) {
  if (board->complete) refuse(board, BOARD_NO_MEMORY, "the configuration needs more memory than the board has; bytes for all of it:", (uint32_t)(board->pool.end - board->pool.base));
  board->complete = false;
}

// Requests that were accepted are answered, whatever comes.
static void stop_requests(struct board *board) {
  static const char message[] = "the call was stopped by a new configuration";
  const struct invocation *invocation = &board->invocation;
  const struct job *job = &board->job;
  if (job->kind == JOB_INVOKE) record_error(board, job->request, job->function->name, BOARD_STOPPED, "", message, 0);
  if (!invocation->active || invocation->have < invocation->total || (job->kind == JOB_INVOKE && job->request == invocation->request)) return;
  record_error(board, invocation->request, invocation->function->name, BOARD_STOPPED, "", message, 0);
}

static void configure(struct board *board, struct item_reader *r) {
  stop_requests(board);
  board->revision = item_get_u32(r);
  board->pool.bottom = board->pool.base;
  board->logs = NULL;
  board->sensors = NULL;
  board->functions = board->turn = NULL;
  board->job = (struct job){.kind = JOB_NONE};
  board->invocation.active = false;
  board->line_bytes = 0;
  board->running = board->running_due = false;
  board->configuring = board->complete = !r->bad;
  for (struct board_image *image = image_first(board); image != NULL; image = image_after(board, image)) image->wanted = false;
}

static void add_log(struct board *board, struct item_reader *r) {
  struct text name = get_name(r);
  uint32_t history = item_get_u32(r), record_bytes = item_get_u32(r);
  bool uplink = item_get_bool(r);
  if (r->bad) return;
  if (history == 0 || history > HISTORY_MAX || record_bytes > HISTORY_MAX) {
    refuse(board, BOARD_BAD_CONFIGURATION, "a log keeps 1 to 65535 records of at most 65535 bytes", 0);
    return;
  }
  struct board_log *log = pool_take(board, sizeof *log);
  uint64_t bytes = (uint64_t)history * (RING_ENTRY_BYTES + record_bytes);
  uint8_t *block = bytes <= 0x7fffffff ? pool_take(board, (uint32_t)bytes) : NULL;
  if (log == NULL || block == NULL || !pool_take_text(board, name, &log->name)) {
    out_of_memory(board);
    return;
  }
  log->history = history;
  log->uplink = uplink;
  ring_init(&log->ring, block, (uint32_t)bytes);
  log->next = board->logs;
  board->logs = log;
}

static void add_sensor(struct board *board, struct item_reader *r) {
  struct text name = get_name(r), log_name = get_name(r);
  uint32_t every_ms = item_get_u32(r);
  if (r->bad) return;
  struct board_log *log = log_find(board, log_name);
  struct board_sensor *sensor = pool_take(board, sizeof *sensor);
  if (sensor == NULL || !pool_take_text(board, name, &sensor->name)) {
    out_of_memory(board);
  } else if (log == NULL) {
    refuse(board, BOARD_BAD_CONFIGURATION, "a sensor's log is not in the configuration", 0);
  } else {
    sensor->log = log;
    sensor->every_ms = every_ms;
    sensor->due_ms = board_now(board) + every_ms;
    sensor->next = board->sensors;
    board->sensors = sensor;
  }
}

static void add_function(struct board *board, struct item_reader *r) {
  struct board_function *function = pool_take(board, sizeof *function);
  struct text name = get_name(r);
  const uint8_t *hash = get_hash(r);
  uint32_t image_bytes = item_get_u32(r), arena_bytes = item_get_u32(r), fuel = item_get_u32(r), timeout_ms = item_get_u32(r);
  struct text trigger = get_name_or_null(r);
  uint32_t window = item_get_u32(r);
  struct text result_log = get_name_or_null(r);
  if (r->bad) return;
  if (function == NULL || !pool_take_text(board, name, &function->name) || !pool_take_text(board, result_log, &function->result_log)) {
    out_of_memory(board);
    return;
  }
  function->trigger = log_find(board, trigger);
  if (trigger.bytes > 0 && function->trigger == NULL) refuse(board, BOARD_BAD_CONFIGURATION, "a function's trigger log is not in the configuration", 0);
  __builtin_memcpy(function->hash, hash, sizeof function->hash);
  function->image_bytes = image_bytes;
  function->arena_bytes = arena_bytes;
  function->fuel = fuel;
  function->timeout_ms = timeout_ms;
  function->window = window;
  function->cursor = 1;
  function->next = board->functions;
  board->functions = function;
  struct board_image *image = image_find(board, hash);
  if (image != NULL) image->wanted = true;
}

static void run(struct board *board, struct item_reader *r) {
  if (item_get_u32(r) != board->revision || r->bad || !board->configuring) return;
  board->configuring = false;
  images_drop_unwanted(board);
  for (struct board_function *function = board->functions; function != NULL && board->complete; function = function->next) {
    struct board_image *image = image_find(board, function->hash);
    if (image == NULL && image_new(board, function->hash, function->image_bytes) == NULL) out_of_memory(board);
  }
  if (board->complete) functions_layout(board);
}

// ---- images
static void chunk(struct board *board, struct item_reader *r) {
  struct board_image *image = image_find(board, get_hash(r));
  uint32_t offset = item_get_u32(r), bytes;
  const uint8_t *data = item_get_string(r, ITEM_BYTES, &bytes);
  board->image_asked = false;
  if (r->bad || image == NULL || offset != image->have || bytes > image->bytes - image->have) return;
  if (bytes == 0) {
    board->complete = false;
    refuse(board, BOARD_IMAGE_UNKNOWN, "the gateway has no image for a function", 0);
    return;
  }
  __builtin_memcpy(image_data(image) + offset, data, bytes);
  image->have += bytes;
}

// ---- invocations
static struct board_function *function_find(struct board *board, struct text name) {
  struct board_function *function = board->functions;
  while (function != NULL && !text_equal(function->name, name)) function = function->next;
  return function;
}

// The first piece of a request: either it has a place for its event, or it is answered with an error at once.
static void begin_invocation(struct board *board, uint64_t request, struct text name, uint32_t timeout_ms, uint32_t total) {
  struct invocation *invocation = &board->invocation;
  if (invocation->active && invocation->have == invocation->total) {
    board->invoked = request;
    record_error(board, request, name, BOARD_BUSY, "", "the board has another request; send this one after its result", 0);
    return;
  }
  invocation->active = false;
  struct board_function *function = function_find(board, name);
  uint32_t room = pool_scratch(board).size;
  enum board_error error = function == NULL ? BOARD_NO_FUNCTION : total > room || room - total < BOARD_SCRATCH_BYTES_MIN / 2 ? BOARD_EVENT_TOO_LARGE : 0;
  if (error != 0) {
    board->invoked = request;
    if (function == NULL) record_error(board, request, name, error, "", "the function is not in the board's configuration", 0);
    else record_error(board, request, name, error, "", "the event is too large for the board; bytes at most:", room < BOARD_SCRATCH_BYTES_MIN / 2 ? 0 : room - BOARD_SCRATCH_BYTES_MIN / 2);
    return;
  }
  *invocation = (struct invocation){.function = function, .request = request, .timeout_ms = timeout_ms, .total = total, .active = true};
}

static void invoke(struct board *board, struct item_reader *r) {
  uint64_t request = item_get_uint(r);
  struct text name = get_name(r);
  uint32_t timeout_ms = item_get_u32(r), total = item_get_u32(r), offset = item_get_u32(r), bytes;
  const uint8_t *data = item_get_string(r, ITEM_BYTES, &bytes);
  struct invocation *invocation = &board->invocation;
  if (r->bad || request <= board->invoked) return;
  if (offset == 0) begin_invocation(board, request, name, timeout_ms, total);
  if (!invocation->active || invocation->request != request || offset != invocation->have || bytes > invocation->total - offset) return;
  __builtin_memcpy(board->pool.bottom + offset, data, bytes);
  invocation->have += bytes;
  if (invocation->have == invocation->total) board->invoked = request;
}

static void reading(struct board *board, struct item_reader *r) {
  struct text name = get_name(r);
  double value = item_get_number(r);
  if (!r->bad) sensor_push(board, name, value);
}

void board_message(struct board *board, const uint8_t *body, uint32_t bytes) {
  struct item_reader reader = {.data = body, .left = bytes}, *r = &reader;
  item_get_head(r, ITEM_ARRAY);
  uint32_t number = item_get_u32(r);
  if (number >= 2 && number <= 4 && !board->configuring) return;
  switch (r->bad ? 0 : number) {
    case 1: configure(board, r); break;
    case 2: add_log(board, r); break;
    case 3: add_sensor(board, r); break;
    case 4: add_function(board, r); break;
    case 5: run(board, r); break;
    case 6: chunk(board, r); break;
    case 7: invoke(board, r); break;
    case 8: outbox_saved(&board->outbox, item_get_u32(r)); break;
    case 9: reading(board, r); break;
    default: r->bad = true;
  }
  if (r->bad) refuse(board, BOARD_MALFORMED, "a message of the gateway is malformed: number", number);
}
