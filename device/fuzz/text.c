// libFuzzer target: what reads text and wire forms. The first byte says what of text.py is done with the rest: its operations get it as bytes, the
// two numbers behind them are the event itself as JSON and as CBOR; a result goes out and comes in again in both forms, and must be the same text.
// The image is build/fuzz/text.image (test/fuzz/corpora.ts compiles it). Build and run: device/fuzz/build.sh text
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../vm/vm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *count, char ***words);

enum { ARENA_BYTES = 48 * 1024, FUEL = 3000, OPERATIONS = 32, IMAGE_BYTES_MAX = 1 << 16, OUT_BYTES_MAX = 1 << 18 };
static uint8_t image[IMAGE_BYTES_MAX] __attribute__((aligned(8)));
static uint8_t begun[ARENA_BYTES] __attribute__((aligned(8)));   // the arena after the top level
static struct { uint8_t data[OUT_BYTES_MAX]; uint32_t bytes; bool full; } out;

int LLVMFuzzerInitialize(int *count, char ***words) {
  (void)count, (void)words;
  const char *path = getenv("TEXT_IMAGE");
  FILE *file = fopen(path ? path : "text.image", "rb");
  if (!file) { fprintf(stderr, "TEXT_IMAGE says where text.image lies\n"); exit(2); }
  uint32_t bytes = (uint32_t)fread(image, 1, sizeof image, file), at;
  fclose(file);
  struct iotpy_vm machine;
  if (iotpy_verify(image, bytes, &at) != 0 || !iotpy_start(&machine, begun, ARENA_BYTES, image, NULL) || iotpy_run(&machine, 1000000) != IOTPY_DONE) abort();
  return 0;
}

static enum iotpy_state call(struct iotpy_vm *machine, uint8_t *arena, enum iotpy_encoding encoding, const uint8_t *event, uint32_t bytes) {
  static const uint8_t context[] = {0xf6};   // null
  memcpy(arena, begun, ARENA_BYTES);
  if (!iotpy_attach(machine, arena, ARENA_BYTES, image, NULL)) abort();
  uint8_t *copy = malloc(bytes);   // its end is watched
  memcpy(copy, event, bytes);
  enum iotpy_state state = iotpy_call(machine, encoding, copy, bytes, encoding == IOTPY_CBOR ? context : (const uint8_t *)"null", encoding == IOTPY_CBOR ? 1 : 4) ? iotpy_run(machine, FUEL) : IOTPY_RAISED;
  free(copy);
  return state;
}

static bool emit(struct iotpy_vm *machine, enum iotpy_encoding encoding) {
  out.bytes = 0;
  out.full = false;
  return iotpy_emit_result(machine, encoding) && !out.full;
}

// The result once more, through each form.
static void again(struct iotpy_vm *machine, uint8_t *arena, enum iotpy_encoding encoding) {
  if (!emit(machine, encoding)) return;
  uint32_t bytes = out.bytes;
  uint8_t *first = malloc(bytes);
  memcpy(first, out.data, bytes);
  if (call(machine, arena, encoding, first, bytes) == IOTPY_DONE && emit(machine, encoding) && (out.bytes != bytes || memcmp(out.data, first, bytes) != 0)) abort();
  free(first);
}

// [100 + operation, bytes] as CBOR.
static uint32_t event_of(uint8_t *to, uint32_t operation, const uint8_t *data, uint32_t bytes) {
  const uint8_t head[] = {0x82, 0x18, (uint8_t)(100 + operation), 0x59, (uint8_t)(bytes >> 8), (uint8_t)bytes};
  memcpy(to, head, sizeof head);
  memcpy(to + sizeof head, data, bytes);
  return bytes + (uint32_t)sizeof head;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 1 || size > 4096) return 0;
  struct iotpy_vm machine;
  uint8_t *arena = aligned_alloc(8, ARENA_BYTES);
  uint32_t operation = data[0] % (OPERATIONS + 2), bytes = (uint32_t)size - 1;
  static uint8_t event[4096 + 16];
  enum iotpy_encoding encoding = operation == OPERATIONS ? IOTPY_JSON : IOTPY_CBOR;
  enum iotpy_state state = operation < OPERATIONS ? call(&machine, arena, encoding, event, event_of(event, operation, data + 1, bytes)) : call(&machine, arena, encoding, data + 1, bytes);
  out.bytes = 0;
  if (state == IOTPY_RAISED) iotpy_emit_error(&machine, IOTPY_JSON);
  if (state == IOTPY_RAISED && memmem(out.data, out.bytes, "\"Broken\"", 8)) abort();
  if (state == IOTPY_DONE) again(&machine, arena, encoding);
  free(arena);
  return 0;
}

void iotpy_port_emit(void *host, const uint8_t *data, uint32_t bytes) {
  (void)host;
  if (bytes > OUT_BYTES_MAX - out.bytes) { out.full = true; return; }
  memcpy(out.data + out.bytes, data, bytes);
  out.bytes += bytes;
}
void iotpy_port_print(void *host, const uint8_t *utf8, uint32_t bytes) { (void)host, (void)utf8, (void)bytes; }
bool iotpy_port_overdue(void *host) { return (void)host, false; }
double iotpy_port_time_ms(void *host, bool monotonic) { return (void)host, monotonic ? 1000 : 1700000000000; }
