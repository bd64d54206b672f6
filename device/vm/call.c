// Calls: what is called decides. Python functions get a frame, natives run at once, classes make an instance first.
#include "frame.h"

value *iotpy_push_frame(value *regs, const uint8_t *pc, uint32_t delivery, const uint8_t *record) {
  uint32_t registers = record[RECORD_REGISTERS];
  uint32_t depth = (regs[LINK_DELIVERY] >> DELIVERY_DEPTH_BIT) + 1;
  if (depth > IOTPY_FRAMES_MAX) {
    iotpy_raise(T_RecursionError, "maximum recursion depth exceeded");
    return NULL;
  }
  if (!iotpy_room(registers + LINK_WORDS)) return NULL;
  value *frame = (value *)(void *)vm->stack_low - registers;
  frame[LINK_FUNCTION] = vm->roots->callee;
  frame[LINK_PC] = from_pc(pc);
  frame[LINK_CALLER] = offset_of(regs) + 1;
  frame[LINK_DELIVERY] = depth << DELIVERY_DEPTH_BIT | delivery;
  for (uint32_t i = 0; i < registers; i++) frame[i] = VALUE_UNBOUND;
  leave_frame(frame);
  return frame;
}

static const uint8_t *begin_generator(value *regs, const uint8_t *pc, uint32_t delivery, value *frame) {
  value generator = generator_create(frame);
  leave_frame(regs);
  return generator ? iotpy_deliver(pc, delivery, generator) : iotpy_throw(regs, pc);
}

// Runs the frame whose parameters are in place.
static const uint8_t *begin(value *regs, const uint8_t *pc, uint32_t delivery, const uint8_t *record, value *frame) {
  if (record[RECORD_FLAGS] & FUNCTION_GENERATOR) return begin_generator(regs, pc, delivery, frame);
  const uint8_t *code = record + RECORD_CODE;
  return --vm->fuel < 0 ? iotpy_stop(code, IOTPY_FUEL) : code;
}

static const uint8_t *call_function(value *regs, const uint8_t *pc, uint32_t delivery, value function, value *arguments, uint32_t count,
                                    value names) {
  const uint8_t *record = record_at(vm->image, function_index(function));
  vm->roots->callee = function;
  vm->roots->scratch = names ? names : VALUE_NONE;
  value *frame = iotpy_push_frame(regs, pc, delivery, record);
  if (!frame || !bind_parameters(frame, record, arguments, count, names ? iotpy_tuple_length(vm->roots->scratch) : 0)) {
    return iotpy_throw(regs, pc);
  }
  return begin(regs, pc, delivery, record, frame);
}

const uint8_t *iotpy_invoke_twin(value *regs, const uint8_t *pc, uint32_t delivery, uint32_t builtin, const value *arguments, uint32_t count) {
  uint32_t index = image_twin(builtin);
  if (index == NO_FUNCTION) {
    iotpy_raise(T_TypeError, "%v() needs a method that the class of an object does not define",
                iotpy_function_name(IOTPY_CONSTANT(KIND_BUILTIN, builtin)));
    return iotpy_throw(regs, pc);
  }
  const uint8_t *record = record_at(vm->image, index);
  vm->roots->callee = IOTPY_CONSTANT(KIND_FUNCTION, index);
  value *frame = iotpy_push_frame(regs, pc, delivery, record);
  if (!frame || !bind_twin(frame, record, arguments, count)) return iotpy_throw(regs, pc);
  return begin(regs, pc, delivery, record, frame);
}

// ---- classes
static const uint8_t *call_init(value *regs, const uint8_t *pc, uint32_t delivery, value init, value *arguments, uint32_t count, value names) {
  iotpy_push(arguments[0]);  // the instance, above the frame: see DELIVERY_CONSTRUCT
  return call_function(regs, pc, delivery | DELIVERY_CONSTRUCT, init, arguments, count, names);
}

static value create_of(value class_, const value *arguments, uint32_t count) {
  uint32_t builtin = class_inherits_from_builtin(class_);
  if (builtin == T_object) return class_create_instance(class_);
  if (builtin < T_BaseException) return class_create_container(class_, arguments, 0);
  root kept = iotpy_push(class_);
  root tuple = iotpy_push(VALUE_NONE);
  value made = iotpy_tuple(arguments, count);
  if (!made) return VALUE_ERROR;
  *tuple = made;
  value e = exception_create(*kept, tuple);
  iotpy_pop(kept);
  return e;
}

static const uint8_t *construct(value *regs, const uint8_t *pc, uint32_t delivery, value class_, value *arguments, uint32_t count, value names) {
  if (class_inherits_from_builtin(class_) == T_tuple || has_fields(class_)) {
    value new = has_fields(class_) ? class_lookup(instance_class(class_), STRING(STR___call__)) : class_lookup(class_, STRING(STR___new__));
    arguments[-1] = class_;
    if (function_index(new) != NO_FUNCTION) return call_function(regs, pc, delivery, new, arguments - 1, count + 1, names);
  }
  root kept_names = iotpy_push(names ? names : VALUE_NONE);
  uint32_t positional = names ? count - iotpy_tuple_length(names) : count;
  value instance = create_of(class_, arguments, positional);
  if (names) names = *kept_names;
  iotpy_pop(kept_names);
  if (!instance) return iotpy_throw(regs, pc);
  arguments[-1] = instance;
  value init = class_lookup(instance_class(instance), STRING(STR___init__));
  if (function_index(init) != NO_FUNCTION) return call_init(regs, pc, delivery, init, arguments - 1, count + 1, names);
  if (count > 0 && has_fields(instance)) {
    iotpy_raise(T_TypeError, "%v() takes no arguments", iotpy_function_name(instance_class(instance)));
    return iotpy_throw(regs, pc);
  }
  leave_frame(regs);
  return iotpy_deliver(pc, delivery, instance);
}

static const uint8_t *call_exception_type(value *regs, const uint8_t *pc, uint32_t delivery, value type, const value *arguments, uint32_t count,
                                          value names) {
  if (names) {
    iotpy_raise(T_TypeError, "%v() takes no keyword arguments", iotpy_function_name(type));
    return iotpy_throw(regs, pc);
  }
  root tuple = iotpy_push(VALUE_NONE);
  value made = iotpy_tuple(arguments, count);
  if (!made) return iotpy_throw(regs, pc);
  *tuple = made;
  value e = exception_create(type, tuple);
  if (!e) return iotpy_throw(regs, pc);
  leave_frame(regs);
  return iotpy_deliver(pc, delivery, e);
}

static const uint8_t *call_type(value *regs, const uint8_t *pc, uint32_t delivery, value type, value *arguments, uint32_t count, value names) {
  uint32_t maker = iotpy_builtin_types[payload_of(type)].construct;
  if (maker == B_BaseException) return call_exception_type(regs, pc, delivery, type, arguments, count, names);
  if (maker < BUILTIN_FUNCTIONS) return call_native(regs, pc, delivery, maker, arguments, count, names);
  iotpy_raise(T_TypeError, "cannot create '%v' instances", iotpy_function_name(type));
  return iotpy_throw(regs, pc);
}

const uint8_t *iotpy_invoke(value *regs, const uint8_t *pc, uint32_t delivery, value callee, value *arguments, uint32_t count, value names) {
  for (;;) {
    if (function_index(callee) != NO_FUNCTION && !is_object(callee, O_GENERATOR)) return call_function(regs, pc, delivery, callee, arguments, count, names);
    if (is_constant(callee, KIND_BUILTIN)) return call_native(regs, pc, delivery, payload_of(callee), arguments, count, names);
    if (is_constant(callee, KIND_TYPE)) return call_type(regs, pc, delivery, callee, arguments, count, names);
    if (is_object(callee, O_CLASS)) return construct(regs, pc, delivery, callee, arguments, count, names);
    if (is_object(callee, O_METHOD)) {
      *--arguments = iotpy_fields(callee)[METHOD_SELF];
      callee = iotpy_fields(callee)[METHOD_FUNCTION];
    } else {
      value method = is_instance(callee) ? class_lookup(instance_class(callee), STRING(STR___call__)) : VALUE_UNBOUND;
      if (function_index(method) == NO_FUNCTION) break;
      *--arguments = callee;
      callee = method;
    }
    count++;
  }
  iotpy_raise(T_TypeError, "'%t' object is not callable", callee);
  return iotpy_throw(regs, pc);
}

bool iotpy_invoke_method(value *regs, const uint8_t *pc, uint32_t delivery, enum rom_string name, value self, const value *arguments,
                         uint32_t count, const uint8_t **next) {
  if (!is_instance(self)) return false;
  value method = class_lookup(instance_class(self), STRING(name));
  if (method == VALUE_UNBOUND || is_constant(method, KIND_BUILTIN)) return false;
  value *words = iotpy_push_words(count + 2);  // the word that belongs to the call, self, the arguments
  words[1] = self;
  for (uint32_t i = 0; i < count; i++) words[2 + i] = arguments[i];
  bool binds = function_index(method) != NO_FUNCTION;
  *next = iotpy_invoke(regs, pc, delivery, method, words + (binds ? 1 : 2), count + binds, 0);
  return true;
}
