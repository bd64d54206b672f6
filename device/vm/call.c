// Calls: what is called decides. Python functions get a frame, natives run at once, classes make an instance first.
#include "frame.h"

value *iotpy_push_frame(vm_t *vm, value *regs, const uint8_t *pc, uint32_t delivery, const uint8_t *record) {
  uint32_t registers = record[RECORD_REGISTERS];
  uint32_t depth = (regs[LINK_DELIVERY] >> DELIVERY_DEPTH_BIT) + 1;
  if (depth > IOTPY_FRAMES_MAX) {
    iotpy_raise(vm, T_RecursionError, "maximum recursion depth exceeded");
    return NULL;
  }
  if (!iotpy_room(vm, registers + LINK_WORDS)) return NULL;
  value *frame = (value *)(void *)vm->stack_low - registers;
  frame[LINK_FUNCTION] = vm->roots->callee;
  frame[LINK_PC] = from_pc(vm, pc);
  frame[LINK_CALLER] = offset_of(vm, regs) + 1;
  frame[LINK_DELIVERY] = depth << DELIVERY_DEPTH_BIT | delivery;
  for (uint32_t i = 0; i < registers; i++) frame[i] = VALUE_UNBOUND;
  leave_frame(vm, frame);
  return frame;
}

static const uint8_t *begin_generator(vm_t *vm, value *regs, const uint8_t *pc, uint32_t delivery, value *frame) {
  value generator = generator_create(vm, frame);
  leave_frame(vm, regs);
  return generator ? iotpy_deliver(vm, pc, delivery, generator) : iotpy_throw(vm, regs, pc);
}

// Runs the frame whose parameters are in place.
static const uint8_t *begin(vm_t *vm, value *regs, const uint8_t *pc, uint32_t delivery, const uint8_t *record, value *frame) {
  if (record[RECORD_FLAGS] & FUNCTION_GENERATOR) return begin_generator(vm, regs, pc, delivery, frame);
  const uint8_t *code = record + RECORD_CODE;
  return --vm->fuel < 0 ? iotpy_stop(vm, code, IOTPY_FUEL) : code;
}

static const uint8_t *call_function(vm_t *vm, value *regs, const uint8_t *pc, uint32_t delivery, value function, value *arguments, uint32_t count,
                                    value names) {
  const uint8_t *record = record_at(vm->image, function_index(vm, function));
  vm->roots->callee = function;
  vm->roots->scratch = names ? names : VALUE_NONE;
  value *frame = iotpy_push_frame(vm, regs, pc, delivery, record);
  if (!frame || !bind_parameters(vm, frame, record, arguments, count, names ? iotpy_tuple_length(vm, vm->roots->scratch) : 0)) {
    return iotpy_throw(vm, regs, pc);
  }
  return begin(vm, regs, pc, delivery, record, frame);
}

const uint8_t *iotpy_invoke_twin(vm_t *vm, value *regs, const uint8_t *pc, uint32_t delivery, uint32_t builtin, const value *arguments, uint32_t count) {
  uint32_t index = image_twin(vm, builtin);
  if (index == NO_FUNCTION) {
    iotpy_raise(vm, T_TypeError, "%v() needs a method that the class of an object does not define",
                iotpy_function_name(vm, IOTPY_CONSTANT(KIND_BUILTIN, builtin)));
    return iotpy_throw(vm, regs, pc);
  }
  const uint8_t *record = record_at(vm->image, index);
  vm->roots->callee = IOTPY_CONSTANT(KIND_FUNCTION, index);
  value *frame = iotpy_push_frame(vm, regs, pc, delivery, record);
  if (!frame || !bind_twin(vm, frame, record, arguments, count)) return iotpy_throw(vm, regs, pc);
  return begin(vm, regs, pc, delivery, record, frame);
}

// ---- classes
static const uint8_t *call_init(vm_t *vm, value *regs, const uint8_t *pc, uint32_t delivery, value init, value *arguments, uint32_t count, value names) {
  iotpy_push(vm, arguments[0]);  // the instance, above the frame: see DELIVERY_CONSTRUCT
  return call_function(vm, regs, pc, delivery | DELIVERY_CONSTRUCT, init, arguments, count, names);
}

static value create_of(vm_t *vm, value class_, const value *arguments, uint32_t count) {
  if (class_inherits_from_builtin(vm, class_) == T_object) return class_create_instance(vm, class_);
  root kept = iotpy_push(vm, class_);
  root tuple = iotpy_push(vm, VALUE_NONE);
  value made = iotpy_tuple(vm, arguments, count);
  if (!made) return VALUE_ERROR;
  iotpy_put(vm, tuple, made);
  value e = exception_create(vm, iotpy_get(vm, kept), tuple);
  iotpy_pop(vm, kept);
  return e;
}

static const uint8_t *construct(vm_t *vm, value *regs, const uint8_t *pc, uint32_t delivery, value class_, value *arguments, uint32_t count, value names) {
  root kept_names = iotpy_push(vm, names ? names : VALUE_NONE);
  uint32_t positional = names ? count - iotpy_tuple_length(vm, names) : count;
  value instance = create_of(vm, class_, arguments, positional);
  if (names) names = iotpy_get(vm, kept_names);
  iotpy_pop(vm, kept_names);
  if (!instance) return iotpy_throw(vm, regs, pc);
  arguments[-1] = instance;
  value init = class_lookup(vm, instance_class(vm, instance), STRING(STR___init__));
  if (function_index(vm, init) != NO_FUNCTION) return call_init(vm, regs, pc, delivery, init, arguments - 1, count + 1, names);
  if (count > 0 && is_object(vm, instance, O_INSTANCE)) {
    iotpy_raise(vm, T_TypeError, "%v() takes no arguments", iotpy_function_name(vm, instance_class(vm, instance)));
    return iotpy_throw(vm, regs, pc);
  }
  leave_frame(vm, regs);
  return iotpy_deliver(vm, pc, delivery, instance);
}

static const uint8_t *call_exception_type(vm_t *vm, value *regs, const uint8_t *pc, uint32_t delivery, value type, const value *arguments, uint32_t count,
                                          value names) {
  if (names) {
    iotpy_raise(vm, T_TypeError, "%v() takes no keyword arguments", iotpy_function_name(vm, type));
    return iotpy_throw(vm, regs, pc);
  }
  root tuple = iotpy_push(vm, VALUE_NONE);
  value made = iotpy_tuple(vm, arguments, count);
  if (!made) return iotpy_throw(vm, regs, pc);
  iotpy_put(vm, tuple, made);
  value e = exception_create(vm, type, tuple);
  if (!e) return iotpy_throw(vm, regs, pc);
  leave_frame(vm, regs);
  return iotpy_deliver(vm, pc, delivery, e);
}

static const uint8_t *call_type(vm_t *vm, value *regs, const uint8_t *pc, uint32_t delivery, value type, value *arguments, uint32_t count, value names) {
  uint32_t maker = iotpy_builtin_types[payload_of(type)].construct;
  if (maker == B_BaseException) return call_exception_type(vm, regs, pc, delivery, type, arguments, count, names);
  if (maker < BUILTIN_FUNCTIONS) return call_native(vm, regs, pc, delivery, maker, arguments, count, names);
  iotpy_raise(vm, T_TypeError, "cannot create '%v' instances", iotpy_function_name(vm, type));
  return iotpy_throw(vm, regs, pc);
}

const uint8_t *iotpy_invoke(vm_t *vm, value *regs, const uint8_t *pc, uint32_t delivery, value callee, value *arguments, uint32_t count, value names) {
  for (;;) {
    if (function_index(vm, callee) != NO_FUNCTION && !is_object(vm, callee, O_GENERATOR)) return call_function(vm, regs, pc, delivery, callee, arguments, count, names);
    if (is_constant(callee, KIND_BUILTIN)) return call_native(vm, regs, pc, delivery, payload_of(callee), arguments, count, names);
    if (is_constant(callee, KIND_TYPE)) return call_type(vm, regs, pc, delivery, callee, arguments, count, names);
    if (is_object(vm, callee, O_CLASS)) return construct(vm, regs, pc, delivery, callee, arguments, count, names);
    if (is_object(vm, callee, O_METHOD)) {
      *--arguments = iotpy_fields(vm, callee)[METHOD_SELF];
      callee = iotpy_fields(vm, callee)[METHOD_FUNCTION];
    } else {
      value method = is_instance(vm, callee) ? class_lookup(vm, instance_class(vm, callee), STRING(STR___call__)) : VALUE_UNBOUND;
      if (function_index(vm, method) == NO_FUNCTION) break;
      *--arguments = callee;
      callee = method;
    }
    count++;
  }
  iotpy_raise(vm, T_TypeError, "'%t' object is not callable", callee);
  return iotpy_throw(vm, regs, pc);
}

bool iotpy_invoke_method(vm_t *vm, value *regs, const uint8_t *pc, uint32_t delivery, enum rom_string name, value self, const value *arguments,
                         uint32_t count, const uint8_t **next) {
  if (!is_instance(vm, self)) return false;
  value method = class_lookup(vm, instance_class(vm, self), STRING(name));
  if (method == VALUE_UNBOUND || is_constant(method, KIND_BUILTIN)) return false;
  value *words = iotpy_push_words(vm, count + 2);  // the word that belongs to the call, self, the arguments
  words[1] = self;
  for (uint32_t i = 0; i < count; i++) words[2 + i] = arguments[i];
  bool binds = function_index(vm, method) != NO_FUNCTION;
  *next = iotpy_invoke(vm, regs, pc, delivery, method, words + (binds ? 1 : 2), count + binds, 0);
  return true;
}
