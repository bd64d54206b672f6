// The virtual board: the application and the link of a microcontroller, in a module instance of its own.
//
// exports   board_buffer() -> ptr                    2,048 bytes through which names and received bytes come in
//           board_init(bytes, memory, outbox, entropy) -> 1 | 0   the buffer holds the board's name and its sensors' names, each zero-ended
//           board_receive(bytes)                     bytes of the link, from the buffer
//           board_poll() -> ms                       does what is due; when to call it again at the latest, 0: at once
//           board_model(ms) -> f64                   device/board/sensor_model.h
// imports   board.write(ptr, bytes)                  bytes for the link
//           board.sensor(index) -> f64               the sensor's reading now
//           board.time(monotonic) -> f64             milliseconds
#include "../../board/board.h"
#include "../../board/sensor_model.h"

#define EXPORT(name) __attribute__((export_name(name)))
#define IMPORT(name) __attribute__((import_module("board"), import_name(name)))
#define PAGE_BYTES 65536u
#define SENSORS_MAX 16

IMPORT("write") void virtual_write(const uint8_t *data, uint32_t bytes);
IMPORT("sensor") double virtual_sensor(uint32_t index);
IMPORT("time") double virtual_time(uint32_t monotonic);

// An instance of the module is one board.
static struct board board;
static uint8_t buffer[2048];
static char names[2048];
static const char *sensors[SENSORS_MAX + 1];

static void port_write(void *host, const uint8_t *data, uint32_t bytes) {
  (void)host;
  virtual_write(data, bytes);
}

static uint64_t port_monotonic_ms(void *host) {
  (void)host;
  return (uint64_t)virtual_time(1);
}

static const char *port_sensor_name(void *host, uint32_t index) {
  (void)host;
  return index < SENSORS_MAX ? sensors[index] : 0;
}

static bool port_sensor_read(void *host, const char *name, uint32_t bytes, double *reading) {
  (void)host;
  for (uint32_t i = 0; sensors[i] != 0; i++) {
    uint32_t length = 0;
    while (sensors[i][length]) length++;
    if (!text_equal((struct text){name, bytes}, (struct text){sensors[i], length})) continue;
    *reading = virtual_sensor(i);
    return true;
  }
  return false;
}

static const struct board_port port = {
  .name = "wasm", .write = port_write, .monotonic_ms = port_monotonic_ms, .sensor_name = port_sensor_name, .sensor_read = port_sensor_read,
};

EXPORT("board_buffer") uint8_t *virtual_buffer(void) { return buffer; }

EXPORT("board_init") uint32_t virtual_init(uint32_t bytes, uint32_t memory_bytes, uint32_t outbox_bytes, uint32_t entropy) {
  uint32_t count = 0, at = 0, pages = (memory_bytes + PAGE_BYTES - 1) / PAGE_BYTES;
  if (bytes >= sizeof names || outbox_bytes > memory_bytes / 2) return 0;
  for (uint32_t i = 0; i < bytes; i++) names[i] = (char)buffer[i];
  names[bytes] = 0;
  while (names[at]) at++;
  for (uint32_t next = at + 1; next < bytes && count < SENSORS_MAX; next = at + 1) {
    sensors[count++] = names + next;
    for (at = next; names[at];) at++;
  }
  uint32_t before = (uint32_t)__builtin_wasm_memory_grow(0, pages);
  if (before == 0xffffffffu) return 0;
  board_init(&board, &port, 0, names, (void *)(before * PAGE_BYTES), memory_bytes, outbox_bytes, entropy);
  return 1;
}

EXPORT("board_receive") void virtual_receive(uint32_t bytes) { board_receive(&board, buffer, bytes < sizeof buffer ? bytes : sizeof buffer); }
EXPORT("board_poll") uint32_t virtual_poll(void) { return board_poll(&board); }
EXPORT("board_model") double virtual_model(double ms) { return sensor_model_vibration((uint64_t)ms); }
