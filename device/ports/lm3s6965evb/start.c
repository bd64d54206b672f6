// Reset, the board's memory, and the main loop.
#include "../../board/board.h"
#include "../../board/sensor_model.h"
#include "port.h"

#define STACK_BYTES 7168u        // the deepest nesting of repr in str in % (IOTPY_NEST_MAX) was measured at 5,800
#define STACK_GUARD 0x5afe57acu  // the word below the stack
#define OUTBOX_BYTES 4096u
#define NAME_BYTES_MAX 32

extern uint32_t stack_top, data_start, data_end, data_load, bss_start, bss_end;
extern const char identity[];

static struct board board;

static void port_write(void *host, const uint8_t *data, uint32_t bytes) {
  (void)host;
  uart_send(data, bytes);
}

static uint64_t port_monotonic_ms(void *host) {
  (void)host;
  return clock_ms();
}

static const char *port_sensor_name(void *host, uint32_t index) {
  (void)host;
  return index == 0 ? "accel" : 0;
}

static bool port_sensor_read(void *host, const char *name, uint32_t bytes, double *reading) {
  (void)host;
  if (!text_equal((struct text){name, bytes}, (struct text){"accel", 5})) return false;
  *reading = sensor_model_vibration(clock_ms());
  return true;
}

static const struct board_port port = {
  .name = "lm3s6965evb", .write = port_write, .monotonic_ms = port_monotonic_ms, .sensor_name = port_sensor_name, .sensor_read = port_sensor_read,
};

// A blank page (0xff or 0) leaves the port's own name.
static const char *board_name(void) {
  uint32_t bytes = 0;
  while (bytes < NAME_BYTES_MAX && identity[bytes] != 0 && (uint8_t)identity[bytes] != 0xff) bytes++;
  return bytes > 0 && bytes < NAME_BYTES_MAX && identity[bytes] == 0 ? identity : port.name;
}

// Sleeps until bytes have come or the time is near; the tick wakes the core every 10 ms. Interrupts are off between the look at the ring and
// the sleep, which a pending one ends all the same.
static void rest(uint32_t ms) {
  uint64_t until = clock_ms() + ms;
  while (clock_ms() < until) {
    __asm volatile("cpsid i" ::: "memory");
    bool waiting = uart_waiting();
    if (!waiting) __asm volatile("wfi");
    __asm volatile("cpsie i" ::: "memory");
    if (waiting) return;
  }
}

// After a fault the gateway sees a board with a new epoch.
static void restart(void) {
  REGISTER(0xe000ed0c) = 0x05fa0004;
  for (;;) {}
}

int main(void);
int main(void) {
  clock_init();
  uart_init();
  uint8_t *memory = (uint8_t *)&bss_end;
  uint32_t bytes = (uint32_t)((uint8_t *)&stack_top - memory) - STACK_BYTES;
  volatile uint32_t *guard = (volatile uint32_t *)(void *)(memory + bytes);
  *guard = STACK_GUARD;
  board_init(&board, &port, 0, board_name(), memory, bytes, OUTBOX_BYTES, (uint32_t)clock_ms());
  for (;;) {
    uint8_t received[64];
    for (uint32_t count; (count = uart_receive(received, sizeof received)) > 0;) board_receive(&board, received, count);
    uint32_t ms = board_poll(&board);
    if (*guard != STACK_GUARD) restart();
    if (ms > 0) rest(ms);
  }
}

// ---- the runtime's port functions
void iotpy_port_emit(void *host, const uint8_t *data, uint32_t bytes) { board_emit(host, data, bytes); }
void iotpy_port_print(void *host, const uint8_t *utf8, uint32_t bytes) { board_print(host, utf8, bytes); }
bool iotpy_port_overdue(void *host) { return board_overdue(host); }
double iotpy_port_time_ms(void *host, bool monotonic) { return board_time_ms(host, monotonic); }

// ---- reset
void reset(void);
void reset(void) {
  for (uint32_t *from = &data_load, *to = &data_start; to < &data_end;) *to++ = *from++;
  for (uint32_t *to = &bss_start; to < &bss_end;) *to++ = 0;
  main();
}

typedef void handler(void);
__attribute__((section(".vectors"), used)) static handler *const vectors[16 + 22] = {
  (handler *)&stack_top, reset, restart, restart, restart, restart, restart, 0, 0, 0, 0, restart, restart, 0, restart, clock_tick,
  [16 + 5] = uart_interrupt,
};
