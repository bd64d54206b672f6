// The dispatch loop. What is common and quick is done here: small integers, jumps, list items, calls that only copy their arguments.
// Everything else goes by `slow` to a function of slow.c, operate.c or call.c, which says where to go on.
//
// In this function `pc` points behind the opcode, at the operands, and `regs` at register 0 of the running frame. Neither moves when the
// collector runs; only `slow`, `call` and `ret` change the frame.
#include "frame.h"

#define OPERAND(i) pc[i]
#define REGISTER(i) regs[pc[i]]

// Jump by the offset at operand byte `at`, which ends the instruction. A backward jump costs fuel.
#define JUMP(at)                                                                 \
  do {                                                                           \
    int32_t offset_ = read_i16(pc + (at));                                       \
    pc += (at) + 2 + offset_;                                                    \
    if (offset_ < 0 && --vm->fuel < 0) { iotpy_stop(vm, pc, IOTPY_FUEL); return; } \
    NEXT;                                                                        \
  } while (0)
#define SKIP(bytes) do { pc += (bytes); NEXT; } while (0)
#define SLOW goto slow

#if defined(__GNUC__) && !defined(__wasm__)
#define OP(name) op_##name
#define NEXT goto *labels[*pc++]
#else
#define OP(name) case OP_##name
#define NEXT goto dispatch
#endif

// Small integers, still tagged: left + right - 1, left - right + 1.
#define INTEGER_ARITHMETIC(left, right, builtin, first, second)                              \
  do {                                                                                       \
    int32_t result_;                                                                         \
    if (are_ints(left, right) && !builtin((int32_t)(first), (int32_t)(second), &result_)) {  \
      REGISTER(0) = (value)result_;                                                          \
      SKIP(3);                                                                               \
    }                                                                                        \
    goto arithmetic;                                                                         \
  } while (0)

#define ADD(left, right) INTEGER_ARITHMETIC(left, right, __builtin_add_overflow, (left) - 1, right)
#define SUBTRACT(left, right) INTEGER_ARITHMETIC(left, right, __builtin_sub_overflow, left, (right) - 1)
#define MULTIPLY(left, right)                                                                            \
  do {                                                                                                   \
    int32_t result_;                                                                                     \
    if (are_ints(left, right) && !__builtin_mul_overflow((int32_t)((left) - 1), int_of(right), &result_)) { \
      REGISTER(0) = (value)result_ + 1;                                                                  \
      SKIP(3);                                                                                           \
    }                                                                                                    \
    goto arithmetic;                                                                                     \
  } while (0)

// Floor division and remainder: C's round toward zero, Python's toward minus infinity.
static inline int32_t floor_divide(int32_t a, int32_t b) {
  int32_t quotient = a / b;
  return quotient * b != a && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}
static inline int32_t floor_modulo(int32_t a, int32_t b) {
  int32_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}
#define DIVIDE(function, left, right)                                               \
  do {                                                                              \
    if (are_ints(left, right) && (int32_t)(right) > 1) {                            \
      REGISTER(0) = from_int(function(int_of(left), int_of(right)));                \
      SKIP(3);                                                                      \
    }                                                                               \
    SLOW;                                                                           \
  } while (0)

// Small integers compare as their tagged words do.
#define COMPARE(operator)                                                                               \
  do {                                                                                                  \
    value left_ = REGISTER(1), right_ = REGISTER(2);                                                    \
    if (!are_ints(left_, right_)) goto compare_floats;                                                  \
    REGISTER(0) = from_bool((int32_t)left_ operator (int32_t)right_);                                   \
    SKIP(3);                                                                                            \
  } while (0)
#define COMPARE_JUMP(condition)                                                                         \
  do {                                                                                                  \
    value left_ = REGISTER(0), right_ = REGISTER(1);                                                    \
    if (!are_ints(left_, right_)) goto compare_floats;                                                  \
    int32_t left = (int32_t)left_, right = (int32_t)right_;                                             \
    if (condition) JUMP(2);                                                                             \
    SKIP(4);                                                                                            \
  } while (0)
#define IMMEDIATE(at) from_int((int8_t)pc[at])
#define COMPARE_JUMP_IMMEDIATE(condition)                                                               \
  do {                                                                                                  \
    value left_ = REGISTER(0);                                                                          \
    if (!is_int(left_)) goto compare_floats;                                                            \
    int32_t left = (int32_t)left_, right = (int32_t)IMMEDIATE(1);                                       \
    if (condition) JUMP(2);                                                                             \
    SKIP(4);                                                                                            \
  } while (0)

#define HEADER(v) (*(const uint32_t *)(const void *)(vm->arena + (v)))
#define HAS_LAYOUT(v, type) (is_ref(v) && header_type(HEADER(v)) == (type))
#define FIELD(v, i) (((value *)(void *)(vm->arena + (v)))[1 + (i)])

static inline value *item_at(const vm_t *vm, value container, value key) {
  if (!is_ref(container) || !is_int(key)) return NULL;
  int32_t index = int_of(key);
  uint32_t type = header_type(HEADER(container));
  if (type == O_LIST) {
    int32_t length = int_of(FIELD(container, 0));
    if (index < 0) index += length;
    return (uint32_t)index < (uint32_t)length ? &FIELD(FIELD(container, 1), index) : NULL;
  }
  if (type == O_TUPLE) {
    int32_t length = (int32_t)header_words(HEADER(container)) - 1;
    if (index < 0) index += length;
    return (uint32_t)index < (uint32_t)length ? &FIELD(container, index) : NULL;
  }
  return NULL;
}

// The next item of an iterator over a list or tuple, or NULL at its end and of any other.
static inline const value *next_of_sequence(const vm_t *vm, value iterator) {
  if (!HAS_LAYOUT(iterator, O_ITERATOR) || FIELD(iterator, ITERATOR_KIND) != from_int(ITERATE_SEQUENCE)) return NULL;
  value position = FIELD(iterator, ITERATOR_POSITION);
  const value *item = item_at(vm, FIELD(iterator, ITERATOR_SOURCE), position);
  if (item) FIELD(iterator, ITERATOR_POSITION) = position + 2;
  return item;
}

// Appends to a list that has room.
static inline bool append_in_place(vm_t *vm, value list, value item) {
  if (!HAS_LAYOUT(list, O_LIST)) return false;
  value length = FIELD(list, 0), items = FIELD(list, 1);
  if (items == VALUE_NONE || (uint32_t)int_of(length) + 1 >= header_words(HEADER(items))) return false;
  FIELD(items, int_of(length)) = item;
  FIELD(list, 0) = length + 2;
  return true;
}

// What a captured cell of the running function holds, or NULL. A function that never went through `mkfunc` has none, whatever its record says.
static inline value *captured_content(const vm_t *vm, const value *regs, uint32_t index) {
  value function = regs[LINK_FUNCTION];
  if (HAS_LAYOUT(function, O_GENERATOR)) function = FIELD(function, GENERATOR_FUNCTION);
  if (!HAS_LAYOUT(function, O_FUNCTION)) return NULL;
  value cell = FIELD(FIELD(function, FUNCTION_CELLS), index);
  return HAS_LAYOUT(cell, O_CELL) ? &FIELD(cell, 0) : NULL;
}

// The byte of a bytearray or of bytes in the arena.
static inline uint8_t *byte_at(const vm_t *vm, value container, value key) {
  if (!is_ref(container) || !is_int(key)) return NULL;
  uint32_t header = HEADER(container), index = (uint32_t)int_of(key);  // from the end: left to the slow form
  if (header_type(header) == O_BYTEARRAY) return index < (uint32_t)int_of(FIELD(container, 0)) ? (uint8_t *)&FIELD(FIELD(container, 1), 0) + index : NULL;
  if (header_type(header) != O_BYTES) return NULL;
  return index < 4 * header_words(header) - 4 - (header_flags(header) & 3) ? (uint8_t *)&FIELD(container, 0) + index : NULL;
}

// ---- integers of one digit
// A small int, or one whose magnitude has 32 bits; false of anything else.
static inline bool as_wide(const vm_t *vm, value v, int64_t *out) {
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

static inline bool put_wide(vm_t *vm, value *to, int64_t i) {
  if (fits_int(i)) {
    *to = from_int((int32_t)i);
    return true;
  }
#ifdef IOTPY_STRESS
  (void)vm;
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
static inline bool as_double(const vm_t *vm, value v, double *out) {
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

// A new float for a register, when there is room without the collector.
static inline bool put_float(vm_t *vm, value *to, double d) {
#ifdef IOTPY_STRESS
  (void)vm, (void)to, (void)d;
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

// Of doubles, by their bits: -1, 0, 1, or 2 when one is not a number.
static inline int compare_doubles(double x, double y) {
  int64_t a, b;
  __builtin_memcpy(&a, &x, sizeof a);
  __builtin_memcpy(&b, &y, sizeof b);
  uint64_t not_a_number = 0xffe0000000000000u;  // magnitudes above infinity's, without the sign
  if ((uint64_t)a << 1 > not_a_number || (uint64_t)b << 1 > not_a_number) return 2;
  if (a < 0) a = INT64_MIN - a;  // -0.0 becomes 0.0, and order that of integers
  if (b < 0) b = INT64_MIN - b;
  return a < b ? -1 : a > b;
}
// Whether <, <=, >, >=, ==, != hold: bit order + 1.
static const uint8_t holds_when[] = {1, 3, 4, 6, 2, 13};

// The quotient of two small ints, correctly rounded as that of their doubles is: long division, as many bits at once as fit beside b.
static double divide_ints(int32_t a, int32_t b) {
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
static inline const struct attribute_cache *cached_attribute(const vm_t *vm, value object, value name) {
  if (!HAS_LAYOUT(object, O_INSTANCE)) return NULL;
  value class_ = FIELD(object, INSTANCE_CLASS);
  const struct attribute_cache *entry = &vm->cache[attribute_slot(class_, name)];
  return entry->class_ == class_ && entry->name == name ? entry : NULL;
}

// The place of a field that lies within the instance, or NULL.
static inline value *inline_field(const vm_t *vm, value object, const struct attribute_cache *entry) {
  return entry->where < header_words(HEADER(object)) - 1 - INSTANCE_FIELDS ? &FIELD(object, INSTANCE_FIELDS + entry->where) : NULL;
}

void iotpy_interpret(vm_t *vm) {
  const uint8_t *pc = pc_of(vm, vm->roots->pc);
  value *regs = running_registers(vm);

#if defined(__GNUC__) && !defined(__wasm__)
  static const void *const labels[256] = {
#define X(name, operands) &&op_##name,
    IOTPY_OPCODES(X)
#undef X
  };
  NEXT;
#else
dispatch:
  switch (*pc++) {
#endif

  OP(move): REGISTER(0) = REGISTER(1); SKIP(2);
  OP(loadi): REGISTER(0) = IMMEDIATE(1); SKIP(2);
  OP(loadh): REGISTER(0) = from_int(read_i16(pc + 1)); SKIP(3);
  OP(loadw): REGISTER(0) = from_int((int32_t)read_u32(pc + 1)); SKIP(5);
  OP(loadc): REGISTER(0) = IOTPY_CONSTANT(KIND_SINGLETON, OPERAND(1)); SKIP(2);
  OP(loads): { value *to = &REGISTER(0); pc++; *to = read_string(&pc); NEXT; }
  OP(loadk): { value *to = &REGISTER(0); pc++; *to = image_constant(vm, read_varint(&pc)); NEXT; }
  OP(loadb): { value *to = &REGISTER(0); pc++; *to = IOTPY_CONSTANT(KIND_BUILTIN, read_varint(&pc)); NEXT; }
  OP(loadt): { value *to = &REGISTER(0); pc++; *to = IOTPY_CONSTANT(KIND_TYPE, read_varint(&pc)); NEXT; }
  OP(loadf): { value *to = &REGISTER(0); pc++; *to = IOTPY_CONSTANT(KIND_FUNCTION, read_varint(&pc)); NEXT; }
  OP(loadg): {
    const uint8_t *operands = pc + 1;
    value v = vm->globals[read_varint(&operands)];
    if (v == VALUE_UNBOUND) SLOW;
    REGISTER(0) = v;
    pc = operands;
    NEXT;
  }
  OP(loadgn): {
    const uint8_t *operands = pc + 1;
    value v = vm->globals[read_varint(&operands)];
    if (v == VALUE_UNBOUND) SLOW;
    REGISTER(0) = v;
    (void)read_varint(&operands);
    pc = operands;
    NEXT;
  }
  OP(storeg): { value v = REGISTER(0); pc++; vm->globals[read_varint(&pc)] = v; NEXT; }
  OP(check): {
    if (REGISTER(0) == VALUE_UNBOUND) SLOW;
    pc++;
    (void)read_varint(&pc);
    NEXT;
  }
  OP(loadcell): {
    value cell = REGISTER(1);
    if (!HAS_LAYOUT(cell, O_CELL) || FIELD(cell, 0) == VALUE_UNBOUND) SLOW;
    REGISTER(0) = FIELD(cell, 0);
    SKIP(2);
  }
  OP(loadcelln): {
    value cell = REGISTER(1);
    if (!HAS_LAYOUT(cell, O_CELL) || FIELD(cell, 0) == VALUE_UNBOUND) SLOW;
    REGISTER(0) = FIELD(cell, 0);
    pc += 2;
    (void)read_varint(&pc);
    NEXT;
  }
  OP(storecell): {
    value cell = REGISTER(0);
    if (!HAS_LAYOUT(cell, O_CELL)) SLOW;
    FIELD(cell, 0) = REGISTER(1);
    SKIP(2);
  }

  OP(loadfree): {
    value *content = captured_content(vm, regs, OPERAND(1));
    if (!content || *content == VALUE_UNBOUND) SLOW;
    REGISTER(0) = *content;
    SKIP(2);
  }
  OP(loadfreen): {
    value *content = captured_content(vm, regs, OPERAND(1));
    if (!content || *content == VALUE_UNBOUND) SLOW;
    REGISTER(0) = *content;
    pc += 2;
    (void)read_varint(&pc);
    NEXT;
  }
  OP(storefree): {
    value *content = captured_content(vm, regs, OPERAND(0));
    if (!content) SLOW;
    *content = REGISTER(1);
    SKIP(2);
  }

  OP(add): { value left = REGISTER(1), right = REGISTER(2); ADD(left, right); }
  OP(sub): { value left = REGISTER(1), right = REGISTER(2); SUBTRACT(left, right); }
  OP(mul): { value left = REGISTER(1), right = REGISTER(2); MULTIPLY(left, right); }
  OP(floordiv): { value left = REGISTER(1), right = REGISTER(2); DIVIDE(floor_divide, left, right); }
  OP(mod): { value left = REGISTER(1), right = REGISTER(2); DIVIDE(floor_modulo, left, right); }
  OP(div): {
    value left = REGISTER(1), right = REGISTER(2);
    if (!are_ints(left, right)) goto arithmetic;
    if (right == from_int(0) || !put_float(vm, &REGISTER(0), divide_ints(int_of(left), int_of(right)))) SLOW;
    SKIP(3);
  }
  OP(addi): { value left = REGISTER(1), right = IMMEDIATE(2); ADD(left, right); }
  OP(subi): { value left = REGISTER(1), right = IMMEDIATE(2); SUBTRACT(left, right); }
  OP(muli): { value left = REGISTER(1), right = IMMEDIATE(2); MULTIPLY(left, right); }
  OP(floordivi): { value left = REGISTER(1), right = IMMEDIATE(2); DIVIDE(floor_divide, left, right); }
  OP(modi): { value left = REGISTER(1), right = IMMEDIATE(2); DIVIDE(floor_modulo, left, right); }
  OP(and): {
    value left = REGISTER(1), right = REGISTER(2);
    if (!are_ints(left, right)) goto arithmetic;
    REGISTER(0) = left & right;
    SKIP(3);
  }
  OP(andi): {
    value left = REGISTER(1);
    if (!is_int(left)) goto arithmetic;
    REGISTER(0) = left & IMMEDIATE(2);
    SKIP(3);
  }
  OP(or): {
    value left = REGISTER(1), right = REGISTER(2);
    if (!are_ints(left, right)) goto arithmetic;
    REGISTER(0) = left | right;
    SKIP(3);
  }
  OP(xor): {
    value left = REGISTER(1), right = REGISTER(2);
    if (!are_ints(left, right)) goto arithmetic;
    REGISTER(0) = (left ^ right) | 1;
    SKIP(3);
  }
  OP(lshifti): {
    value left = REGISTER(1);
    uint32_t by = OPERAND(2);
    if (!is_int(left) || by > 30 || (int32_t)((left & ~1u) << by) >> by != (int32_t)(left & ~1u)) goto arithmetic;
    REGISTER(0) = (left & ~1u) << by | 1;
    SKIP(3);
  }
  OP(rshifti): {
    value left = REGISTER(1);
    uint32_t by = OPERAND(2);
    if (!is_int(left) || by > 31) goto arithmetic;
    REGISTER(0) = (value)((int32_t)left >> by) | 1;
    SKIP(3);
  }
  OP(not): {
    value v = REGISTER(1);
    if (!is_bool(v)) SLOW;
    REGISTER(0) = v == VALUE_TRUE ? VALUE_FALSE : VALUE_TRUE;
    SKIP(2);
  }

  OP(lt): COMPARE(<);
  OP(le): COMPARE(<=);
  OP(gt): COMPARE(>);
  OP(ge): COMPARE(>=);
  OP(eq): COMPARE(==);
  OP(ne): COMPARE(!=);
  arithmetic: {  // integers of up to 33 bits, and floats
    uint32_t opcode = pc[-1];
    value left = REGISTER(1), right = opcode >= OP_addi ? IMMEDIATE(2) : REGISTER(2);
    int64_t a, b;
    if (as_wide(vm, left, &a) && as_wide(vm, right, &b)) {
      if (!wide_arithmetic(opcode, &a, b) || !put_wide(vm, &REGISTER(0), a)) SLOW;
      SKIP(3);
    }
    double x, y;
    if (!as_double(vm, left, &x) || !as_double(vm, right, &y)) SLOW;
    switch (opcode) {
      case OP_add: case OP_addi: x += y; break;
      case OP_sub: case OP_subi: x -= y; break;
      case OP_mul: case OP_muli: x *= y; break;
      default:
        if (opcode != OP_div || y == 0) SLOW;
        x /= y;
    }
    if (!put_float(vm, &REGISTER(0), x)) SLOW;
    SKIP(3);
  }
  compare_floats: {
    uint32_t opcode = pc[-1];
    bool jumps = opcode >= OP_jlt, immediate = opcode >= OP_jlti;
    uint32_t nth = opcode - (immediate ? OP_jlti : jumps ? OP_jlt : OP_lt);
    value left = REGISTER(jumps ? 0 : 1), right = immediate ? IMMEDIATE(1) : REGISTER(jumps ? 1 : 2);
    double x, y;
    if (!as_double(vm, left, &x) || !as_double(vm, right, &y)) SLOW;
    bool holds = holds_when[nth >= 6 ? nth - 6 : nth] >> (compare_doubles(x, y) + 1) & 1;
    if (!jumps) { REGISTER(0) = from_bool(holds); SKIP(3); }
    if (holds == (nth < 6)) JUMP(2);
    SKIP(4);
  }
  OP(is): REGISTER(0) = from_bool(REGISTER(1) == REGISTER(2)); SKIP(3);
  OP(isnot): REGISTER(0) = from_bool(REGISTER(1) != REGISTER(2)); SKIP(3);

  OP(jmp): JUMP(0);
  OP(jt): {
    value v = REGISTER(0);
    if (v == VALUE_TRUE) JUMP(1);
    if (v == VALUE_FALSE || v == VALUE_NONE) SKIP(3);
    if (!is_int(v)) SLOW;
    if (v != from_int(0)) JUMP(1);
    SKIP(3);
  }
  OP(jf): {
    value v = REGISTER(0);
    if (v == VALUE_TRUE) SKIP(3);
    if (v == VALUE_FALSE || v == VALUE_NONE) JUMP(1);
    if (!is_int(v)) SLOW;
    if (v == from_int(0)) JUMP(1);
    SKIP(3);
  }
  OP(jbound): { if (REGISTER(0) != VALUE_UNBOUND) JUMP(1); SKIP(3); }
  OP(jnone): { if (REGISTER(0) == VALUE_NONE) JUMP(1); SKIP(3); }
  OP(jnotnone): { if (REGISTER(0) != VALUE_NONE) JUMP(1); SKIP(3); }
  OP(jlt): COMPARE_JUMP(left < right);
  OP(jle): COMPARE_JUMP(left <= right);
  OP(jgt): COMPARE_JUMP(left > right);
  OP(jge): COMPARE_JUMP(left >= right);
  OP(jeq): COMPARE_JUMP(left == right);
  OP(jne): COMPARE_JUMP(left != right);
  OP(jnlt): COMPARE_JUMP(left >= right);
  OP(jnle): COMPARE_JUMP(left > right);
  OP(jngt): COMPARE_JUMP(left <= right);
  OP(jnge): COMPARE_JUMP(left < right);
  OP(jneq): COMPARE_JUMP(left != right);
  OP(jnne): COMPARE_JUMP(left == right);
  OP(jlti): COMPARE_JUMP_IMMEDIATE(left < right);
  OP(jlei): COMPARE_JUMP_IMMEDIATE(left <= right);
  OP(jgti): COMPARE_JUMP_IMMEDIATE(left > right);
  OP(jgei): COMPARE_JUMP_IMMEDIATE(left >= right);
  OP(jeqi): COMPARE_JUMP_IMMEDIATE(left == right);
  OP(jnei): COMPARE_JUMP_IMMEDIATE(left != right);
  OP(jnlti): COMPARE_JUMP_IMMEDIATE(left >= right);
  OP(jnlei): COMPARE_JUMP_IMMEDIATE(left > right);
  OP(jngti): COMPARE_JUMP_IMMEDIATE(left <= right);
  OP(jngei): COMPARE_JUMP_IMMEDIATE(left < right);
  OP(jneqi): COMPARE_JUMP_IMMEDIATE(left != right);
  OP(jnnei): COMPARE_JUMP_IMMEDIATE(left == right);

  OP(upto): {
    value stop = REGISTER(1), *window = &REGISTER(0);
    if (!is_int(stop)) SLOW;
    window[0] = from_int(0);
    window[1] = stop;
    window[2] = from_int(1);
    JUMP(2);
  }
  OP(loop): {
    value *window = regs + OPERAND(1);
    value current = window[0], stop = window[1], step = window[2];
    if (!(current & stop & step & 1)) SLOW;
    if ((int32_t)step > 0 ? (int32_t)current >= (int32_t)stop : (int32_t)current <= (int32_t)stop) SKIP(4);
    REGISTER(0) = current;
    int32_t next;
    window[0] = __builtin_add_overflow((int32_t)current, (int32_t)(step - 1), &next) ? stop : (value)next;
    JUMP(2);
  }

  OP(next): {
    const value *item = next_of_sequence(vm, REGISTER(1));
    if (!item) SLOW;
    REGISTER(0) = *item;
    JUMP(2);
  }
  OP(append): {
    if (!append_in_place(vm, REGISTER(0), REGISTER(1))) SLOW;
    SKIP(2);
  }

  OP(getitem): {
    value *item = item_at(vm, REGISTER(1), REGISTER(2));
    const uint8_t *byte = item ? NULL : byte_at(vm, REGISTER(1), REGISTER(2));
    if (byte) { REGISTER(0) = from_int(*byte); SKIP(3); }
    if (!item) SLOW;
    REGISTER(0) = *item;
    SKIP(3);
  }
  OP(getitemi): {
    value *item = item_at(vm, REGISTER(1), IMMEDIATE(2));
    if (!item) SLOW;
    REGISTER(0) = *item;
    SKIP(3);
  }
  OP(setitem): {
    value list = REGISTER(0);
    uint8_t *byte = HAS_LAYOUT(list, O_BYTEARRAY) ? byte_at(vm, list, REGISTER(1)) : NULL;
    if (byte && REGISTER(2) <= from_int(255) && is_int(REGISTER(2))) { *byte = (uint8_t)int_of(REGISTER(2)); SKIP(3); }
    if (!HAS_LAYOUT(list, O_LIST)) SLOW;
    value *item = item_at(vm, list, REGISTER(1));
    if (!item) SLOW;
    *item = REGISTER(2);
    SKIP(3);
  }

  OP(getattr): {
    const uint8_t *end = pc + 2;
    value object = REGISTER(1), name = read_string(&end);
    const struct attribute_cache *entry = cached_attribute(vm, object, name);
    if (!entry) SLOW;
    const value *field = inline_field(vm, object, entry);
    if (!field || *field == VALUE_UNBOUND) SLOW;
    REGISTER(0) = *field;
    pc = end;
    NEXT;
  }
  OP(setattr): {
    const uint8_t *end = pc + 1;
    value object = REGISTER(0), name = read_string(&end);
    const struct attribute_cache *entry = cached_attribute(vm, object, name);
    if (!entry) SLOW;
    value *field = inline_field(vm, object, entry);
    if (!field) SLOW;
    *field = regs[*end];
    pc = end + 1;
    NEXT;
  }

  OP(callo): {
    const uint8_t *list = pc + 2;
    value object = REGISTER(1), name = read_string(&list);
    if (name == STRING(STR_append) && *list == 1 && append_in_place(vm, object, regs[list[1]])) {
      REGISTER(0) = VALUE_NONE;
      pc = list + 2;
      NEXT;
    }
    const struct attribute_cache *entry = cached_attribute(vm, object, name);
    if (!entry || !is_constant(entry->found, KIND_FUNCTION)) SLOW;
    const value *field = inline_field(vm, object, entry);
    if (entry->where != NO_FIELD && (!field || *field != VALUE_UNBOUND)) SLOW;
    uint32_t count = *list++;
    const uint8_t *record = record_at(vm->image, payload_of(entry->found));
    uint32_t shape = read_u32(record);
    if ((shape >> 8 & 0xffff) != count + 1) SLOW;
    uint32_t registers = shape & 255;
    value *frame = regs - LINK_WORDS - registers;
    uint32_t depth = (regs[LINK_DELIVERY] >> DELIVERY_DEPTH_BIT) + 1;
    if ((uint8_t *)frame - vm->heap_end < RESERVE_BYTES + 4 * LINK_WORDS || depth > IOTPY_FRAMES_MAX) SLOW;
    frame[LINK_FUNCTION] = entry->found;
    frame[LINK_PC] = from_pc(vm, list + count);
    frame[LINK_CALLER] = root_of(vm, regs) + 1;
    frame[LINK_DELIVERY] = depth << DELIVERY_DEPTH_BIT | delivery_of(DELIVER_STORE, OPERAND(0));
    frame[0] = object;
    uint32_t i = 1;
    for (; i <= count; i++) frame[i] = regs[list[i - 1]];
    for (; i < registers; i++) frame[i] = VALUE_UNBOUND;
    regs = frame;
    leave_frame(vm, regs);
    pc = record + RECORD_CODE;
    if (--vm->fuel < 0) { iotpy_stop(vm, pc, IOTPY_FUEL); return; }
    NEXT;
  }
  OP(call): {
    value *window = regs + OPERAND(0);
    value callee = *window;
    if (!is_constant(callee, KIND_FUNCTION)) SLOW;
    uint32_t count = OPERAND(1);
    const uint8_t *record = record_at(vm->image, payload_of(callee));
    uint32_t shape = read_u32(record);
    if ((shape >> 8 & 0xffff) != count) SLOW;  // as many arguments as parameters, and no flags
    uint32_t registers = shape & 255;
    value *frame = regs - LINK_WORDS - registers;
    uint32_t depth = (regs[LINK_DELIVERY] >> DELIVERY_DEPTH_BIT) + 1;
    if ((uint8_t *)frame - vm->heap_end < RESERVE_BYTES + 4 * LINK_WORDS || depth > IOTPY_FRAMES_MAX) SLOW;
    frame[LINK_FUNCTION] = callee;
    frame[LINK_PC] = from_pc(vm, pc + 2);
    frame[LINK_CALLER] = root_of(vm, regs) + 1;
    frame[LINK_DELIVERY] = depth << DELIVERY_DEPTH_BIT | delivery_of(DELIVER_STORE, OPERAND(0));
    uint32_t i = 0;
    for (; i < count; i++) frame[i] = window[1 + i];
    for (; i < registers; i++) frame[i] = VALUE_UNBOUND;
    regs = frame;
    leave_frame(vm, regs);
    pc = record + RECORD_CODE;
    if (--vm->fuel < 0) { iotpy_stop(vm, pc, IOTPY_FUEL); return; }
    NEXT;
  }
  OP(callf): {
    const uint8_t *list = pc + 1;
    uint32_t index = read_varint(&list), count = *list++;
    const uint8_t *record = record_at(vm->image, index);
    uint32_t shape = read_u32(record);
    if ((shape >> 8 & 0xffff) != count) SLOW;  // as many arguments as parameters, and no flags
    uint32_t registers = shape & 255;
    value *frame = regs - LINK_WORDS - registers;
    uint32_t depth = (regs[LINK_DELIVERY] >> DELIVERY_DEPTH_BIT) + 1;
    if ((uint8_t *)frame - vm->heap_end < RESERVE_BYTES + 4 * LINK_WORDS || depth > IOTPY_FRAMES_MAX) SLOW;
    frame[LINK_FUNCTION] = IOTPY_CONSTANT(KIND_FUNCTION, index);
    frame[LINK_PC] = from_pc(vm, list + count);
    frame[LINK_CALLER] = root_of(vm, regs) + 1;
    frame[LINK_DELIVERY] = depth << DELIVERY_DEPTH_BIT | delivery_of(DELIVER_STORE, OPERAND(0));
    uint32_t i = 0;
    for (; i < count; i++) frame[i] = regs[list[i]];
    for (; i < registers; i++) frame[i] = VALUE_UNBOUND;
    regs = frame;
    leave_frame(vm, regs);
    pc = record + RECORD_CODE;
    if (--vm->fuel < 0) { iotpy_stop(vm, pc, IOTPY_FUEL); return; }
    NEXT;
  }
  {
    value result;
  OP(retnone):
    result = VALUE_NONE;
    goto ret;
  OP(ret):
    result = REGISTER(0);
  ret:;
    uint32_t delivery = regs[LINK_DELIVERY];
    if (delivery & (DELIVERY_MODE_MASK | DELIVERY_CONSTRUCT | DELIVERY_GENERATOR)) {
      pc = iotpy_return(vm, regs, result);
      if (!pc) return;
      regs = running_registers(vm);
      NEXT;
    }
    pc = pc_of(vm, regs[LINK_PC]);
    regs = caller_of(vm, regs);
    leave_frame(vm, regs);
    regs[delivery_register(delivery)] = result;
    NEXT;
  }

  // Opcodes without a quick form.
  OP(delg): OP(mkcell): OP(getitems): OP(dicts): OP(freecell): OP(pow): OP(lshift): OP(rshift): OP(neg): OP(pos): OP(inv):
  OP(in): OP(notin): OP(iter): OP(range): OP(list): OP(tuple): OP(set): OP(dict): OP(setadd): OP(dictput):
  OP(extend): OP(update): OP(totuple): OP(delitem): OP(getslice): OP(setslice): OP(delslice): OP(unpack): OP(unpackx):
  OP(delattr): OP(callm): OP(callb): OP(callkw): OP(callx): OP(super): OP(mkfunc): OP(mkclass): OP(raise): OP(raisefrom): OP(reraise):
  OP(jnexc): OP(yield): OP(format): OP(joinstr): OP(import):
  slow:
    pc = iotpy_slow_operations[pc[-1]](vm, regs, pc);
    if (!pc) return;
    regs = running_registers(vm);
    NEXT;

#if !defined(__GNUC__) || defined(__wasm__)
  }
#endif
}
