// IoTPy as a command on a POSIX system: for tests, fuzzing and benchmarks.
//
//   iotpy IMAGE [--event JSON] [--context JSON] [--fuel N] [--memory BYTES] [--repeat N] [--slice N] [--move]
//
// Runs the image's top level, then, with an event, its handler (`repeat` times). What the program prints goes to stdout; the last line of
// stderr is a report: {"state": "done" | "raised" | "fuel" | "broken", "result": ..., "error": {...}, "fuel": N, "memoryPeak": N, ...}.
// `slice` stops the run every N units of fuel; `move` then copies the arena to other addresses and goes on there.
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "../../vm/vm.h"

struct options { const char *image, *event, *context; uint32_t fuel, memory, repeat, slice; bool move; };
struct text_buffer { char *data; size_t bytes, room; };

// ---- the port
void iotpy_port_emit(void *host, const uint8_t *data, uint32_t bytes) {
  struct text_buffer *out = host;
  if (out->bytes + bytes > out->room) {
    out->room = 2 * (out->bytes + bytes);
    out->data = realloc(out->data, out->room);
    if (!out->data) abort();
  }
  memcpy(out->data + out->bytes, data, bytes);
  out->bytes += bytes;
}

void iotpy_port_print(void *host, const uint8_t *utf8, uint32_t bytes) {
  (void)host;
  fwrite(utf8, 1, bytes, stdout);
}


double iotpy_port_time_ms(void *host, bool monotonic) {
  (void)host;
  struct timespec t;
  clock_gettime(monotonic ? CLOCK_MONOTONIC : CLOCK_REALTIME, &t);
  return (double)t.tv_sec * 1000.0 + (double)t.tv_nsec / 1e6;
}

// ---- reading
static void die(const char *what, const char *which) {
  fprintf(stderr, "iotpy: %s %s\n", what, which);
  exit(2);
}

static uint8_t *read_image(const char *path, uint32_t *bytes) {
  FILE *file = fopen(path, "rb");
  if (!file) die("cannot read", path);
  static uint8_t block[1 << 20] __attribute__((aligned(8)));
  *bytes = (uint32_t)fread(block, 1, sizeof block, file);
  fclose(file);
  uint8_t *image = aligned_alloc(8, (*bytes + 15u) & ~7u);   // no spare room: a sanitizer sees what reads beyond it
  if (!image) abort();
  memcpy(image, block, *bytes);
  return image;
}

static uint32_t number(const char *text) {
  char *end;
  unsigned long n = strtoul(text, &end, 10);
  if (*end || n > UINT32_MAX) die("not a number:", text);
  return (uint32_t)n;
}

static struct options parse(int count, char **words) {
  struct options o = {.fuel = UINT32_MAX, .memory = 1 << 20, .repeat = 1};
  for (int i = 1; i < count; i++) {
    const char *word = words[i], *next = i + 1 < count ? words[i + 1] : "";
    if (strncmp(word, "--", 2) != 0) { o.image = word; continue; }
    if (strcmp(word, "--move") == 0) { o.move = true; continue; }
    i++;
    if (strcmp(word, "--event") == 0) o.event = next;
    else if (strcmp(word, "--context") == 0) o.context = next;
    else if (strcmp(word, "--fuel") == 0) o.fuel = number(next);
    else if (strcmp(word, "--memory") == 0) o.memory = number(next);
    else if (strcmp(word, "--repeat") == 0) o.repeat = number(next);
    else if (strcmp(word, "--slice") == 0) o.slice = number(next);
    else die("unknown option", word);
  }
  if (!o.image) die("usage: iotpy IMAGE [--event JSON] …", "");
  return o;
}

// ---- running
struct instance { struct iotpy_vm vm; uint8_t *arena, *image; uint32_t memory, fuel_used; struct text_buffer out; const struct options *options; };

static uint8_t *new_arena(uint32_t bytes) {
  uint8_t *arena = aligned_alloc(8, (bytes + 15u) & ~7u);
  if (!arena) abort();
  memset(arena, 0xdb, bytes);
  return arena;
}

// The fuel that there would be after this slice.
static uint32_t fuel_behind_slice;

// A built-in ends when it has used what there would be.
bool iotpy_port_overdue(void *host) { return (void)host, vm->fuel < 0 && (uint32_t)-vm->fuel > fuel_behind_slice; }

static void move(struct instance *i) {
  uint8_t *to = new_arena(i->memory);
  memcpy(to, i->arena, i->memory);
  memset(i->arena, 0xdb, i->memory);
  free(i->arena);
  i->arena = to;
  memset(&i->vm, 0xdb, sizeof i->vm);
  if (!iotpy_attach(&i->vm, to, i->memory, i->image, &i->out)) die("the moved arena was refused", "");
}

static void answer(struct instance *i) {
  if (iotpy_host_operation(&i->vm) != B_time_dot_sleep) {
    iotpy_host_raise(&i->vm, "RuntimeError", "this port has no device");
    return;
  }
  i->out.bytes = 0;
  iotpy_emit_host_arguments(&i->vm, IOTPY_JSON);
  iotpy_port_emit(&i->out, (const uint8_t *)"", 1);
  double seconds = strtod(i->out.data + 1, NULL);
  struct timespec t = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
  nanosleep(&t, NULL);
  iotpy_host_return(&i->vm, IOTPY_JSON, (const uint8_t *)"null", 4);
}

// Runs what has been queued, in slices. What is left of the fuel after earlier calls is the budget.
static enum iotpy_state run(struct instance *i) {
  uint32_t before = i->fuel_used;
  for (;;) {
    uint32_t left = i->options->fuel - i->fuel_used, slice = i->options->slice && i->options->slice < left ? i->options->slice : left;
    if (slice > IOTPY_INT_MAX) slice = IOTPY_INT_MAX;
    fuel_behind_slice = left - slice;
    enum iotpy_state state = iotpy_run(&i->vm, slice);
    i->fuel_used = before + iotpy_fuel_used(&i->vm);
    if (state == IOTPY_WAIT) answer(i);
    else if (state != IOTPY_FUEL || i->fuel_used >= i->options->fuel) return state;
    if (i->options->move) move(i);
  }
}

static void report(struct instance *i, enum iotpy_state state) {
  static const char *const names[] = {"done", "fuel", "wait", "raised", "broken"};
  i->out.bytes = 0;
  const char *key = "";
  if (state == IOTPY_DONE) {
    key = "result";
    if (!iotpy_emit_result(&i->vm, IOTPY_JSON)) state = IOTPY_RAISED;
  }
  if (state == IOTPY_RAISED) {
    key = "error";
    i->out.bytes = 0;
    iotpy_emit_error(&i->vm, IOTPY_JSON);
  }
  fflush(stdout);
  fprintf(stderr, "{\"state\": \"%s\", ", names[state]);
  if (i->out.bytes > 0) fprintf(stderr, "\"%s\": %.*s, ", key, (int)i->out.bytes, i->out.data);
  fprintf(stderr, "\"fuel\": %u, \"memoryPeak\": %u, \"memoryUsed\": %u, \"collections\": %d}\n", i->fuel_used, iotpy_memory_peak(&i->vm),
          iotpy_memory_used(&i->vm), int_of(i->vm.roots->collections));
  exit(state == IOTPY_DONE ? 0 : 1);
}

static enum iotpy_state call(struct instance *i) {
  const struct options *o = i->options;
  const char *context = o->context ? o->context : "null";
  if (!iotpy_call(&i->vm, IOTPY_JSON, (const uint8_t *)o->event, (uint32_t)strlen(o->event), (const uint8_t *)context, (uint32_t)strlen(context))) return IOTPY_RAISED;
  return run(i);
}

int main(int count, char **words) {
  struct options options = parse(count, words);
  uint32_t bytes, at, rule;
  struct instance i = {.options = &options, .memory = options.memory, .image = read_image(options.image, &bytes)};
  if ((rule = iotpy_verify(i.image, bytes, &at)) != 0) {
    fprintf(stderr, "{\"state\": \"broken\", \"rule\": %u, \"at\": %u}\n", rule, at);
    return 1;
  }
  i.arena = new_arena(i.memory);
  if (!iotpy_start(&i.vm, i.arena, i.memory, i.image, &i.out)) {
    fprintf(stderr, "{\"state\": \"broken\", \"memory\": %u}\n", i.memory);
    return 1;
  }
  enum iotpy_state state = run(&i);
  for (uint32_t n = 0; n < options.repeat && options.event && state == IOTPY_DONE; n++) state = call(&i);
  report(&i, state);
}
