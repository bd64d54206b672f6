// Time from the watchdog's 32-bit counter, which runs down at the core's clock and starts anew every 86 seconds; nothing is lost when an interrupt comes late.
// SysTick wakes the core every 10 ms and keeps the count across the counter's end.
#include "port.h"

#define WATCHDOG_LOAD REGISTER(0x40000000)
#define WATCHDOG_VALUE REGISTER(0x40000004)
#define WATCHDOG_CONTROL REGISTER(0x40000008)
#define SYSTICK_CONTROL REGISTER(0xe000e010)
#define SYSTICK_RELOAD REGISTER(0xe000e014)
#define SYSTICK_VALUE REGISTER(0xe000e018)
#define RUN_CLOCK REGISTER(0x400fe060)
#define RAW_INTERRUPTS REGISTER(0x400fe050)

#define TICK_MS 10
#define CYCLES_PER_MS (CLOCK_HZ / 1000)

static struct { uint32_t last, rest; uint64_t ms; } passed;  // counter when last looked at, cycles of a begun millisecond

// The 8 MHz crystal through the PLL (200 MHz) divided by four: 50 MHz.
static void run_at_50_mhz(void) {
  uint32_t control = RUN_CLOCK;
  control = (control | 1u << 11) & ~(1u << 22);                      // bypass the PLL, no divider
  RUN_CLOCK = control;
  control = (control & ~(0xfu << 6 | 3u << 4 | 1u << 13 | 1u << 0)) | 0xeu << 6;  // crystal 8 MHz, main oscillator, PLL powered
  RUN_CLOCK = control;
  control = (control & ~(0xfu << 23)) | 3u << 23 | 1u << 22;         // divide by 4
  RUN_CLOCK = control;
  while (!(RAW_INTERRUPTS & 1u << 6)) {}                             // the PLL has locked
  RUN_CLOCK = control & ~(1u << 11);
}

void clock_init(void) {
  run_at_50_mhz();
  RCGC0 |= 1u << 3;
  WATCHDOG_LOAD = 0xffffffffu;
  WATCHDOG_CONTROL = 1;           // interrupt enabled (and left masked in the NVIC), no reset: that starts the counter
  passed.last = WATCHDOG_VALUE;
  SYSTICK_RELOAD = TICK_MS * CYCLES_PER_MS - 1;
  SYSTICK_VALUE = 0;
  SYSTICK_CONTROL = 7;
}

// Called by the main loop and by the tick, so the look at the counter must not be torn.
uint64_t clock_ms(void) {
  __asm volatile("cpsid i" ::: "memory");
  uint32_t now = WATCHDOG_VALUE, cycles = passed.last - now;
  passed.last = now;
  passed.rest += cycles % CYCLES_PER_MS;
  passed.ms += cycles / CYCLES_PER_MS + passed.rest / CYCLES_PER_MS;
  passed.rest %= CYCLES_PER_MS;
  uint64_t ms = passed.ms;
  __asm volatile("cpsie i" ::: "memory");
  return ms;
}

void clock_tick(void) { clock_ms(); }
