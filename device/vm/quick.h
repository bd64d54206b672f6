// What the dispatch loop does without leaving it: items of lists, integers of one digit, floats, attributes that the cache knows, frames of plain
// functions. Each answers NULL or false for what the slow form must do. Nothing here collects: what is made must fit into the room that is there.
#pragma once
#include "frame.h"
#include "number.h"

#define HEADER(v) (*(const uint32_t *)(const void *)(vm->arena + (v)))
#define HAS_LAYOUT(v, type) (is_ref(v) && header_type(HEADER(v)) == (type))
#define HAS_KIND(header, type) (((header) >> 2 & 0xff) == (type))  // and no flags: not of a class derived from it
#define FIELD(v, i) (((value *)(void *)(vm->arena + (v)))[1 + (i)])

static inline value *item_at(value container, value key) {
  if (!is_ref(container) || !is_int(key)) return NULL;
  int32_t index = int_of(key);
  uint32_t header = HEADER(container);
  if (HAS_KIND(header, O_LIST)) {
    int32_t length = int_of(FIELD(container, 0));
    if (index < 0) index += length;
    return (uint32_t)index < (uint32_t)length ? &FIELD(FIELD(container, 1), index) : NULL;
  }
  if (HAS_KIND(header, O_TUPLE)) {
    int32_t length = (int32_t)header_words(header) - 1;
    if (index < 0) index += length;
    return (uint32_t)index < (uint32_t)length ? &FIELD(container, index) : NULL;
  }
  return NULL;
}

// The items of a list or tuple that has `count` of them, or NULL.
static inline const value *items_of(value sequence, uint32_t count) {
  if (is_ref(sequence) && HAS_KIND(HEADER(sequence), O_TUPLE)) return header_words(HEADER(sequence)) == count + 1 ? &FIELD(sequence, 0) : NULL;
  return HAS_LAYOUT(sequence, O_LIST) && count > 0 && FIELD(sequence, 0) == from_int((int32_t)count) ? &FIELD(FIELD(sequence, 1), 0) : NULL;
}

// A new tuple of some registers, when there is room without the collector; else 0.
static inline value put_tuple(const value *items, uint32_t count) {
#ifdef IOTPY_STRESS
  (void)items, (void)count;
  return 0;
#else
  if (vm->stack_low - vm->heap_end < (ptrdiff_t)(RESERVE_BYTES + 4 * (count + 1))) return 0;
  value *words = (value *)(void *)vm->heap_end, *to = words;
  *to++ = header_of(O_TUPLE, 0, count + 1);
  while (count-- > 0) *to++ = *items++;
  vm->heap_end = (uint8_t *)to;
  return offset_of(words);
#endif
}

// The next item of an iterator over a list or tuple, or NULL at its end and of any other.
static inline const value *next_of_sequence(value iterator) {
  if (!HAS_LAYOUT(iterator, O_ITERATOR) || FIELD(iterator, ITERATOR_KIND) != from_int(ITERATE_SEQUENCE)) return NULL;
  value position = FIELD(iterator, ITERATOR_POSITION);
  const value *item = item_at(FIELD(iterator, ITERATOR_SOURCE), position);
  if (item) FIELD(iterator, ITERATOR_POSITION) = position + 2;
  return item;
}

// Appends to a list that has room.
static inline bool append_in_place(value list, value item) {
  if (!HAS_LAYOUT(list, O_LIST)) return false;
  value length = FIELD(list, 0), items = FIELD(list, 1);
  if (items == VALUE_NONE || (uint32_t)int_of(length) + 1 >= header_words(HEADER(items))) return false;
  FIELD(items, int_of(length)) = item;
  FIELD(list, 0) = length + 2;
  return true;
}

// What a captured cell of the running function holds, or NULL. A function that never went through `mkfunc` has none, whatever its record says.
static inline value *captured_content(const value *regs, uint32_t index) {
  value function = regs[LINK_FUNCTION];
  if (HAS_LAYOUT(function, O_GENERATOR)) function = FIELD(function, GENERATOR_FUNCTION);
  if (!HAS_LAYOUT(function, O_FUNCTION)) return NULL;
  value cell = FIELD(FIELD(function, FUNCTION_CELLS), index);
  return HAS_LAYOUT(cell, O_CELL) ? &FIELD(cell, 0) : NULL;
}

// The byte of a bytearray or of bytes in the arena.
static inline uint8_t *byte_at(value container, value key) {
  if (!is_ref(container) || !is_int(key)) return NULL;
  uint32_t header = HEADER(container), index = (uint32_t)int_of(key);  // from the end: left to the slow form
  if (header_type(header) == O_BYTEARRAY) return index < (uint32_t)int_of(FIELD(container, 0)) ? (uint8_t *)&FIELD(FIELD(container, 1), 0) + index : NULL;
  if (header_type(header) != O_BYTES) return NULL;
  return index < 4 * header_words(header) - 4 - (header_flags(header) & 3) ? (uint8_t *)&FIELD(container, 0) + index : NULL;
}

// Floor division and remainder: C's round toward zero, Python's toward minus infinity.
static inline int32_t floor_divide(int32_t a, int32_t b) {
  int32_t quotient = a / b;
  return quotient * b != a && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}
static inline int32_t floor_modulo(int32_t a, int32_t b) {
  int32_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}
// ---- integers of one digit
// A small int, or one whose magnitude has 32 bits; false of anything else.
static inline bool as_wide(value v, int64_t *out) {
  if (is_int(v)) {
    *out = int_of(v);
    return true;
  }
  if (!is_ref(v) && !is_constant(v, KIND_CONSTANT)) return false;
  const uint32_t *words = (const uint32_t *)(const void *)(is_ref(v) ? vm->arena + v : vm->image + payload_of(v));
  if ((*words & ~(FLAG_NEGATIVE << 7)) != header_of(O_INT, 0, 2)) return false;
  *out = header_flags(*words) & FLAG_NEGATIVE ? -(int64_t)words[1] : (int64_t)words[1];
  return true;
}

static inline bool put_wide(value *to, int64_t i) {
  if (fits_int(i)) {
    *to = from_int((int32_t)i);
    return true;
  }
#ifdef IOTPY_STRESS
  
  return false;  // the slow form makes it, and moves everything
#else
  uint64_t magnitude = (uint64_t)(i < 0 ? -i : i);
  uint32_t *words = (uint32_t *)(void *)vm->heap_end;
  if (magnitude >> 32 || vm->stack_low - vm->heap_end < RESERVE_BYTES + 2 * 4) return false;
  words[0] = header_of(O_INT, i < 0 ? FLAG_NEGATIVE : 0, 2);
  words[1] = (uint32_t)magnitude;
  *to = (value)(vm->heap_end - vm->arena);
  vm->heap_end += 2 * 4;
  return true;
#endif
}

// *a becomes the result; false when it may have more than 64 bits, or for another operator.
static inline bool wide_arithmetic(uint32_t opcode, int64_t *a, int64_t b) {
  switch (opcode) {
    case OP_add: case OP_addi: *a += b; return true;
    case OP_sub: case OP_subi: *a -= b; return true;
    case OP_mul: case OP_muli:
      if (*a != (int32_t)*a || b != (int32_t)b) return false;
      *a *= b;
      return true;
    case OP_and: case OP_andi: *a &= b; return true;
    case OP_or: *a |= b; return true;
    case OP_xor: *a ^= b; return true;
    case OP_lshifti:
      if (b < 0 || b > 28) return false;
      *a = (int64_t)((uint64_t)*a << b);
      return true;
    case OP_rshifti:
      if (b < 0) return false;
      *a >>= b > 63 ? 63 : b;
      return true;
    default: return false;
  }
}

// ---- floats
// The double of a float or small int; false of anything else.
static inline bool as_double(value v, double *out) {
  if (is_int(v)) {
    *out = int_of(v);
    return true;
  }
  if (!is_ref(v) && !is_constant(v, KIND_CONSTANT)) return false;
  const uint32_t *words = (const uint32_t *)(const void *)(is_ref(v) ? vm->arena + v : vm->image + payload_of(v));
  if (header_type(*words) != O_FLOAT) return false;
  __builtin_memcpy(out, words + 1, sizeof *out);
  return true;
}

// Two floats of the arena, and the double of one.
static inline bool are_floats(value a, value b) {
  return is_ref(a | b) && HEADER(a) == header_of(O_FLOAT, 0, 3) && HEADER(b) == header_of(O_FLOAT, 0, 3);
}
static inline double float_at(value v) {
  const uint32_t *words = (const uint32_t *)(const void *)(vm->arena + v);
  uint64_t bits = words[1] | (uint64_t)words[2] << 32;
  double d;
  __builtin_memcpy(&d, &bits, sizeof d);
  return d;
}

// A new float for a register, when there is room without the collector.
static inline bool put_float(value *to, double d) {
#ifdef IOTPY_STRESS
  (void)to, (void)d;
  return false;  // the slow form makes it, and moves everything
#else
  uint32_t *words = (uint32_t *)(void *)vm->heap_end;
  if (vm->stack_low - vm->heap_end < RESERVE_BYTES + 3 * 4) return false;
  words[0] = header_of(O_FLOAT, 0, 3);
  __builtin_memcpy(words + 1, &d, sizeof d);
  *to = (value)(vm->heap_end - vm->arena);
  vm->heap_end += 3 * 4;
  return true;
#endif
}

// Whether <, <=, >, >=, ==, != hold: bit order + 1.
static const uint8_t holds_when[] = {1, 3, 4, 6, 2, 13};

// The quotient of two small ints, correctly rounded as that of their doubles is: long division, as many bits at once as fit beside b.
static inline double divide_ints(int32_t a, int32_t b) {
  uint32_t n = (uint32_t)(a < 0 ? -a : a), d = (uint32_t)(b < 0 ? -b : b);
  uint32_t step = (uint32_t)__builtin_clz(d);
  if (a == 0 || step < 8) return (double)a / (double)b;
  uint64_t quotient = n / d;
  uint32_t rest = n % d;
  int32_t scale = 0;
  while (quotient < (uint64_t)1 << 54) {
    uint32_t bits = quotient == 0 ? step : (uint32_t)__builtin_clzll(quotient) - 1;
    if (bits > step) bits = step;
    rest <<= bits;
    quotient = quotient << bits | rest / d;
    rest %= d;
    scale -= (int32_t)bits;
  }
  // 55 to 63 bits: down to 53 with the rest as a sticky bit, half to even.
  uint32_t drop = 11 - (uint32_t)__builtin_clzll(quotient);
  uint64_t low = quotient & (((uint64_t)1 << drop) - 1), half = (uint64_t)1 << (drop - 1);
  uint64_t mantissa = quotient >> drop;
  if (low > half || (low == half && (rest != 0 || mantissa & 1))) mantissa++;
  uint32_t exponent = (uint32_t)(scale + (int32_t)drop + 1023 + 52);
  uint64_t word = ((uint64_t)exponent << 52) + (mantissa - ((uint64_t)1 << 52));
  if ((a < 0) != (b < 0)) word |= (uint64_t)1 << 63;
  double result;
  __builtin_memcpy(&result, &word, sizeof result);
  return result;
}

// ---- attributes: what the cache of attribute.c knows of an instance's class and a name, or NULL
static inline const struct attribute_cache *cached_attribute(value object, value name) {
  if (!HAS_LAYOUT(object, O_INSTANCE)) return NULL;
  value class_ = FIELD(object, INSTANCE_CLASS);
  const struct attribute_cache *entry = &vm->cache[attribute_slot(class_, name)];
  return entry->class_ == class_ && entry->name == name ? entry : NULL;
}

// The place of a field that lies within the instance, or NULL.
static inline value *inline_field(value object, const struct attribute_cache *entry) {
  return entry->where < header_words(HEADER(object)) - 1 - INSTANCE_FIELDS ? &FIELD(object, INSTANCE_FIELDS + entry->where) : NULL;
}

// ---- calls
// A frame for a function of the image that takes exactly `count` arguments, positional ones, whose registers behind them are unbound; the caller
// fills in the arguments. NULL when it takes others, or does not fit.
static inline value *quick_frame(value *regs, const uint8_t *pc, uint32_t to, value function, uint32_t count) {
  uint32_t shape = read_u32(record_at(vm->image, payload_of(function)));
  if ((shape >> 8 & 0xffff) != count) return NULL;  // as many arguments as parameters, and no flags
  uint32_t registers = shape & 255;
  value *frame = regs - LINK_WORDS - registers;
  uint32_t depth = (regs[LINK_DELIVERY] >> DELIVERY_DEPTH_BIT) + 1;
  if ((uint8_t *)frame - vm->heap_end < RESERVE_BYTES + 4 * LINK_WORDS || depth > IOTPY_FRAMES_MAX) return NULL;
  frame[LINK_FUNCTION] = function;
  frame[LINK_PC] = from_pc(pc);
  frame[LINK_CALLER] = offset_of(regs) + 1;
  frame[LINK_DELIVERY] = depth << DELIVERY_DEPTH_BIT | delivery_of(DELIVER_STORE, to);
  for (uint32_t i = count; i < registers; i++) frame[i] = VALUE_UNBOUND;
  return frame;
}
