// A process that gives what the runtime computes to a test that compares it (test/fuzz/numbers.py): built-ins on doubles, many in one request.
//
//   request   u32 built-in id, u32 arguments of each call, u32 calls, the arguments as doubles
//   answer    a double a call; nan where it raises
//   request   u32 TEXT, u32 1, u32 count, doubles
//   answer    u32 bytes, the repr of each and a line feed; one that float() does not read as the same double is written as "?"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../vm/frame.h"
#include "../vm/number.h"
#include "../vm/types.h"

#define TEXT 0xffffffffu
enum { ARENA_BYTES = 1 << 16, BATCH_MAX = 1 << 20, ARGUMENTS_MAX = 2 };
struct request { uint32_t builtin, arguments, calls; };
static double numbers[BATCH_MAX * ARGUMENTS_MAX];
static char text_out[BATCH_MAX * 32];

static double call(uint32_t builtin, const double *arguments, uint32_t count) {
  value *words = iotpy_push_words(ARGUMENTS_MAX);
  double result = DOUBLE_NAN;
  for (uint32_t i = 0; i < ARGUMENTS_MAX; i++) words[i] = VALUE_UNBOUND;
  for (uint32_t i = 0; i < count; i++) words[i] = iotpy_float(arguments[i]);
  value v = iotpy_natives[builtin](words, count);
  if (!v || !iotpy_to_double(v, &result)) iotpy_clear();
  return result;
}

static uint32_t write_text(const double *numbers_in, uint32_t count) {
  uint32_t at = 0;
  for (uint32_t i = 0; i < count; i++) {
    char out[IOTPY_FLOAT_TEXT];
    uint32_t bytes = iotpy_double_repr(numbers_in[i], out), used;
    double back = iotpy_double_parse_python((const uint8_t *)out, bytes, &used);
    bool same = !double_finite(numbers_in[i]) || (used == bytes && double_bits(back) == double_bits(numbers_in[i]));
    if (!same) bytes = 1, out[0] = '?';
    memcpy(text_out + at, out, bytes);
    at += bytes;
    text_out[at++] = '\n';
  }
  return at;
}

int main(void) {
  static uint8_t arena[ARENA_BYTES] __attribute__((aligned(8)));
  static const uint8_t image[64] __attribute__((aligned(8))) = {0};   // nothing runs
  static struct iotpy_vm machine;
  struct request r;
  if (!iotpy_start(&machine, arena, sizeof arena, image, NULL)) return 1;
  uint8_t *low = vm->stack_low;
  while (fread(&r, sizeof r, 1, stdin) == 1) {
    if (r.calls > BATCH_MAX || r.arguments > ARGUMENTS_MAX || fread(numbers, sizeof(double) * r.arguments, r.calls, stdin) != r.calls) return 1;
    if (r.builtin == TEXT) {
      uint32_t bytes = write_text(numbers, r.calls);
      fwrite(&bytes, sizeof bytes, 1, stdout);
      fwrite(text_out, 1, bytes, stdout);
    } else {
      for (uint32_t i = 0; i < r.calls; i++) {
        numbers[i] = call(r.builtin, numbers + i * r.arguments, r.arguments);
        vm->stack_low = low;
      }
      fwrite(numbers, sizeof(double), r.calls, stdout);
    }
    fflush(stdout);
  }
  return 0;
}

// ---- the port
void iotpy_port_emit(void *host, const uint8_t *data, uint32_t bytes) { (void)host, (void)data, (void)bytes; }
void iotpy_port_print(void *host, const uint8_t *utf8, uint32_t bytes) { (void)host, (void)utf8, (void)bytes; }
bool iotpy_port_overdue(void *host) { return (void)host, false; }
double iotpy_port_time_ms(void *host, bool monotonic) { return (void)host, monotonic ? 1000 : 1700000000000; }
