// The collector: marks what can be reached, then slides it together in place (H. B. M. Jonkers, A fast garbage compaction algorithm,
// 1979). While it runs, all references to an object are threaded into a chain that begins in the object's header: a header has bit 0 set,
// a reference has not, so the end of the chain is the header itself. No second space and no table is needed, and roots and stack words
// thread like the fields of objects.
#include "frame.h"

#define MARK 2u

// ---- mark: depth first with a small stack of half-scanned objects; what does not fit is found again by scanning the heap.
struct open_object { uint32_t *object; uint32_t next; };
struct marker { struct open_object stack[IOTPY_MARK_STACK]; uint32_t depth; uint32_t *missed; };

// Marks the object and opens it when it has fields to scan.
static void mark_object(struct marker *m, uint32_t *object) {
  *object |= MARK;
  if (is_raw(header_type(*object)) || header_words(*object) < 2) return;
  if (m->depth == IOTPY_MARK_STACK) {
    if (!m->missed || object < m->missed) m->missed = object;
    return;
  }
  m->stack[m->depth++] = (struct open_object){object, 1};
}

static uint32_t *unmarked(value v) {
  if (!is_ref(v)) return NULL;
  uint32_t *object = iotpy_words(v);
  return *object & MARK ? NULL : object;
}

static void mark_from(struct marker *m, value v) {
  uint32_t *object = unmarked(v);
  if (object) mark_object(m, object);
  while (m->depth > 0) {
    struct open_object *top = &m->stack[m->depth - 1];
    uint32_t *child = unmarked(top->object[top->next++]);
    if (top->next >= header_words(*top->object)) m->depth--;  // the last field takes its parent's place: lists linked by it need no depth
    if (child) mark_object(m, child);
  }
}

static void mark_missed(struct marker *m) {
  while (m->missed) {
    uint32_t *object = m->missed;
    m->missed = NULL;
    for (; (uint8_t *)object < vm->heap_end; object += header_words(*object)) {
      if (!(*object & MARK) || is_raw(header_type(*object))) continue;
      for (uint32_t i = 1; i < header_words(*object); i++) mark_from(m, object[i]);
    }
  }
}

// ---- every word outside the heap that may hold a reference
typedef void visit_word(void *context, value *word);
static void visit_roots(visit_word *visit, void *context) {
  for (value *word = (value *)(void *)vm->arena; (uint8_t *)word < vm->heap_base; word++) visit(context, word);
  for (value *word = (value *)(void *)vm->stack_low; (uint8_t *)word < vm->arena_end; word++) visit(context, word);
}

static void mark_word(void *marker, value *word) { mark_from(marker, *word); }

// ---- compact
static void thread_word(void *unused, value *word) {
  (void)unused;
  if (!is_ref(*word)) return;
  uint32_t *object = iotpy_words(*word);
  *word = *object;
  *object = offset_of(word);
}

// Gives every word of the object's chain the object's new address, and the object its header back.
static void unthread(uint32_t *object, value new_address) {
  uint32_t word = *object;
  while (!(word & 1)) {
    value *reference = word_at(word);
    word = *reference;
    *reference = new_address;
  }
  *object = word;
}

static bool is_living(uint32_t word) { return !(word & 1) || (word & MARK); }

// One header for the dead objects from `object` on, so that the second pass leaps over them.
static uint32_t *join_dead(uint32_t *object) {
  uint32_t *end = object;
  while ((uint8_t *)end < vm->heap_end && !is_living(*end) && (uint32_t)(end - object) + header_words(*end) <= IOTPY_OBJECT_WORDS_MAX) end += header_words(*end);
  *object = header_of(O_FREE, 0, (uint32_t)(end - object));
  return end;
}

// First pass, upwards: references from below are put right, those of the object itself are threaded.
static void update_forward_references(void) {
  uint32_t new_address = (uint32_t)(vm->heap_base - vm->arena);
  for (uint32_t *object = (uint32_t *)(void *)vm->heap_base; (uint8_t *)object < vm->heap_end;) {
    if (!is_living(*object)) { object = join_dead(object); continue; }
    unthread(object, new_address);
    uint32_t words = header_words(*object);
    if (!is_raw(header_type(*object))) for (uint32_t i = 1; i < words; i++) thread_word(NULL, object + i);
    object += words;
    new_address += 4 * words;
  }
}

// Second pass, upwards: references from above are put right, and the object moves to its place.
static void move_objects(void) {
  uint32_t *to = (uint32_t *)(void *)vm->heap_base;
  for (uint32_t *object = to; (uint8_t *)object < vm->heap_end;) {
    if (!is_living(*object)) { object += header_words(*object); continue; }
    unthread(object, offset_of(to));
    *object &= ~MARK;
    uint32_t words = header_words(*object);
    if (to != object) for (uint32_t i = 0; i < words; i++) to[i] = object[i];
    to += words;
    object += words;
  }
  vm->heap_end = (uint8_t *)to;
}

static void count_collection(void) {
  struct iotpy_roots *roots = vm->roots;
  int32_t words = (int32_t)((vm->heap_end - vm->arena) + (vm->arena_end - vm->stack_low)) / 4;
  if (words > int_of(roots->memory_peak)) roots->memory_peak = from_int(words);
  roots->collections = from_int((int_of(roots->collections) + 1) & IOTPY_INT_MAX);
}

void iotpy_collect(void) {
  struct marker m = {};
  visit_roots(mark_word, &m);
  mark_missed(&m);
  visit_roots(thread_word, NULL);
  update_forward_references();
  move_objects();
  attribute_flush();
  count_collection();
}

#ifdef IOTPY_STRESS
// Test builds: after every collection the heap moves up by a gap that changes, and free space is poisoned, so that a reference kept in
// a C variable over an allocation points to something else.
struct shift { uint32_t bytes; };
static void shift_word(void *context, value *word) {
  if (is_ref(*word)) *word += ((struct shift *)context)->bytes;
}

static void shift_heap(uint32_t gap) {
  struct shift s = {4 * gap};
  visit_roots(shift_word, &s);
  for (uint32_t *object = (uint32_t *)(void *)vm->heap_base; (uint8_t *)object < vm->heap_end; object += header_words(*object)) {
    if (!is_raw(header_type(*object))) for (uint32_t i = 1; i < header_words(*object); i++) shift_word(&s, object + i);
  }
  __builtin_memmove(vm->heap_base + s.bytes, vm->heap_base, (size_t)(vm->heap_end - vm->heap_base));
  *(uint32_t *)(void *)vm->heap_base = header_of(O_FREE, 0, gap);
  vm->heap_end += s.bytes;
}

void iotpy_displace(void);
void iotpy_displace(void) {
  uint32_t gap = 1 + (uint32_t)int_of(vm->roots->collections) % 5;
  if (vm->stack_low - vm->heap_end >= (ptrdiff_t)(4 * gap + 4 * IOTPY_ROOT_RESERVE_WORDS)) shift_heap(gap);
  for (uint8_t *p = vm->heap_end; p < vm->stack_low; p++) *p = 0xd8;
}
#endif
