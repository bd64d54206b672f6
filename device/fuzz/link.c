// libFuzzer target: a board that is fed hostile bytes on its link, as they are (first byte even) or as the bodies of valid frames of an open session.
// With ASan and UBSan nothing may be touched outside the board's memory, whatever comes. Build and run: device/fuzz/build.sh link
#include <stdlib.h>
#include <string.h>
#include "../board/board.h"
#include "../board/sensor_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct { uint64_t now; uint32_t nonce; struct link_receiver receiver; } gateway;

// The gateway only wants to know the nonce of the hello.
static void take_from_board(void *host, const uint8_t *data, uint32_t bytes) {
  (void)host;
  struct link_frame frame;
  for (uint32_t i = 0; i < bytes; i++) {
    if (!link_receive(&gateway.receiver, data[i], &frame) || frame.kind != LINK_HELLO) continue;
    struct item_reader reader = {.data = frame.body, .left = frame.bytes}, *r = &reader;
    for (uint64_t n = item_get_head(r, ITEM_MAP); n > 0; n--) {
      uint32_t key_bytes;
      const uint8_t *key = item_get_string(r, ITEM_TEXT, &key_bytes);
      if (key_bytes == 5 && memcmp(key, "nonce", 5) == 0) gateway.nonce = item_get_u32(r);
      else item_skip(r);
    }
    if (r->bad || r->left > 0) abort();
  }
}

static uint64_t monotonic_ms(void *host) {
  (void)host;
  return gateway.now;
}

static const char *sensor_name(void *host, uint32_t index) {
  (void)host;
  return index == 0 ? "accel" : NULL;
}

static bool sensor_read(void *host, const char *name, uint32_t bytes, double *reading) {
  (void)host;
  *reading = sensor_model_vibration(gateway.now);
  return bytes > 0 && name[0] == 'a';
}

static const struct board_port port = {.name = "fuzz", .write = take_from_board, .monotonic_ms = monotonic_ms, .sensor_name = sensor_name, .sensor_read = sensor_read};

static void to_board(void *host, const uint8_t *data, uint32_t bytes) { board_receive(host, data, bytes); }

static void send_frame(struct board *board, enum link_kind kind, uint16_t seq, const uint8_t *body, uint32_t bytes) {
  uint8_t raw[LINK_RAW_BYTES_MAX];
  memcpy(raw + LINK_HEADER_BYTES, body, bytes);
  link_send(to_board, board, raw, &(struct link_frame){.kind = kind, .seq = seq, .ack = board->session.sent + 1u, .session = 7, .bytes = bytes});
}

static void welcome(struct board *board) {
  uint8_t body[64];
  struct item_writer to = {.data = body, .size = sizeof body};
  item_put_head(&to, ITEM_ARRAY, 6);
  item_put_uint(&to, gateway.nonce);
  item_put_uint(&to, 1700000000000);
  item_put_uint(&to, 9);
  item_put_uint(&to, 0);
  item_put_uint(&to, 8);
  item_put_uint(&to, 1000);
  send_frame(board, LINK_WELCOME, 0, body, to.at);
  if (!board->session.up) abort();
}

// Bodies of valid frames: each begins with its kind and length.
static void framed(struct board *board, const uint8_t *data, size_t size) {
  board_poll(board);
  welcome(board);
  for (uint16_t seq = 1; size >= 3; seq++) {
    uint32_t kind = data[0] % 8, bytes = (uint32_t)(data[1] | data[2] << 8) % (LINK_BODY_BYTES_MAX + 1);
    if (bytes > size - 3) bytes = (uint32_t)size - 3;
    send_frame(board, kind < LINK_HELLO || kind > LINK_RESET ? LINK_DATA : (enum link_kind)kind, seq, data + 3, bytes);
    data += 3 + bytes;
    size -= 3 + bytes;
    for (uint32_t i = 0; i < 20; i++) board_poll(board);
    gateway.now += 50;
    if (!board->session.up) {
      gateway.now += 6000;
      board_poll(board);
      welcome(board);
      seq = 0;
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  enum { MEMORY_BYTES = 40000 };
  void *memory = aligned_alloc(8, MEMORY_BYTES);
  struct board *board = calloc(1, sizeof *board);
  memset(&gateway, 0, sizeof gateway);
  board_init(board, &port, NULL, "fuzz", memory, MEMORY_BYTES, 2048, 1);
  if (size > 0 && data[0] % 2 == 0) {
    uint8_t *copy = malloc(size);  // its end is watched
    memcpy(copy, data, size);
    board_receive(board, copy, (uint32_t)size);
    board_poll(board);
    free(copy);
  } else if (size > 0) {
    framed(board, data + 1, size - 1);
  }
  free(board);
  free(memory);
  return 0;
}

// ---- the runtime's port functions
void iotpy_port_emit(void *host, const uint8_t *data, uint32_t bytes);
void iotpy_port_print(void *host, const uint8_t *utf8, uint32_t bytes);
double iotpy_port_time_ms(void *host, bool monotonic);
bool iotpy_port_overdue(void *host);
void iotpy_port_emit(void *host, const uint8_t *data, uint32_t bytes) { board_emit(host, data, bytes); }
void iotpy_port_print(void *host, const uint8_t *utf8, uint32_t bytes) { board_print(host, utf8, bytes); }
bool iotpy_port_overdue(void *host) { return board_overdue(host); }
double iotpy_port_time_ms(void *host, bool monotonic) { return board_time_ms(host, monotonic); }
