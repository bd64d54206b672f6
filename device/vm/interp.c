// The dispatch loop. What is common and quick is done here: small integers, jumps, list items, calls that only copy their arguments.
// Everything else goes by `slow` to a function of slow.c, operate.c or call.c, which says where to go on.
//
// In this function `pc` points behind the opcode, at the operands, and `regs` at register 0 of the running frame. Neither moves when the
// collector runs; only `slow`, `call` and `ret` change the frame.
#include "quick.h"

#define OPERAND(i) pc[i]
#define REGISTER(i) regs[pc[i]]

// Jump by the offset at operand byte `at`, which ends the instruction. A backward jump costs fuel.
#define JUMP(at)                                                                 \
  do {                                                                           \
    int32_t offset_ = read_i16(pc + (at));                                       \
    pc += (at) + 2 + offset_;                                                    \
    if (offset_ < 0 && --vm->fuel < 0) { iotpy_stop(pc, IOTPY_FUEL); return; } \
    NEXT;                                                                        \
  } while (0)
#define SKIP(bytes) do { pc += (bytes); NEXT; } while (0)
#define SLOW goto slow
// Runs the function whose frame is made. A call costs fuel.
#define ENTER(frame)                                                             \
  do {                                                                           \
    regs = (frame);                                                              \
    leave_frame(regs);                                                       \
    pc = record_at(vm->image, payload_of(regs[LINK_FUNCTION])) + RECORD_CODE;    \
    if (--vm->fuel < 0) { iotpy_stop(pc, IOTPY_FUEL); return; }              \
    NEXT;                                                                        \
  } while (0)

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
  } while (0)
#define FLOATS(left, operator, right)                                                        \
  do {                                                                                       \
    if (are_floats(left, right)) {                                                           \
      if (!put_float(&REGISTER(0), float_at(left) operator float_at(right))) SLOW;           \
      SKIP(3);                                                                               \
    }                                                                                        \
  } while (0)

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

void iotpy_interpret(void) {
  const uint8_t *pc = pc_of(vm->roots->pc);
  value *regs = running_registers();

#if defined(__GNUC__) && !defined(__wasm__)
  static const void *const labels[] = {
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
  OP(loadk): { value *to = &REGISTER(0); pc++; *to = image_constant(read_varint(&pc)); NEXT; }
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
    value *content = captured_content(regs, OPERAND(1));
    if (!content || *content == VALUE_UNBOUND) SLOW;
    REGISTER(0) = *content;
    SKIP(2);
  }
  OP(loadfreen): {
    value *content = captured_content(regs, OPERAND(1));
    if (!content || *content == VALUE_UNBOUND) SLOW;
    REGISTER(0) = *content;
    pc += 2;
    (void)read_varint(&pc);
    NEXT;
  }
  OP(storefree): {
    value *content = captured_content(regs, OPERAND(0));
    if (!content) SLOW;
    *content = REGISTER(1);
    SKIP(2);
  }

  OP(add): { value left = REGISTER(1), right = REGISTER(2); ADD(left, right); FLOATS(left, +, right); goto arithmetic; }
  OP(sub): { value left = REGISTER(1), right = REGISTER(2); SUBTRACT(left, right); FLOATS(left, -, right); goto arithmetic; }
  OP(mul): { value left = REGISTER(1), right = REGISTER(2); MULTIPLY(left, right); FLOATS(left, *, right); goto arithmetic; }
  OP(floordiv): { value left = REGISTER(1), right = REGISTER(2); DIVIDE(floor_divide, left, right); }
  OP(mod): { value left = REGISTER(1), right = REGISTER(2); DIVIDE(floor_modulo, left, right); }
  OP(div): {
    value left = REGISTER(1), right = REGISTER(2);
    if (!are_ints(left, right)) goto arithmetic;
    if (right == from_int(0) || !put_float(&REGISTER(0), divide_ints(int_of(left), int_of(right)))) SLOW;
    SKIP(3);
  }
  OP(addi): { value left = REGISTER(1), right = IMMEDIATE(2); ADD(left, right); goto arithmetic; }
  OP(subi): { value left = REGISTER(1), right = IMMEDIATE(2); SUBTRACT(left, right); goto arithmetic; }
  OP(muli): { value left = REGISTER(1), right = IMMEDIATE(2); MULTIPLY(left, right); goto arithmetic; }
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
    if (as_wide(left, &a) && as_wide(right, &b)) {
      if (!wide_arithmetic(opcode, &a, b) || !put_wide(&REGISTER(0), a)) SLOW;
      SKIP(3);
    }
    double x, y;
    if (!as_double(left, &x) || !as_double(right, &y)) SLOW;
    switch (opcode) {
      case OP_add: case OP_addi: x += y; break;
      case OP_sub: case OP_subi: x -= y; break;
      case OP_mul: case OP_muli: x *= y; break;
      default:
        if (opcode != OP_div || y == 0) SLOW;
        x /= y;
    }
    if (!put_float(&REGISTER(0), x)) SLOW;
    SKIP(3);
  }
  compare_floats: {
    uint32_t opcode = pc[-1];
    bool jumps = opcode >= OP_jlt, immediate = opcode >= OP_jlti;
    uint32_t nth = opcode - (immediate ? OP_jlti : jumps ? OP_jlt : OP_lt);
    value left = REGISTER(jumps ? 0 : 1), right = immediate ? IMMEDIATE(1) : REGISTER(jumps ? 1 : 2);
    double x, y;
    if (!as_double(left, &x) || !as_double(right, &y)) SLOW;
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
    const value *item = next_of_sequence(REGISTER(1));
    if (!item) SLOW;
    REGISTER(0) = *item;
    JUMP(2);
  }
  OP(append): {
    if (!append_in_place(REGISTER(0), REGISTER(1))) SLOW;
    SKIP(2);
  }

  OP(getitem): {
    value *item = item_at(REGISTER(1), REGISTER(2));
    const uint8_t *byte = item ? NULL : byte_at(REGISTER(1), REGISTER(2));
    if (byte) { REGISTER(0) = from_int(*byte); SKIP(3); }
    if (!item) SLOW;
    REGISTER(0) = *item;
    SKIP(3);
  }
  OP(getitemi): {
    value *item = item_at(REGISTER(1), IMMEDIATE(2));
    if (!item) SLOW;
    REGISTER(0) = *item;
    SKIP(3);
  }
  OP(setitem): {
    value list = REGISTER(0);
    uint8_t *byte = HAS_LAYOUT(list, O_BYTEARRAY) ? byte_at(list, REGISTER(1)) : NULL;
    if (byte && REGISTER(2) <= from_int(255) && is_int(REGISTER(2))) { *byte = (uint8_t)int_of(REGISTER(2)); SKIP(3); }
    if (!HAS_LAYOUT(list, O_LIST)) SLOW;
    value *item = item_at(list, REGISTER(1));
    if (!item) SLOW;
    *item = REGISTER(2);
    SKIP(3);
  }

  OP(unpack): {
    uint32_t count = OPERAND(2);
    const value *items = items_of(REGISTER(1), count);
    if (!items) SLOW;
    for (value *to = &REGISTER(0), *end = to + count; to < end;) *to++ = *items++;
    SKIP(3);
  }
  OP(tuple): {
    uint32_t count = OPERAND(2);
    value tuple = put_tuple(&REGISTER(1), count);
    if (!tuple) SLOW;
    REGISTER(0) = tuple;
    SKIP(3);
  }

  OP(getattr): {
    const uint8_t *end = pc + 2;
    value object = REGISTER(1), name = read_string(&end);
    const struct attribute_cache *entry = cached_attribute(object, name);
    if (!entry) SLOW;
    const value *field = inline_field(object, entry);
    if (!field || *field == VALUE_UNBOUND) SLOW;
    REGISTER(0) = *field;
    pc = end;
    NEXT;
  }
  OP(setattr): {
    const uint8_t *end = pc + 1;
    value object = REGISTER(0), name = read_string(&end);
    const struct attribute_cache *entry = cached_attribute(object, name);
    if (!entry) SLOW;
    value *field = inline_field(object, entry);
    if (!field) SLOW;
    *field = regs[*end];
    pc = end + 1;
    NEXT;
  }

  OP(callo): {
    const uint8_t *list = pc + 2;
    value object = REGISTER(1), name = read_string(&list);
    uint32_t count = *list++;
    if (name == STRING(STR_append) && count == 1 && append_in_place(object, regs[*list])) {
      REGISTER(0) = VALUE_NONE;
      pc = list + 1;
      NEXT;
    }
    const struct attribute_cache *entry = cached_attribute(object, name);
    if (!entry || !is_constant(entry->found, KIND_FUNCTION)) SLOW;
    const value *field = inline_field(object, entry);
    if (entry->where != NO_FIELD && (!field || *field != VALUE_UNBOUND)) SLOW;
    value *frame = quick_frame(regs, list + count, OPERAND(0), entry->found, count + 1);
    if (!frame) SLOW;
    frame[0] = object;
    for (uint32_t i = 0; i < count; i++) frame[1 + i] = regs[list[i]];
    ENTER(frame);
  }
  OP(call): {
    const value *window = regs + OPERAND(0);
    uint32_t count = OPERAND(1);
    if (!is_constant(*window, KIND_FUNCTION)) SLOW;
    value *frame = quick_frame(regs, pc + 2, OPERAND(0), *window, count);
    if (!frame) SLOW;
    for (uint32_t i = 0; i < count; i++) frame[i] = window[1 + i];
    ENTER(frame);
  }
  OP(callf): {
    const uint8_t *list = pc + 1;
    uint32_t index = read_varint(&list), count = *list++;
    value *frame = quick_frame(regs, list + count, OPERAND(0), IOTPY_CONSTANT(KIND_FUNCTION, index), count);
    if (!frame) SLOW;
    for (uint32_t i = 0; i < count; i++) frame[i] = regs[list[i]];
    ENTER(frame);
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
      pc = iotpy_return(regs, result);
      if (!pc) return;
      regs = running_registers();
      NEXT;
    }
    pc = pc_of(regs[LINK_PC]);
    regs = caller_of(regs);
    leave_frame(regs);
    regs[delivery_register(delivery)] = result;
    NEXT;
  }

  // Opcodes without a quick form.
  OP(delg): OP(mkcell): OP(getitems): OP(dicts): OP(freecell): OP(pow): OP(lshift): OP(rshift): OP(neg): OP(pos): OP(inv):
  OP(in): OP(notin): OP(iter): OP(range): OP(list): OP(set): OP(dict): OP(setadd): OP(dictput):
  OP(extend): OP(update): OP(totuple): OP(delitem): OP(getslice): OP(setslice): OP(delslice): OP(unpackx):
  OP(delattr): OP(callm): OP(callb): OP(callkw): OP(callx): OP(super): OP(mkfunc): OP(mkclass): OP(raise): OP(raisefrom): OP(reraise):
  OP(jnexc): OP(yield): OP(format): OP(joinstr): OP(import):
  slow:
    pc = iotpy_slow_operations[pc[-1]](regs, pc);
    if (!pc) return;
    regs = running_registers();
    NEXT;

#if !defined(__GNUC__) || defined(__wasm__)
  }
#endif
}
