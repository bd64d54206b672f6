// UART0, a PL011: received bytes go into a ring by interrupt; sending waits for room.
#include "port.h"

#define UART(offset) REGISTER(0x4000c000u + (offset))
#define DATA UART(0x00)
#define FLAGS UART(0x18)
#define BAUD_WHOLE UART(0x24)
#define BAUD_FRACTION UART(0x28)
#define LINE_CONTROL UART(0x2c)
#define CONTROL UART(0x30)
#define INTERRUPT_MASK UART(0x38)
#define INTERRUPT_CLEAR UART(0x44)
#define GPIO_A_ALTERNATE REGISTER(0x40004420)
#define GPIO_A_DIGITAL REGISTER(0x4000451c)

#define FLAG_RECEIVE_EMPTY 0x10u
#define FLAG_SEND_FULL 0x20u
#define RECEIVED_OR_TIMEOUT 0x50u
#define BAUD 115200u
#define RING_BYTES 256u          // power of two; 22 ms at 115,200 baud

static struct { volatile uint32_t in, out; uint8_t bytes[RING_BYTES]; } ring;

void uart_init(void) {
  RCGC1 |= 1u;
  RCGC2 |= 1u;
  GPIO_A_ALTERNATE |= 3u;
  GPIO_A_DIGITAL |= 3u;
  uint32_t divisor = (CLOCK_HZ * 4u + BAUD / 2) / BAUD;              // in 64ths
  CONTROL = 0;
  BAUD_WHOLE = divisor / 64;
  BAUD_FRACTION = divisor % 64;
  LINE_CONTROL = 0x70;                                               // 8 bits, FIFOs
  CONTROL = 0x301;
  INTERRUPT_MASK = RECEIVED_OR_TIMEOUT;
  NVIC_ENABLE = 1u << 5;
}

// With a full ring the bytes stay in the FIFO until the main loop has made room.
void uart_interrupt(void) {
  while (!(FLAGS & FLAG_RECEIVE_EMPTY)) {
    if (ring.in - ring.out == RING_BYTES) {
      INTERRUPT_MASK = 0;
      return;
    }
    ring.bytes[ring.in % RING_BYTES] = (uint8_t)DATA;
    ring.in++;
  }
  INTERRUPT_CLEAR = RECEIVED_OR_TIMEOUT;
}

bool uart_waiting(void) { return ring.out != ring.in; }

uint32_t uart_receive(uint8_t *to, uint32_t bytes) {
  uint32_t count = 0;
  while (count < bytes && ring.out != ring.in) {
    to[count++] = ring.bytes[ring.out % RING_BYTES];
    ring.out++;
  }
  if (count > 0) INTERRUPT_MASK = RECEIVED_OR_TIMEOUT;
  return count;
}

void uart_send(const uint8_t *data, uint32_t bytes) {
  for (uint32_t i = 0; i < bytes; i++) {
    while (FLAGS & FLAG_SEND_FULL) {}
    DATA = data[i];
  }
}
