// The board's main loop and its side of the session.
#include "../vm/builtins.h"
#include "../vm/iotpy.h"
#include "board.h"

#define IMAGES_LISTED_MAX 6      // what a hello has room for
#define GET_MESSAGE 32
#define RUNNING_MESSAGE 35

uint64_t board_now(const struct board *board) { return board->port->monotonic_ms(board->port_host); }
uint64_t board_clock(const struct board *board) { return board_now(board) + board->clock_offset_ms; }
double board_time_ms(struct board *board, bool monotonic) { return (double)(monotonic ? board_now(board) : board_clock(board)); }

static void write(void *host, const uint8_t *data, uint32_t bytes) {
  struct board *board = host;
  board->port->write(board->port_host, data, bytes);
}

static void put_number(struct item_writer *to, const char *key, uint64_t number) {
  item_put_c(to, key);
  item_put_uint(to, number);
}

static void put_images(struct board *board, struct item_writer *to) {
  uint32_t count = 0;
  for (struct board_image *image = image_first(board); image != NULL && count < IMAGES_LISTED_MAX; image = image_after(board, image)) count += image->valid;
  item_put_c(to, "images");
  item_put_head(to, ITEM_ARRAY, count);
  for (struct board_image *image = image_first(board); image != NULL && count > 0; image = image_after(board, image)) {
    if (!image->valid) continue;
    item_put_bytes(to, image->hash, sizeof image->hash);
    count--;
  }
}

static void put_sensors(struct board *board, struct item_writer *to) {
  uint32_t count = 0;
  while (board->port->sensor_name(board->port_host, count) != NULL) count++;
  item_put_c(to, "sensors");
  item_put_head(to, ITEM_ARRAY, count);
  for (uint32_t i = 0; i < count; i++) item_put_c(to, board->port->sensor_name(board->port_host, i));
}

static void hello(void *host, struct item_writer *to, uint32_t nonce) {
  struct board *board = host;
  item_put_head(to, ITEM_MAP, 17);
  item_put_c(to, "name");
  item_put_c(to, board->name);
  put_number(to, "protocol", 1);
  put_number(to, "suite", 0);
  put_number(to, "epoch", board->epoch);
  put_number(to, "nonce", nonce);
  item_put_c(to, "port");
  item_put_c(to, board->port->name);
  put_number(to, "spec", IOTPY_SPEC);
  put_number(to, "window", 1);
  put_number(to, "frame", 1024);
  put_number(to, "memory", (uint64_t)(board->pool.end - board->pool.base));
  put_number(to, "outbox", board->outbox.ring.size);
  put_number(to, "last", outbox_last(&board->outbox));
  put_number(to, "dropped", board->outbox.dropped);
  put_number(to, "invoked", board->invoked);
  put_number(to, "revision", board->configuring ? 0 : board->revision);
  put_sensors(board, to);
  put_images(board, to);
}

static bool welcome(void *host, const struct link_frame *frame) {
  struct board *board = host;
  struct item_reader reader = {.data = frame->body, .left = frame->bytes}, *r = &reader;
  item_get_head(r, ITEM_ARRAY);
  item_get_u32(r);  // the nonce, which the session has compared
  uint64_t clock_ms = item_get_uint(r);
  uint32_t epoch = item_get_u32(r), saved = item_get_u32(r);
  if (r->bad || epoch == 0) return false;
  if (saved > outbox_last(&board->outbox)) {
    board->epoch = 0;  // not this boot's own
    return false;
  }
  board->epoch = epoch;
  board->clock_offset_ms = clock_ms - board_now(board);
  outbox_saved(&board->outbox, saved);
  outbox_rewind(&board->outbox);
  board->image_asked = false;
  board->running_due = board->running;
  if (board->invocation.have < board->invocation.total) board->invocation.active = false;
  return true;
}

static void message(void *host, const uint8_t *body, uint32_t bytes) { board_message(host, body, bytes); }

static struct board_image *image_to_ask(struct board *board) {
  return board->complete && !board->configuring && !board->running && !board->image_asked ? image_missing(board) : NULL;
}

static bool something_to_say(struct board *board) { return board->running_due || image_to_ask(board) != NULL || outbox_waiting(&board->outbox); }

// What went wrong on the way to running is told before it.
static void next(void *host, struct item_writer *to) {
  struct board *board = host;
  struct board_image *missing = image_to_ask(board);
  if (missing != NULL) {
    board->image_asked = true;
    item_put_head(to, ITEM_ARRAY, 3);
    item_put_uint(to, GET_MESSAGE);
    item_put_bytes(to, missing->hash, sizeof missing->hash);
    item_put_uint(to, missing->have);
  } else if (board->running_due && !outbox_waiting(&board->outbox)) {
    board->running_due = false;
    item_put_head(to, ITEM_ARRAY, 3);
    item_put_uint(to, RUNNING_MESSAGE);
    item_put_uint(to, board->revision);
    item_put_uint(to, pool_scratch(board).size);
  } else {
    outbox_next(&board->outbox, to, board_now(board), board_clock(board));
  }
}

static void beat(void *host, struct item_reader *r, struct item_writer *answer) {
  struct board *board = host;
  item_get_head(r, ITEM_ARRAY);
  uint64_t clock_ms = item_get_uint(r), rtt_ms = item_get_uint(r);
  if (!r->bad) board->clock_offset_ms = clock_ms + rtt_ms / 2 - board_now(board);
  item_put_head(answer, ITEM_ARRAY, 4);
  item_put_uint(answer, clock_ms);
  item_put_uint(answer, board->outbox.ring.used);
  item_put_uint(answer, board->outbox.dropped);
  item_put_uint(answer, board->missed);
}

static const struct link_host calls = {.write = write, .hello = hello, .welcome = welcome, .message = message, .next = next, .beat = beat};

void board_init(struct board *board, const struct board_port *port, void *port_host, const char *name, void *memory, uint32_t bytes, uint32_t outbox_bytes, uint32_t entropy) {
  *board = (struct board){.port = port, .port_host = port_host, .name = name};
  link_session_init(&board->session, &calls, board, entropy);
  outbox_init(&board->outbox, memory, outbox_bytes);
  uint8_t *base = (uint8_t *)memory + ((outbox_bytes + 7) & ~7u);
  board->pool = (struct pool){.base = base, .bottom = base, .top = (uint8_t *)memory + (bytes & ~7u), .end = (uint8_t *)memory + (bytes & ~7u)};
}

void board_receive(struct board *board, const uint8_t *data, uint32_t bytes) { link_session_receive(&board->session, board_now(board), data, bytes); }

uint32_t board_poll(struct board *board) {
  link_session_poll(&board->session, board_now(board));
  uint64_t next_ms = board->running ? sensors_poll(board) : UINT64_MAX, session_ms = link_session_due(&board->session), now = board_now(board);
  if (jobs_poll(board) || (board->session.up && board->session.unacknowledged == 0 && something_to_say(board))) return 0;
  if (board->job.kind != JOB_NONE && board->job.wake_ms > 0 && board->job.wake_ms < next_ms) next_ms = board->job.wake_ms;
  if (session_ms < next_ms) next_ms = session_ms;
  return next_ms <= now ? 0 : next_ms - now < 0xffffffffu ? (uint32_t)(next_ms - now) : 0xffffffffu;
}
