// Attributes of everything: instances, classes, exceptions, methods of built-in types, functions of modules. What is found for a (type,
// name) pair is remembered in the cache beside the arena, which empties whenever objects move or a class changes.
#include "frame.h"

void attribute_flush(void) { __builtin_memset(vm->cache, 0, sizeof vm->cache); }

static const struct attribute_cache *look_up(value type, value name);

// ---- what a type has by a name
struct functions { uint16_t first, count; };
static const struct functions type_functions[] = IOTPY_TYPE_FUNCTIONS, module_functions[] = IOTPY_MODULE_FUNCTIONS;

static uint32_t find_builtin(struct functions of, value name) {
  if (!is_constant(name, KIND_STRING) || payload_of(name) >= ROM_STRINGS) return BUILTIN_FUNCTIONS;
  for (uint32_t i = of.first; i < of.first + of.count; i++) if (iotpy_builtin_shapes[i].name == payload_of(name)) return i;
  return BUILTIN_FUNCTIONS;
}

// A frozenset has the methods of a set but these.
static bool changes_set(uint32_t builtin) {
  switch (builtin) {
    case B_set_dot_add: case B_set_dot_clear: case B_set_dot_difference_update: case B_set_dot_discard: case B_set_dot_intersection_update:
    case B_set_dot_pop: case B_set_dot_remove: case B_set_dot_update: return true;
    default: return false;
  }
}

bool attribute_takes_self(uint32_t builtin) {
  bool static_method = builtin == B_int_dot_from_bytes || builtin == B_bytes_dot_fromhex || builtin == B_dict_dot_fromkeys;
  return iotpy_builtin_shapes[builtin].owner_kind == OWNER_TYPE && !static_method;
}

bool attribute_fits(uint32_t method, value self) {
  uint32_t owner = iotpy_builtin_shapes[method].owner, type = iotpy_type(self);
  if (type == owner || (type == T_frozenset && owner == T_set && !changes_set(method))) return true;
  return iotpy_is_subtype(iotpy_type_of(self), TYPE(owner));
}

static value find_in_builtin_type(uint32_t type, value name) {
  for (;; type = iotpy_builtin_types[type].base) {
    uint32_t found = find_builtin(type_functions[type == T_frozenset ? T_set : type], name);
    if (type == T_frozenset && changes_set(found)) found = BUILTIN_FUNCTIONS;
    if (found < BUILTIN_FUNCTIONS) return IOTPY_CONSTANT(KIND_BUILTIN, found);
    if (type == T_object) return VALUE_UNBOUND;
  }
}

static value find_in_order(value order, uint32_t from, value name) {
  uint32_t length = header_words(*iotpy_words(order)) - 1;
  for (uint32_t i = from; i < length; i++) {
    value class_ = iotpy_fields(order)[i];
    if (is_constant(class_, KIND_TYPE)) return find_in_builtin_type(payload_of(class_), name);
    const value *found = class_attribute(class_, name);
    if (found && *found != VALUE_UNBOUND) return *found;
  }
  return VALUE_UNBOUND;
}

static value find_in_type(value type, value name) {
  return is_constant(type, KIND_TYPE) ? find_in_builtin_type(payload_of(type), name) : find_in_order(iotpy_fields(type)[CLASS_ORDER], 0, name);
}

// ---- the cache
static const struct attribute_cache *look_up(value type, value name) {
  struct attribute_cache *entry = &vm->cache[attribute_slot(type, name)];
  if (entry->class_ != type || entry->name != name) {
    int32_t field = class_field(type, name);
    *entry = (struct attribute_cache){type, name, find_in_type(type, name), field < 0 ? NO_FIELD : (uint32_t)field};
  }
  return entry;
}

value class_lookup(value type, value name) { return look_up(type, name)->found; }

bool iotpy_defines(value instance, enum rom_string name) {
  if (!is_instance(instance)) return false;
  value type = instance_class(instance);
  if (is_constant(type, KIND_TYPE)) return false;
  value found = find_in_order(iotpy_fields(type)[CLASS_ORDER], 0, STRING(name));
  return found != VALUE_UNBOUND && !is_constant(found, KIND_BUILTIN);
}

// ---- names that a program makes at run time
static bool same_text(value a, value b) {
  text x = iotpy_text(a), y = iotpy_text(b);
  return x.bytes == y.bytes && __builtin_memcmp(x.data, y.data, x.bytes) == 0;
}

static value find_name(value array, uint32_t count, uint32_t step, value string) {
  for (uint32_t i = 0; i < count; i++) {
    value name = iotpy_fields(array)[i * step];
    if (is_ref(name) && same_text(name, string)) return name;
  }
  return 0;
}

value attribute_name(value object, value string) {
  if (!is_ref(string)) return string;
  value found = image_find_string(iotpy_text(string));
  value class_ = has_fields(object) ? instance_class(object) : object;
  if (found || !is_object(class_, O_CLASS)) return found ? found : string;
  const value *fields = iotpy_fields(class_);
  if (fields[CLASS_FIELDS] != VALUE_NONE) found = find_name(fields[CLASS_FIELDS], (uint32_t)int_of(fields[CLASS_FIELDS_USED]), 1, string);
  if (!found && fields[CLASS_ATTRIBUTES] != VALUE_NONE) {
    found = find_name(fields[CLASS_ATTRIBUTES], (uint32_t)int_of(fields[CLASS_ATTRIBUTES_USED]), 2, string);
  }
  return found ? found : string;
}

// ---- finding
static bool binds_to_object(value found) {
  if (is_constant(found, KIND_BUILTIN)) return attribute_takes_self(payload_of(found));
  return function_index(found) != NO_FUNCTION && !is_object(found, O_GENERATOR);
}

static value find_by_type(value type, value name, bool *binds) {
  value found = class_lookup(type, name);
  *binds = binds_to_object(found);
  return found;
}

static value find_in_instance(value instance, value name, bool *binds) {
  const struct attribute_cache *entry = look_up(instance_class(instance), name);
  value v = entry->where == NO_FIELD ? VALUE_UNBOUND : instance_field(instance, entry->where);
  if (v != VALUE_UNBOUND) return v;
  *binds = binds_to_object(entry->found);
  return entry->found;
}

static value find_in_exception(value exception, value name, bool *binds) {
  const value *fields = iotpy_fields(exception);
  if (fields[EXCEPTION_FIELDS] != VALUE_NONE) {
    value v = iotpy_dict_get(fields[EXCEPTION_FIELDS], name);
    if (v && v != VALUE_UNBOUND) return v;
  }
  if (name == STRING(STR_args)) return fields[EXCEPTION_ARGS];
  if (name == STRING(STR___cause__)) return fields[EXCEPTION_CAUSE];
  if (name == STRING(STR_value) && iotpy_is_subtype(fields[EXCEPTION_TYPE], TYPE(T_StopIteration))) {
    return iotpy_tuple_length(fields[EXCEPTION_ARGS]) > 0 ? iotpy_tuple_items(fields[EXCEPTION_ARGS])[0] : VALUE_NONE;
  }
  return find_by_type(fields[EXCEPTION_TYPE], name, binds);
}

static value find_in_module(uint32_t module, value name) {
  uint32_t found = find_builtin(module_functions[module], name);
  return found < BUILTIN_FUNCTIONS ? IOTPY_CONSTANT(KIND_BUILTIN, found) : VALUE_UNBOUND;
}

static value find_in_range(value range, value name) {                   // and in slices, which are laid out alike
  const value *fields = iotpy_fields(range);
  return name == STRING(STR_start) ? fields[0] : name == STRING(STR_stop) ? fields[1] : name == STRING(STR_step) ? fields[2] : VALUE_UNBOUND;
}

static bool has_name(value v) {
  return is_constant(v, KIND_TYPE) || is_constant(v, KIND_BUILTIN) || is_constant(v, KIND_MODULE) || is_constant(v, KIND_FUNCTION) ||
         is_object(v, O_CLASS) || is_object(v, O_METHOD) || is_object(v, O_FUNCTION) || is_object(v, O_GENERATOR);
}

value attribute_find(value object, value name, bool *binds) {
  *binds = false;
  if (has_fields(object)) {
    value found = find_in_instance(object, name, binds);
    if (found != VALUE_UNBOUND) return found;
  }
  if (name == STRING(STR___class__)) return iotpy_type_of(object);
  if (name == STRING(STR___name__) && has_name(object)) return iotpy_function_name(object);
  if (is_object(object, O_CLASS) || is_constant(object, KIND_TYPE)) return class_lookup(object, name);
  if (is_object(object, O_EXCEPTION)) return find_in_exception(object, name, binds);
  if (is_constant(object, KIND_MODULE)) return find_in_module(payload_of(object), name);
  if (is_object(object, O_RANGE) || is_object(object, O_SLICE)) {
    value found = find_in_range(object, name);
    if (found != VALUE_UNBOUND) return found;
  }
  if (has_fields(object)) return VALUE_UNBOUND;
  return find_by_type(TYPE(iotpy_type(object)), name, binds);
}

value attribute_super(value class_, value object, value name) {
  value type = is_instance(object) ? instance_class(object) : object;
  if (!is_object(type, O_CLASS)) return VALUE_UNBOUND;
  value order = iotpy_fields(type)[CLASS_ORDER];
  uint32_t length = header_words(*iotpy_words(order)) - 1;
  for (uint32_t i = 0; i < length; i++) if (iotpy_fields(order)[i] == class_) return find_in_order(order, i + 1, name);
  return VALUE_UNBOUND;
}

value attribute_bind(root object, value function) {
  root kept = iotpy_push(function);
  value method = iotpy_new(O_METHOD, 0, 1 + METHOD_WORDS);
  if (method) {
    iotpy_fields(method)[METHOD_SELF] = *object;
    iotpy_fields(method)[METHOD_FUNCTION] = *kept;
  }
  iotpy_pop(kept);
  return method;
}

value attribute_error(value object, value name) {
  if (is_object(object, O_CLASS) || is_constant(object, KIND_TYPE)) {
    return iotpy_raise(T_AttributeError, "type object '%v' has no attribute '%v'", iotpy_function_name(object), name);
  }
  if (is_constant(object, KIND_MODULE)) return iotpy_raise(T_AttributeError, "module '%v' has no attribute '%v'", iotpy_function_name(object), name);
  return iotpy_raise(T_AttributeError, "'%t' object has no attribute '%v'", object, name);
}

// ---- setting
static bool set_in_exception(root exception, root name, root item) {
  value *fields = iotpy_fields(*exception);
  if (*name == STRING(STR_args)) {
    if (!is_object(*item, O_TUPLE)) return iotpy_raise(T_TypeError, "args must be a tuple");
    fields[EXCEPTION_ARGS] = *item;
    return true;
  }
  if (fields[EXCEPTION_FIELDS] == VALUE_NONE) {
    value dict = iotpy_dict();
    if (!dict) return false;
    iotpy_fields(*exception)[EXCEPTION_FIELDS] = dict;
  }
  root dict = iotpy_push(iotpy_fields(*exception)[EXCEPTION_FIELDS]);
  bool ok = iotpy_dict_put(dict, name, item);
  iotpy_pop(dict);
  return ok;
}

// Is there something of this name in the object itself that could be deleted?
static bool has_own(value object, value name) {
  if (is_object(object, O_CLASS)) return class_attribute(object, name) && *class_attribute(object, name) != VALUE_UNBOUND;
  if (!has_fields(object)) return false;
  int32_t field = class_field(instance_class(object), name);
  return field >= 0 && instance_field(object, (uint32_t)field) != VALUE_UNBOUND;
}

bool attribute_set(root object, value name, root item) {
  value o = *object;
  bool deletes = *item == VALUE_UNBOUND;
  if (deletes && !has_own(o, name)) return attribute_error(o, name);
  root kept = iotpy_push(name);
  bool ok = false;
  if (is_object(o, O_TUPLE) && has_fields(o)) iotpy_raise(T_AttributeError, "can't set attribute");
  else if (is_object(o, O_CLASS)) ok = class_set_attribute(object, kept, item);
  else if (has_fields(o) && is_ref(instance_class(o))) ok = instance_set_field(object, kept, item);
  else if (is_object(o, O_EXCEPTION)) ok = set_in_exception(object, kept, item);
  else attribute_error(o, name);
  iotpy_pop(kept);
  return ok;
}
