// The built-in functions about objects, classes and attributes, and those that a frame may have to finish.
#include "frame.h"

value native_object(root arguments, uint32_t count) {
  (void)arguments;
  if (count > 0) return iotpy_raise(T_TypeError, "object() takes no arguments");
  return class_create_instance(TYPE(T_object));
}

// `super().__init__(...)`: fills an instance that is a container. Its last place is the dict of the keyword arguments.
value native_object_dot___init__(root arguments, uint32_t count) {
  if (is_object(arguments[0], O_LIST) && count > 2) return iotpy_natives[B_list_dot_extend](arguments, 2);
  if (is_object(arguments[0], O_SET) && count > 2) return iotpy_natives[B_set_dot_update](arguments, 2);
  for (uint32_t i = 1; i < count && is_object(arguments[0], O_DICT); i++) {
    value filled = dict_fill(arguments, arguments + i);
    if (filled != VALUE_NONE) return filled;
  }
  return VALUE_NONE;
}

// An instance of a class derived from tuple: the class, then the items.
value native__named_(root arguments, uint32_t count) {
  if (!is_object(arguments[0], O_CLASS) || class_inherits_from_builtin(arguments[0]) != T_tuple) return iotpy_raise(T_TypeError, "a namedtuple needs its class");
  return class_create_container(arguments[0], arguments + 1, count - 1);
}

value native_BaseException(root arguments, uint32_t count) {
  root tuple = iotpy_push(VALUE_NONE);
  value made = iotpy_tuple(count ? arguments : 0, count);
  if (!made) return VALUE_ERROR;
  *tuple = made;
  value e = exception_create(TYPE(T_BaseException), tuple);
  iotpy_pop(tuple);
  return e;
}

value native_BaseException_dot___init__(root arguments, uint32_t count) {
  value tuple = iotpy_tuple(arguments + 1, count - 1);
  if (!tuple) return VALUE_ERROR;
  iotpy_fields(arguments[0])[EXCEPTION_ARGS] = tuple;
  return VALUE_NONE;
}

value native_BaseException_dot___str__(root arguments, uint32_t count) { (void)count; return exception_text(arguments); }

value native__new(root arguments, uint32_t count) {
  (void)count;
  value class_ = arguments[0];
  if (!is_object(class_, O_CLASS) || class_inherits_from_builtin(class_) != T_object) return iotpy_raise(T_TypeError, "object.__new__(X): X is not a type object");
  return class_create_instance(class_);
}

// _metaclass(class, meta): calls, items, length and iteration of the class are those of `meta`.
value native__metaclass(root arguments, uint32_t count) {
  (void)count;
  if (!is_object(arguments[0], O_CLASS) || !is_object(arguments[1], O_CLASS)) return iotpy_raise(T_TypeError, "_metaclass() needs classes");
  return class_of_metaclass(arguments, arguments[1]);
}

value native__fields(root arguments, uint32_t count) {
  (void)count;
  value made = iotpy_list(0, 0);
  if (!made || !has_fields(arguments[0]) || !is_ref(instance_class(arguments[0]))) return made;
  root list = iotpy_push(made), name = iotpy_push(VALUE_NONE);
  for (uint32_t i = 0; (*name = class_field_name(instance_class(arguments[0]), i)) != VALUE_UNBOUND; i++) {
    if (instance_field(arguments[0], i) != VALUE_UNBOUND && !iotpy_list_append(list, name)) return VALUE_ERROR;
  }
  made = *list;
  iotpy_pop(list);
  return made;
}

value native_type(root arguments, uint32_t count) {
  (void)count;
  return iotpy_type_of(arguments[0]);
}

value native_callable(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0];
  bool function = is_constant(v, KIND_FUNCTION) || is_constant(v, KIND_BUILTIN) || is_constant(v, KIND_TYPE);
  return from_bool(function || is_object(v, O_FUNCTION) || is_object(v, O_METHOD) || is_object(v, O_CLASS) || iotpy_defines(v, STR___call__));
}

// ---- isinstance, issubclass
static bool is_type(value v) { return is_constant(v, KIND_TYPE) || is_object(v, O_CLASS); }

// Is the type derived from one of `types`, a type or a tuple of them (or of tuples)?
static value derives(value type, value types, uint32_t depth, const char *message) {
  if (is_type(types)) return from_bool(iotpy_is_subtype(type, types));
  if (!is_object(types, O_TUPLE) || depth == IOTPY_NEST_MAX) return iotpy_raise(T_TypeError, message);
  for (uint32_t i = 0; i < iotpy_tuple_length(types); i++) {
    value answer = derives(type, iotpy_tuple_items(types)[i], depth + 1, message);
    if (answer != VALUE_FALSE) return answer;
  }
  return VALUE_FALSE;
}

value native_isinstance(root arguments, uint32_t count) {
  (void)count;
  return derives(iotpy_type_of(arguments[0]), arguments[1], 0,
                 "isinstance() arg 2 must be a type, a tuple of types, or a union");
}

value native_issubclass(root arguments, uint32_t count) {
  (void)count;
  if (!is_type(arguments[0])) return iotpy_raise(T_TypeError, "issubclass() arg 1 must be a class");
  return derives(arguments[0], arguments[1], 0, "issubclass() arg 2 must be a class, a tuple of classes, or a union");
}

// ---- attributes by a name that the program computes
static bool takes_name(root arguments, const char *function) {
  if (is_string(arguments[1])) {
    arguments[1] = attribute_name(arguments[0], arguments[1]);
    return true;
  }
  iotpy_raise(T_TypeError, "%s(): attribute name must be string", function);
  return false;
}

value native_getattr(root arguments, uint32_t count) {
  (void)count;
  if (!takes_name(arguments, "getattr")) return VALUE_ERROR;
  value object = arguments[0], name = arguments[1], otherwise = arguments[2];
  bool binds;
  value v = attribute_find(object, name, &binds);
  if (v != VALUE_UNBOUND) return binds ? attribute_bind(arguments, v) : v;
  if (iotpy_defines(object, STR___getattr__)) return VALUE_FRAME;
  return otherwise == VALUE_UNBOUND ? attribute_error(object, name) : otherwise;
}

value native_hasattr(root arguments, uint32_t count) {
  (void)count;
  if (!takes_name(arguments, "hasattr")) return VALUE_ERROR;
  bool binds;
  if (attribute_find(arguments[0], arguments[1], &binds) != VALUE_UNBOUND) return VALUE_TRUE;
  return iotpy_defines(arguments[0], STR___getattr__) ? VALUE_FRAME : VALUE_FALSE;
}

value native_setattr(root arguments, uint32_t count) {
  (void)count;
  if (!takes_name(arguments, "setattr")) return VALUE_ERROR;
  return attribute_set(arguments, arguments[1], arguments + 2) ? VALUE_NONE : VALUE_ERROR;
}

value native_delattr(root arguments, uint32_t count) {
  (void)count;
  if (!takes_name(arguments, "delattr")) return VALUE_ERROR;
  root unbound = iotpy_push(VALUE_UNBOUND);
  bool ok = attribute_set(arguments, arguments[1], unbound);
  iotpy_pop(unbound);
  return ok ? VALUE_NONE : VALUE_ERROR;
}

// ---- iterators
value native_next(root arguments, uint32_t count) {
  (void)count;
  value iterator = arguments[0], otherwise = arguments[1];
  if (is_object(iterator, O_GENERATOR) || iotpy_defines(iterator, STR___next__)) return VALUE_FRAME;
  if (!is_object(iterator, O_ITERATOR)) return iotpy_raise(T_TypeError, "'%t' object is not an iterator", iterator);
  value v = iotpy_iterate(arguments);
  if (v != VALUE_STOP) return v;
  return otherwise == VALUE_UNBOUND ? iotpy_raise_exception_of(T_StopIteration) : otherwise;
}

value native_generator_dot_close(root arguments, uint32_t count) { (void)arguments; (void)count; return VALUE_FRAME; }

// ---- what a native could not do without a frame
static const uint8_t *next_in_frame(value *regs, const uint8_t *pc, uint32_t delivery, const value *arguments, uint32_t count) {
  uint32_t to = delivery_register(delivery);
  value iterator = arguments[0];  // `arguments` may be the window itself
  bool otherwise = count > 1 && arguments[1] != VALUE_UNBOUND;
  if (otherwise) regs[to + 1] = arguments[1];  // the window of a call with two arguments reaches that far
  delivery = delivery_of(otherwise ? DELIVER_ITEM_OR : DELIVER_ITEM, to);
  if (is_object(iterator, O_GENERATOR)) return generator_resume(regs, pc, delivery, iterator);
  const uint8_t *next = NULL;
  iotpy_invoke_method(regs, pc, delivery, STR___next__, iterator, NULL, 0, &next);
  return next;
}

static const uint8_t *getattr_in_frame(value *regs, const uint8_t *pc, uint32_t delivery, const value *arguments, bool has) {
  uint32_t to = delivery_register(delivery);
  if (has) {
    delivery = delivery_of(DELIVER_HAS, to);
  } else if (arguments[2] != VALUE_UNBOUND) {
    value object = arguments[0], name = arguments[1];  // `arguments` may be the window itself
    regs[to + 1] = arguments[2];
    delivery = delivery_of(DELIVER_ATTRIBUTE_OR, to);
    const uint8_t *next = NULL;
    iotpy_invoke_method(regs, pc, delivery, STR___getattr__, object, &name, 1, &next);
    return next;
  }
  const uint8_t *next = NULL;
  iotpy_invoke_method(regs, pc, delivery, STR___getattr__, arguments[0], arguments + 1, 1, &next);
  return next;
}

const uint8_t *iotpy_native_in_frames(value *regs, const uint8_t *pc, uint32_t delivery, uint32_t builtin, value *arguments, uint32_t count) {
  if (delivery_mode(delivery) != DELIVER_STORE) {
    iotpy_raise(T_TypeError, "%v() cannot be called in this place", iotpy_function_name(IOTPY_CONSTANT(KIND_BUILTIN, builtin)));
    return iotpy_throw(regs, pc);
  }
  switch (builtin) {
    case B_next: return next_in_frame(regs, pc, delivery, arguments, count);
    case B_getattr: return getattr_in_frame(regs, pc, delivery, arguments, false);
    case B_iter: {
      const uint8_t *next = NULL;
      iotpy_invoke_method(regs, pc, delivery_of(DELIVER_ITERATOR, delivery_register(delivery)), STR___iter__, arguments[0], NULL, 0, &next);
      return next;
    }
    case B_hasattr: return getattr_in_frame(regs, pc, delivery, arguments, true);
    default: return generator_close(regs, pc, delivery, arguments[0]);
  }
}
