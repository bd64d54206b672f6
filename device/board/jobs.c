// Running functions: one call at a time, in slices, so that the link stays alive whatever a handler does.
#include "../vm/iotpy.h"
#include "../vm/limits.h"
#include "../vm/vm.h"
#include "board.h"

#define SLICE_FUEL 500           // a few milliseconds on a Cortex-M3 at 50 MHz
#define NO_ENTRY 0xffff

static bool is_script(const struct board_function *function) {
  const uint8_t *image = image_data(function->image);
  return (image[28] | image[29] << 8) == NO_ENTRY;
}

// ---- arenas, once every function and the size of every image is known
void functions_layout(struct board *board) {
  uint32_t open = 0;
  uint64_t fixed = 0;
  for (struct board_function *function = board->functions; function != NULL; function = function->next) {
    function->image = image_find(board, function->hash);
    fixed += sizeof(struct iotpy_vm) + 8 + function->arena_bytes + 8;
    if (function->arena_bytes == 0) open++;
  }
  uint64_t room = (uint64_t)(board->pool.top - board->pool.bottom), share = 0;
  uint64_t events = room / 8 > BOARD_SCRATCH_BYTES_MIN ? room / 8 : BOARD_SCRATCH_BYTES_MIN;  // arenas that take what is left leave this
  if (fixed + events <= room && open > 0) share = (room - fixed - events) / open & ~(uint64_t)7;
  if (share > IOTPY_ARENA_BYTES_MAX) share = IOTPY_ARENA_BYTES_MAX;
  bool fits = fixed + BOARD_SCRATCH_BYTES_MIN <= room && (open == 0 || share >= IOTPY_ARENA_BYTES_MIN);
  for (struct board_function *function = board->functions; function != NULL && fits; function = function->next) {
    if (function->arena_bytes == 0) function->arena_bytes = (uint32_t)share;
    function->vm = pool_take(board, sizeof(struct iotpy_vm));
    function->arena = pool_take(board, function->arena_bytes);
    fits = function->vm != NULL && function->arena != NULL;
  }
  if (fits) return;
  board->complete = false;
  record_error(board, 0, (struct text){"", 0}, BOARD_NO_MEMORY, "", "the configuration needs more memory than the board has; bytes for arenas and events:", (uint32_t)room);
}

// All images are here: the functions may run.
static void begin_running(struct board *board) {
  for (struct board_function *function = board->functions; function != NULL; function = function->next) {
    if (!function->image->valid) image_check(board, function->image, function->name);
  }
  board->running = board->running_due = true;
  board->turn = NULL;
}

// ---- events
static void put_trigger_event(struct board *board, struct item_writer *to, uint32_t number) {
  const struct board_function *function = board->job.function;
  item_put_head(to, ITEM_MAP, function->window > 0 ? 4 : 3);
  item_put_c(to, "log");
  item_put_text(to, function->trigger->name.data, function->trigger->name.bytes);
  item_put_c(to, "board");
  item_put_c(to, board->name);
  item_put_c(to, "records");
  item_put_head(to, ITEM_ARRAY, 1);
  log_put_record(board, function->trigger, to, number);
  if (function->window == 0) return;
  item_put_c(to, "window");
  log_put_values(function->trigger, to, number, function->window);
}

static void put_context(struct board *board, struct item_writer *to) {
  item_put_head(to, ITEM_MAP, 2);
  item_put_c(to, "function_name");
  item_put_text(to, board->job.function->name.data, board->job.function->name.bytes);
  item_put_c(to, "board");
  item_put_c(to, board->name);
}

static void finish(struct board *board) {
  print_flush(board);
  board->job.kind = JOB_NONE;
}

static void fail(struct board *board, enum board_error code, const char *message, uint32_t number) {
  print_flush(board);
  board->job.function->begun = false;
  record_job_error(board, code, message, number);
  finish(board);
}

// Queues the handler's call; the top level has run.
static void call_handler(struct board *board) {
  struct job *job = &board->job;
  struct invocation *invocation = &board->invocation;
  struct item_writer event = pool_scratch(board);
  const uint8_t *data = board->pool.bottom;
  uint32_t bytes = invocation->total;
  if (job->kind == JOB_TRIGGER) {
    put_trigger_event(board, &event, job->function->cursor++);
    data = event.data;
    bytes = event.at;
  }
  struct item_writer context = {.data = event.data + (event.full ? 0 : event.at), .size = event.full ? 0 : event.size - event.at};
  put_context(board, &context);
  if (context.full) {
    fail(board, BOARD_EVENT_TOO_LARGE, "the event is too large for the board; bytes at most:", event.size);
    return;
  }
  bool called = iotpy_call(job->function->vm, IOTPY_CBOR, data, bytes, context.data, context.at);
  if (job->kind == JOB_INVOKE) invocation->active = false;
  if (called) return;
  record_raised(board);
  finish(board);
}

static void begin(struct board *board, enum job_kind kind, struct board_function *function, uint32_t timeout_ms) {
  struct job *job = &board->job;
  *job = (struct job){.kind = kind, .function = function, .request = board->invocation.request, .started_ms = board_now(board), .timeout_ms = timeout_ms, .top = !function->begun};
  if (function->begun) {
    call_handler(board);
  } else if (!iotpy_start(function->vm, function->arena, function->arena_bytes, image_data(function->image), board)) {
    board->invocation.active = board->invocation.active && kind != JOB_INVOKE;
    if (kind == JOB_TRIGGER) function->cursor++;
    fail(board, BOARD_NO_MEMORY, "the function's arena is too small to begin; bytes:", function->arena_bytes);
  }
}

// ---- which call is next: a request of the gateway, then each function whose log has grown, in turn
static bool trigger_waits(struct board *board, struct board_function *function) {
  if (function->trigger == NULL || !function->image->valid) return false;
  uint32_t oldest = ring_oldest(&function->trigger->ring);
  if (function->cursor < oldest) {
    board->missed += oldest - function->cursor;
    function->cursor = oldest;
  }
  return function->cursor < function->trigger->ring.next;
}

static bool begin_invocation(struct board *board) {
  struct invocation *invocation = &board->invocation;
  if (!invocation->active || invocation->have < invocation->total) return false;
  struct board_function *function = invocation->function;
  if (!function->image->valid) {
    invocation->active = false;
    record_error(board, invocation->request, function->name, BOARD_IMAGE_INVALID, "", "the function's image is damaged or was made for other firmware", 0);
    return true;
  }
  begin(board, JOB_INVOKE, function, invocation->timeout_ms > 0 ? invocation->timeout_ms : function->timeout_ms);
  return true;
}

static bool begin_next(struct board *board) {
  struct board_function *function = board->turn;
  for (; function != NULL; function = function->next) {
    board->turn = function->next;
    if (!trigger_waits(board, function)) continue;
    begin(board, JOB_TRIGGER, function, function->timeout_ms);
    return true;
  }
  board->turn = board->functions;
  return begin_invocation(board);
}

// ---- the running call
static void top_level_done(struct board *board) {
  struct job *job = &board->job;
  job->top = false;
  if (is_script(job->function)) {
    record_result(board);
    board->invocation.active = false;
    finish(board);
    return;
  }
  job->fuel += iotpy_fuel_used(job->function->vm);
  job->function->begun = true;
  call_handler(board);
}

static void raised(struct board *board) {
  struct job *job = &board->job;
  print_flush(board);
  record_raised(board);
  if (job->top && job->kind == JOB_INVOKE) board->invocation.active = false;
  if (job->top && job->kind == JOB_TRIGGER) job->function->cursor++;
  finish(board);
}

static void stop(struct board *board, enum board_error code, const char *message, uint32_t number) {
  struct job *job = &board->job;
  if (job->top && job->kind == JOB_INVOKE) board->invocation.active = false;
  if (job->top && job->kind == JOB_TRIGGER) job->function->cursor++;
  fail(board, code, message, number);
}

static void run_slice(struct board *board) {
  struct job *job = &board->job;
  struct board_function *function = job->function;
  uint32_t used = job->fuel + iotpy_fuel_used(function->vm), slice = SLICE_FUEL;
  if (function->fuel > 0 && used >= function->fuel) {
    stop(board, BOARD_FUEL_USED, "the handler used up its fuel of", function->fuel);
    return;
  }
  if (function->fuel > 0 && function->fuel - used < slice) slice = function->fuel - used;
  switch (iotpy_run(function->vm, slice)) {
    case IOTPY_FUEL: break;
    case IOTPY_WAIT: host_call(board); break;
    case IOTPY_DONE:
      print_flush(board);
      if (job->top) {
        top_level_done(board);
      } else {
        record_result(board);
        finish(board);
      }
      break;
    case IOTPY_RAISED: raised(board); break;
    case IOTPY_BROKEN: stop(board, BOARD_IMAGE_INVALID, "the function's image or arena is damaged", 0); break;
  }
  print_flush(board);
}

// Has the running call had its time?
bool board_overdue(struct board *board) {
  const struct job *job = &board->job;
  return job->kind != JOB_NONE && job->timeout_ms > 0 && board_now(board) - job->started_ms >= job->timeout_ms;
}

// While connected a handler waits for the outbox to drain rather than push records out of it.
bool jobs_poll(struct board *board) {
  struct job *job = &board->job;
  if (!board->running) {
    if (!board->complete || board->configuring || image_missing(board) != NULL) return false;
    begin_running(board);
    return true;
  }
  if (board->session.up && outbox_half_full(&board->outbox)) return false;
  if (job->kind == JOB_NONE) return begin_next(board);
  if (board_overdue(board)) {
    stop(board, BOARD_TIMED_OUT, "the handler ran longer than its time; milliseconds:", job->timeout_ms);
    return true;
  }
  if (job->wake_ms > 0) {
    if (board_now(board) < job->wake_ms) return false;
    static const uint8_t none = 0xf6;
    job->wake_ms = 0;
    iotpy_host_return(job->function->vm, IOTPY_CBOR, &none, 1);
  }
  run_slice(board);
  return true;
}
