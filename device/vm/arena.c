// Memory: objects are made by moving the end of the heap up, frames and roots by moving the stack down. When they would meet, the
// collector (collect.c) slides the living objects together. Between the two always lie IOTPY_ROOT_RESERVE_WORDS for pushed roots.
#include "frame.h"

static bool fits(uint32_t bytes) { return vm->stack_low - vm->heap_end >= (ptrdiff_t)bytes + RESERVE_BYTES; }

#ifdef IOTPY_FAIL
uint32_t iotpy_allocations, iotpy_failing_allocation;
static bool fails(void) { return ++iotpy_allocations == iotpy_failing_allocation; }
#else
static bool fails(void) { return false; }
#endif

// The last resort: lists give back the room that they have grown ahead.
static void trim(void) {
  for (uint32_t *object = (uint32_t *)(void *)vm->heap_base; (uint8_t *)object < vm->heap_end; object += header_words(*object)) {
    if (header_type(*object) == O_LIST && object[2] != VALUE_NONE) iotpy_shrink(object[2], 1 + (uint32_t)int_of(object[1]));
  }
  iotpy_collect();
}

static bool free_for(uint32_t bytes) {
  iotpy_collect();
  if (!fits(bytes)) trim();
  return fits(bytes);
}

#ifdef IOTPY_STRESS
void iotpy_displace(void);
static bool make_fit(uint32_t bytes) {
  if (!free_for(bytes)) return false;
  iotpy_displace();
  return fits(bytes) || free_for(bytes);
}
#else
static bool make_fit(uint32_t bytes) { return fits(bytes) || free_for(bytes); }
#endif

bool iotpy_room(uint32_t words) {
  if (!fails() && (fits(4 * words) || free_for(4 * words))) return true;
  iotpy_raise_memory_error();
  return false;
}

// Gives the last object of the heap its new end.
static void fill(uint32_t *object, uint32_t from, uint32_t header) {
  value empty = is_raw(header_type(header)) ? 0 : VALUE_NONE;
  for (uint32_t i = from; i < header_words(header); i++) object[i] = empty;
  object[0] = header;
  vm->heap_end = (uint8_t *)(object + header_words(header));
}

value iotpy_try_new(enum object_type type, uint32_t flags, uint32_t words) {
  if (words > IOTPY_OBJECT_WORDS_MAX || fails() || !make_fit(4 * words)) return 0;
  uint32_t *object = (uint32_t *)(void *)vm->heap_end;
  fill(object, 1, header_of(type, flags, words));
  return (value)((uint8_t *)object - vm->arena);
}

value iotpy_new(enum object_type type, uint32_t flags, uint32_t words) {
  value v = iotpy_try_new(type, flags, words);
  return v ? v : iotpy_raise_memory_error();
}

// In place: of the heap's last object.
static bool extend(uint32_t *object, uint32_t words) {
#ifdef IOTPY_STRESS
  (void)object, (void)words;
  return false;
#else
  uint32_t header = *object, old = header_words(header);
  if ((uint8_t *)(object + old) != vm->heap_end || words > IOTPY_OBJECT_WORDS_MAX || !fits(4 * (words - old))) return false;
  fill(object, old, header_of(header_type(header), header_flags(header), words));
  return true;
#endif
}

value iotpy_grow(root object, uint32_t words) {
  if (extend(iotpy_words(*object), words)) return *object;
  value made = iotpy_try_new(header_type(*iotpy_words(*object)), 0, words);
  const uint32_t *old = iotpy_words(*object);
  if (made) __builtin_memcpy(iotpy_fields(made), old + 1, 4 * (header_words(*old) - 1));
  else if (!extend(iotpy_words(*object), words)) return iotpy_raise_memory_error();  // it may have come to lie last
  return made ? made : *object;
}

void iotpy_shrink(value object, uint32_t words) {
  uint32_t *header = iotpy_words(object);
  uint32_t old = header_words(*header);
  if (words >= old) return;
  *header = header_of(header_type(*header), header_flags(*header), words);
  if ((uint8_t *)(header + old) == vm->heap_end) vm->heap_end = (uint8_t *)(header + words);
  else header[words] = header_of(O_FREE, 0, old - words);
}

// A block of pushed words is told from a single one by a mark below it, so that iotpy_pop knows how much to drop.
#define BLOCK_MARK(count) IOTPY_CONSTANT(KIND_SINGLETON, 16 + (count))
static bool is_block_mark(value v) { return is_constant(v, KIND_SINGLETON) && payload_of(v) >= 16; }

static value *push_raw(uint32_t count) {
  if (vm->stack_low - vm->heap_end < 4 * (ptrdiff_t)count) __builtin_trap();  // a native has broken the rule of the reserve
  vm->stack_low -= 4 * count;
  return (value *)(void *)vm->stack_low;
}

root iotpy_push(value v) {
  value *word = push_raw(1);
  *word = v;
  return word;
}

root iotpy_push_words(uint32_t count) {
  if (count == 0) count = 1;
  value *words = push_raw(count + 1);
  words[0] = BLOCK_MARK(count);
  for (uint32_t i = 1; i <= count; i++) words[i] = VALUE_NONE;
  return words + 1;
}

void iotpy_pop(root first_pushed) {
  const value *word = first_pushed;
  bool block = (const uint8_t *)word > vm->stack_low && is_block_mark(word[-1]);
  vm->stack_low = (uint8_t *)first_pushed + 4 * (block ? payload_of(word[-1]) - 16 : 1);
}
