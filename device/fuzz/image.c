// libFuzzer target: any bytes as an image. Its size, checksum and table hash are set right, so that the other rules decide; what the verifier
// lets pass runs its top level and its handler in an arena of exactly its size. With ASan and UBSan nothing may be touched outside the image and
// the arena, whatever the code says, and a run that is stopped and moved goes on. Build and run: device/fuzz/build.sh image
#include <stdlib.h>
#include <string.h>
#include "../vm/vm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 12 * 1024, SLICES = 12, SLICE_FUEL = 300, HEADER_BYTES = 32, LOOKS_MAX = 100 };
static uint32_t looks;

static uint32_t crc32_of(const uint8_t *data, size_t bytes) {
  uint32_t crc = 0xffffffffu;
  for (size_t i = 0; i < bytes; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return ~crc;
}

static void put_u32(uint8_t *to, uint32_t word) { memcpy(to, &word, 4); }

// Ends a host call as a gateway might: with a value, with one that does not fit, or with an exception.
static void answer(struct iotpy_vm *vm, uint32_t turn) {
  static const uint8_t json[] = "[1, {\"a\": 2.5}]";
  if (turn % 3 == 0) iotpy_host_raise(vm, "OSError", "no such sensor");
  else iotpy_host_return(vm, IOTPY_JSON, json, turn % 3 == 1 ? sizeof json - 1 : 5);
}

// Runs what is queued; between slices the arena moves to another block.
static enum iotpy_state run(struct iotpy_vm *vm, uint8_t **arena, const uint8_t *image) {
  enum iotpy_state state = IOTPY_FUEL;
  for (uint32_t turn = 0; turn < SLICES && (state == IOTPY_FUEL || state == IOTPY_WAIT); turn++) {
    if (state == IOTPY_WAIT) {
      iotpy_emit_host_arguments(vm, IOTPY_CBOR);
      answer(vm, turn);
    }
    uint8_t *moved = aligned_alloc(8, ARENA_BYTES);
    memcpy(moved, *arena, ARENA_BYTES);
    free(*arena);
    *arena = moved;
    if (!iotpy_attach(vm, moved, ARENA_BYTES, image, NULL)) abort();
    state = iotpy_run(vm, SLICE_FUEL);
  }
  return state;
}

static void run_all(const uint8_t *image) {
  static const uint8_t event[] = "{\"n\": 3, \"window\": [1, 2.5, \"x\", null]}", context[] = "{}";
  struct iotpy_vm vm;
  uint8_t *arena = aligned_alloc(8, ARENA_BYTES);
  if (iotpy_start(&vm, arena, ARENA_BYTES, image, NULL)) {
    enum iotpy_state state = run(&vm, &arena, image);
    if (state == IOTPY_RAISED) iotpy_emit_error(&vm, IOTPY_JSON);
    if (state == IOTPY_DONE && iotpy_call(&vm, IOTPY_JSON, event, sizeof event - 1, context, sizeof context - 1)) {
      state = run(&vm, &arena, image);
      if (state == IOTPY_RAISED || (state == IOTPY_DONE && !iotpy_emit_result(&vm, IOTPY_JSON))) iotpy_emit_error(&vm, IOTPY_CBOR);
    }
  }
  free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < HEADER_BYTES || size > 16384) return 0;
  uint8_t *image = aligned_alloc(8, (size + 7) & ~(size_t)7);
  memcpy(image, data, size);
  put_u32(image + 4, (uint32_t)size);
  put_u32(image + 12, IOTPY_SPEC);
  put_u32(image + 8, crc32_of(image + 12, size - 12));
  uint32_t at;
  looks = 0;
  if (iotpy_verify(image, (uint32_t)size, &at) == 0) run_all(image);
  free(image);
  return 0;
}

void iotpy_port_emit(void *host, const uint8_t *data, uint32_t bytes) { (void)host, (void)data, (void)bytes; }
void iotpy_port_print(void *host, const uint8_t *utf8, uint32_t bytes) { (void)host, (void)utf8, (void)bytes; }
bool iotpy_port_overdue(void *host) { return (void)host, ++looks > LOOKS_MAX; }
double iotpy_port_time_ms(void *host, bool monotonic) { return (void)host, monotonic ? 1000 : 1700000000000; }
