// A process that reads images from stdin and answers on stdout, many in one life: what test/fuzz drives.
//
//   request   u32 what, u32 image bytes, u32 arena bytes, u32 fuel, u32 step, the image
//   answer    u32 outcome, u32 place, u32 bytes printed, u32 bytes of error, what was printed, the error as JSON
//
//   VERIFY    of many images, each behind its size as u32: prints the rule that each breaks or 0, and where, as two u32. With fuel, what passes is run
//   RUN       outcome: enum iotpy_state of the top level; place: fuel used. BROKEN: the rule is in place
//   FAIL      runs the image again and again: once each with the first allocation failing, with the one `step` behind it, and so on while there are
//             any. outcome: how many runs ended with MemoryError; place: how many runs; printed: the other exceptions that ended one, each in a line
//             (programs catch MemoryError and go on). Needs -DIOTPY_FAIL. Built with sanitizers, a touch outside the image and the arena ends the process; so does an
//             arena whose objects or references are not whole after a run
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../vm/frame.h"

enum { VERIFY, RUN, FAIL };
enum { REQUEST_BYTES_MAX = 1 << 25, PRINTED_BYTES_MAX = 1 << 20 };
struct request { uint32_t what, image_bytes, arena_bytes, fuel, step; };
struct answer { uint32_t outcome, place, printed, error; };
struct bytes { uint8_t *data; size_t count, room; };

static struct bytes printed, emitted;

static void add(struct bytes *to, const uint8_t *data, uint32_t bytes) {
  if (bytes == 0) return;
  if (to->count + bytes > to->room) {
    to->room = 2 * (to->count + bytes);
    to->data = realloc(to->data, to->room);
    if (!to->data) abort();
  }
  memcpy(to->data + to->count, data, bytes);
  to->count += bytes;
}

// ---- the port
void iotpy_port_emit(void *host, const uint8_t *data, uint32_t bytes) { (void)host, add(&emitted, data, bytes); }
void iotpy_port_print(void *host, const uint8_t *utf8, uint32_t bytes) {
  (void)host;
  if (printed.count + bytes <= PRINTED_BYTES_MAX) add(&printed, utf8, bytes);
}
bool iotpy_port_overdue(void *host) { return (void)host, vm->fuel < 0; }
double iotpy_port_time_ms(void *host, bool monotonic) { return (void)host, monotonic ? 1000 : 1700000000000; }

#ifdef IOTPY_FAIL
// ---- the arena's invariants: the heap is whole objects, and every reference of roots, stack and objects is one's first word
static bool *starts;

static void check_word(value v) {
  if (is_ref(v) && (v >= (uint32_t)(vm->heap_end - vm->arena) || !starts[v / 4])) abort();
}

static void check_arena(void) {
  const uint32_t *heap = (const uint32_t *)(const void *)vm->heap_base, *end = (const uint32_t *)(const void *)vm->heap_end;
  starts = calloc((size_t)(vm->arena_end - vm->arena) / 4, sizeof *starts);
  if (!starts || vm->heap_end > vm->stack_low || vm->stack_low > vm->arena_end) abort();
  for (const uint32_t *object = heap; object != end; object += header_words(*object)) {
    if (object > end || (*object & 3) != 1 || header_type(*object) >= O_TYPES || header_words(*object) == 0) abort();
    starts[((const uint8_t *)object - vm->arena) / 4] = true;
  }
  for (const uint32_t *object = heap; object != end; object += header_words(*object))
    for (uint32_t i = 1; i < header_words(*object) && !is_raw(header_type(*object)); i++) check_word(object[i]);
  for (const value *word = (const value *)(const void *)vm->arena; word < heap; word++) check_word(*word);
  for (const value *word = (const value *)(const void *)vm->stack_low; (const uint8_t *)word < vm->arena_end; word++) check_word(*word);
  free(starts);
}
#else
static void check_arena(void) {}
#endif

// ---- running
static struct answer run(const struct request *r, const uint8_t *image) {
  struct answer answer = {.outcome = IOTPY_BROKEN};
  uint32_t at;
  if ((answer.place = iotpy_verify(image, r->image_bytes, &at)) != 0) return answer;
  struct iotpy_vm instance;
  uint8_t *arena = aligned_alloc(8, r->arena_bytes);
  if (!arena) abort();
  if (iotpy_start(&instance, arena, r->arena_bytes, image, NULL)) {
    enum iotpy_state state;
    while ((state = iotpy_run(&instance, r->fuel)) == IOTPY_WAIT) iotpy_host_raise(&instance, "OSError", "nothing is attached");
    answer = (struct answer){.outcome = state, .place = iotpy_fuel_used(&instance)};
    check_arena();
    if (state == IOTPY_RAISED) iotpy_emit_error(&instance, IOTPY_JSON);
  }
  free(arena);
  answer.printed = (uint32_t)printed.count;
  answer.error = (uint32_t)emitted.count;
  return answer;
}

static struct answer fail_each(const struct request *r, const uint8_t *image) {
  struct answer answer = {.outcome = 0};
#ifdef IOTPY_FAIL
  struct bytes others = {0};
  static const char memory_error[] = "{\"errorType\": \"MemoryError\"";
  for (uint32_t n = 1; n == 1 || iotpy_allocations >= iotpy_failing_allocation; n += r->step) {
    printed.count = emitted.count = 0;
    iotpy_allocations = 0;
    iotpy_failing_allocation = n;
    struct answer one = run(r, image);
    answer.place++;
    if (one.outcome != IOTPY_RAISED) continue;
    if (emitted.count >= sizeof memory_error && memcmp(emitted.data, memory_error, sizeof memory_error - 1) == 0) { answer.outcome++; continue; }
    add(&others, emitted.data, (uint32_t)emitted.count);
    add(&others, (const uint8_t *)"\n", 1);
  }
  iotpy_failing_allocation = 0;
  printed.count = emitted.count = 0;
  add(&printed, others.data, (uint32_t)others.count);
  answer.printed = (uint32_t)printed.count;
  free(others.data);
#else
  (void)r, (void)image;
  abort();
#endif
  return answer;
}

// Each image gets a block of its own size, so that a sanitizer sees what is read beyond it.
static struct answer verify_each(const struct request *r, const uint8_t *images) {
  struct bytes rules = {0};
  uint32_t size;
  for (uint32_t from = 0; from + 4 <= r->image_bytes; from += size) {
    memcpy(&size, images + from, 4);
    from += 4;
    if (size > r->image_bytes - from) abort();
    uint8_t *image = aligned_alloc(8, (size + 15u) & ~7u);
    if (!image) abort();
    memcpy(image, images + from, size);
    uint32_t found[2] = {0};
    found[0] = iotpy_verify(image, size, &found[1]);
    add(&rules, (const uint8_t *)found, sizeof found);
    if (found[0] == 0 && r->fuel > 0) run(&(struct request){.image_bytes = size, .arena_bytes = r->arena_bytes, .fuel = r->fuel}, image);
    free(image);
  }
  printed.count = emitted.count = 0;
  add(&printed, rules.data, (uint32_t)rules.count);
  free(rules.data);
  return (struct answer){.printed = (uint32_t)printed.count};
}

static struct answer answer_to(const struct request *r, const uint8_t *image) {
  struct answer answer = {0};
  printed.count = emitted.count = 0;
  switch (r->what) {
    case VERIFY: answer = verify_each(r, image); break;
    case RUN: answer = run(r, image); break;
    case FAIL: answer = fail_each(r, image); break;
    default: abort();
  }
  return answer;
}

int main(void) {
  struct request r;
  while (fread(&r, sizeof r, 1, stdin) == 1) {
    if (r.image_bytes > REQUEST_BYTES_MAX) abort();
    uint8_t *image = aligned_alloc(8, (r.image_bytes + 15u) & ~7u);
    if (!image || fread(image, 1, r.image_bytes, stdin) != r.image_bytes) return 1;
    struct answer answer = answer_to(&r, image);
    fwrite(&answer, sizeof answer, 1, stdout);
    if (answer.printed > 0) fwrite(printed.data, 1, answer.printed, stdout);
    if (answer.error > 0) fwrite(emitted.data, 1, answer.error, stdout);
    fflush(stdout);
    free(image);
  }
  return 0;
}
