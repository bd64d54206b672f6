// What becomes of a value that a frame returns, or that a native gives at once: the delivery word of the link says it (frame.h).
#include "frame.h"

const uint8_t *iotpy_stop(const uint8_t *pc, enum iotpy_state state) {
  vm->roots->pc = from_pc(pc);
  vm->roots->state = from_int((int32_t)state);
  return NULL;
}

static const uint8_t *jump_before(const uint8_t *pc) {
  int32_t offset = read_i16(pc - 2);
  pc += offset;
  return offset < 0 && --vm->fuel < 0 ? iotpy_stop(pc, IOTPY_FUEL) : pc;
}

// The instance that is the result of a call of its class lies above the frame of its __init__.
static value constructed(const value *regs) {
  return regs[record_at(vm->image, function_index(regs[LINK_FUNCTION]))[RECORD_REGISTERS]];
}

const uint8_t *iotpy_return(value *regs, value v) {
  uint32_t delivery = regs[LINK_DELIVERY];
  const uint8_t *pc = pc_of(regs[LINK_PC]);
  value *caller = caller_of(regs);
  if (delivery & DELIVERY_GENERATOR) {
    generator_finish(regs);
    leave_frame(caller);
    return iotpy_deliver_end(pc, delivery, v);
  }
  value returned = v;
  if (delivery & DELIVERY_CONSTRUCT) v = constructed(regs);
  leave_frame(caller);
  if (delivery & DELIVERY_CONSTRUCT && returned != VALUE_NONE) {
    iotpy_raise(T_TypeError, "__init__() should return None, not '%t'", returned);
    return iotpy_throw(caller, pc);
  }
  return iotpy_deliver(pc, delivery, v);
}

static bool is_iterator(value v) {
  return is_object(v, O_ITERATOR) || is_object(v, O_GENERATOR) || (is_instance(v) && iotpy_defines(v, STR___next__));
}

static const uint8_t *deliver_iterator(value *regs, const uint8_t *pc, value *to, value v) {
  if (is_iterator(v)) { *to = v; return pc; }
  iotpy_raise(T_TypeError, "iter() returned non-iterator of type '%t'", v);
  return iotpy_throw(regs, pc);
}

const uint8_t *iotpy_deliver(const uint8_t *pc, uint32_t delivery, value v) {
  value *regs = running_registers();
  uint32_t argument = delivery_register(delivery);
  value *to = regs + argument;
  switch (delivery_mode(delivery)) {
    case DELIVER_STORE: case DELIVER_ITEM: case DELIVER_ITEM_OR: case DELIVER_ATTRIBUTE_OR: *to = v; return pc;
    case DELIVER_DISCARD: return pc;
    case DELIVER_HAS: *to = VALUE_TRUE; return pc;
    case DELIVER_NEXT: *to = v; return jump_before(pc);
    case DELIVER_ITERATOR: return deliver_iterator(regs, pc, to, v);
    case DELIVER_TRUTH: case DELIVER_NOT: case DELIVER_JUMP_TRUE: case DELIVER_JUMP_FALSE: return operate_truth(regs, pc, delivery, v);
    case DELIVER_OPERATOR: return operate_result(regs, pc, argument, v);
    case DELIVER_EXTEND: return operate_extend(regs, pc, v);
    case DELIVER_LISTED: return slow_listed(regs, pc, argument, v);
    case DELIVER_FORMATTED: return slow_formatted(regs, pc, v);
    case DELIVER_CALLEE: return slow_callee(regs, pc, argument, v);
    case DELIVER_RAISE: return slow_raise_value(regs, pc, argument, v);
    case DELIVER_CLOSE: iotpy_raise(T_RuntimeError, "generator ignored GeneratorExit"); return iotpy_throw(regs, pc);
    case DELIVER_RESULT: vm->roots->result = v; return iotpy_stop(pc, IOTPY_DONE);
  }
  return pc;
}

const uint8_t *iotpy_deliver_end(const uint8_t *pc, uint32_t delivery, value result) {
  value *regs = running_registers();
  value *to = regs + delivery_register(delivery);
  switch (delivery_mode(delivery)) {
    case DELIVER_NEXT: case DELIVER_EXTEND: return pc;
    case DELIVER_ITEM_OR: *to = to[1]; return pc;
    case DELIVER_CLOSE: *to = VALUE_NONE; return pc;
    default:
      if (result == VALUE_NONE) iotpy_raise_exception_of(T_StopIteration);
      else iotpy_raise_value(T_StopIteration, result);
      return iotpy_throw(regs, pc);
  }
}

// Gives the truth of v to a delivery of truth, calling __bool__ or __len__ where v has one.
const uint8_t *operate_truth(value *regs, const uint8_t *pc, uint32_t delivery, value v) {
  int truth = iotpy_truth(v);
  if (truth == 2) {
    const uint8_t *next;
    if (iotpy_invoke_method(regs, pc, delivery, STR___bool__, v, NULL, 0, &next)) return next;
    if (iotpy_invoke_method(regs, pc, delivery, STR___len__, v, NULL, 0, &next)) return next;
  }
  if (truth < 0) return iotpy_throw(regs, pc);
  value *to = regs + delivery_register(delivery);
  switch (delivery_mode(delivery)) {
    case DELIVER_TRUTH: *to = from_bool(truth); return pc;
    case DELIVER_NOT: *to = from_bool(!truth); return pc;
    case DELIVER_JUMP_TRUE: return truth ? jump_before(pc) : pc;
    default: return truth ? pc : jump_before(pc);
  }
}
