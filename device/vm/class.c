// Classes of Python code and their instances, and the built-in types above them.
//
// A class keeps one list of field names for all its instances (CLASS_FIELDS), which grows when a new attribute is first set; a field's index
// is its place there. The first CLASS_INLINE fields lie in the instance itself (the compiler knows which names the methods assign), the
// others in the instance's overflow array. The method resolution order is a tuple: the class, its bases by C3, and last a built-in type.
#include "frame.h"

const struct builtin_type_shape iotpy_builtin_types[] = {
#define X(name, base, construct) {STR_##name, base, construct},
  IOTPY_TYPES(X)
#undef X
};

// ---- relations
static bool builtin_is_subtype(uint32_t type, uint32_t base) {
  while (type != base && type != T_object) type = iotpy_builtin_types[type].base;
  return type == base;
}

static value order_of(value class_) { return iotpy_fields(class_)[CLASS_ORDER]; }
static uint32_t order_length(value class_) { return header_words(*iotpy_words(order_of(class_))) - 1; }
static value order_item(value class_, uint32_t i) { return iotpy_fields(order_of(class_))[i]; }

uint32_t class_inherits_from_builtin(value class_) { return payload_of(order_item(class_, order_length(class_) - 1)); }

bool iotpy_is_subtype(value type, value base) {
  if (is_constant(type, KIND_TYPE)) return is_constant(base, KIND_TYPE) && builtin_is_subtype(payload_of(type), payload_of(base));
  if (!is_object(type, O_CLASS)) return false;
  if (is_constant(base, KIND_TYPE)) return builtin_is_subtype(class_inherits_from_builtin(type), payload_of(base));
  for (uint32_t i = 0; i < order_length(type); i++) if (order_item(type, i) == base) return true;
  return false;
}

value iotpy_type_of(value v) {
  return is_instance(v) ? instance_class(v) : TYPE(iotpy_type(v));
}

bool has_fields(value v) { return is_ref(v) && (header_type(*iotpy_words(v)) == O_INSTANCE || is_derived(*iotpy_words(v))); }

bool is_instance(value v) { return has_fields(v) || (is_object(v, O_EXCEPTION) && is_ref(iotpy_fields(v)[EXCEPTION_TYPE])); }

// Class, overflow and fields lie at the beginning of instances (and exceptions), and behind the words of a container.
static value *instance_words(value v) {
  uint32_t header = *iotpy_words(v);
  return iotpy_fields(v) + (is_derived(header) ? header_words(header) - 1 - INSTANCE_FIELDS : 0);
}

value instance_class(value v) { return instance_words(v)[INSTANCE_CLASS]; }

// ---- fields
int32_t class_field(value class_, value name) {
  if (!is_ref(class_) || iotpy_fields(class_)[CLASS_FIELDS] == VALUE_NONE) return -1;
  const value *class_fields = iotpy_fields(class_);
  const value *names = iotpy_fields(class_fields[CLASS_FIELDS]);
  int32_t used = int_of(class_fields[CLASS_FIELDS_USED]);
  for (int32_t i = 0; i < used; i++) if (names[i] == name) return i;
  return -1;
}

value class_field_name(value class_, uint32_t index) {
  const value *fields = iotpy_fields(class_);
  return index < (uint32_t)int_of(fields[CLASS_FIELDS_USED]) ? iotpy_fields(fields[CLASS_FIELDS])[index] : VALUE_UNBOUND;
}

// How many fields lie in the object itself: those of a named tuple are its items.
static uint32_t inline_fields_of(value instance) {
  uint32_t header = *iotpy_words(instance), type = header_type(header);
  return type == O_INSTANCE || type == O_TUPLE ? header_words(header) - 1 - INSTANCE_FIELDS : 0;
}

// Where the field lies, or NULL when the instance has no room for it yet.
static value *field_place(value instance, uint32_t index) {
  uint32_t inline_fields = inline_fields_of(instance);
  value *fields = instance_words(instance);
  if (index < inline_fields) return fields + (is_object(instance, O_TUPLE) ? (int32_t)(index - inline_fields) : (int32_t)(INSTANCE_FIELDS + index));
  value overflow = fields[INSTANCE_OVERFLOW];
  index -= inline_fields;
  if (overflow == VALUE_NONE || index + 1 >= header_words(*iotpy_words(overflow))) return NULL;
  return iotpy_fields(overflow) + index;
}

value instance_field(value instance, uint32_t index) {
  const value *place = field_place(instance, index);
  return place ? *place : VALUE_UNBOUND;
}

#define FIELDS_GROWTH 4

// An array of `words` values that begins with those of the root's array (or of none) and goes on with `fill`.
static bool grow(root array, uint32_t words, value fill) {
  value grown = iotpy_new(O_ARRAY, 0, 1 + words);
  if (!grown) return false;
  value old = *array;
  uint32_t had = old == VALUE_NONE ? 0 : header_words(*iotpy_words(old)) - 1;
  for (uint32_t i = 0; i < words; i++) iotpy_fields(grown)[i] = i < had ? iotpy_fields(old)[i] : fill;
  *array = grown;
  return true;
}

// Makes the array in field `field` of the object at least `words` values long.
static bool grow_field(root object, uint32_t field, uint32_t words, value fill) {
  root array = iotpy_push(iotpy_fields(*object)[field]);
  value old = *array;
  bool enough = old != VALUE_NONE && header_words(*iotpy_words(old)) > words;
  if (!enough && !grow(array, words, fill)) return false;
  iotpy_fields(*object)[field] = *array;
  iotpy_pop(array);
  return true;
}

// The index of the field, new if the class has none of this name; -1: MemoryError. [gc]
static int32_t class_make_field(root class_, root name) {
  int32_t index = class_field(*class_, *name);
  if (index >= 0) return index;
  uint32_t used = (uint32_t)int_of(iotpy_fields(*class_)[CLASS_FIELDS_USED]);
  bool full = iotpy_fields(*class_)[CLASS_FIELDS] == VALUE_NONE ||
              used + 1 >= header_words(*iotpy_words(iotpy_fields(*class_)[CLASS_FIELDS]));
  if (full && !grow_field(class_, CLASS_FIELDS, used + FIELDS_GROWTH, VALUE_NONE)) return -1;
  value *fields = iotpy_fields(*class_);
  iotpy_fields(fields[CLASS_FIELDS])[used] = *name;
  fields[CLASS_FIELDS_USED] = from_int((int32_t)used + 1);
  attribute_flush();
  return (int32_t)used;
}

bool instance_set_field(root instance, root name, root item) {
  root class_ = iotpy_push(instance_class(*instance));
  int32_t index = class_make_field(class_, name);
  if (index < 0) return false;
  value *place = field_place(*instance, (uint32_t)index);
  if (!place) {
    uint32_t inline_fields = inline_fields_of(*instance), overflow = (uint32_t)(instance_words(*instance) - iotpy_fields(*instance)) + INSTANCE_OVERFLOW;
    if (!grow_field(instance, overflow, (uint32_t)index - inline_fields + FIELDS_GROWTH, VALUE_UNBOUND)) return false;
    place = field_place(*instance, (uint32_t)index);
  }
  *place = *item;
  iotpy_pop(class_);
  return true;
}

value class_create_instance(value class_) {
  uint32_t fields = is_ref(class_) ? (uint32_t)int_of(iotpy_fields(class_)[CLASS_INLINE]) : 0;
  root kept = iotpy_push(class_);
  value instance = iotpy_new(O_INSTANCE, 0, 1 + INSTANCE_FIELDS + fields);
  if (!instance) return VALUE_ERROR;
  value *words = iotpy_fields(instance);
  words[INSTANCE_CLASS] = *kept;
  for (uint32_t i = 0; i < fields; i++) words[INSTANCE_FIELDS + i] = VALUE_UNBOUND;
  iotpy_pop(kept);
  return instance;
}

value class_create_container(value class_, const value *items, uint32_t count) {
  static const uint8_t layouts[] = {[T_tuple] = O_TUPLE, [T_list] = O_LIST, [T_dict] = O_DICT, [T_set] = O_SET};
  uint32_t layout = layouts[class_inherits_from_builtin(class_)];
  if (layout != O_TUPLE) count = layout == O_LIST ? 2 : 4;
  root kept = iotpy_push(class_);
  value made = iotpy_new(layout, FLAG_DERIVED, 1 + count + INSTANCE_FIELDS);
  if (!made) return VALUE_ERROR;
  value *words = iotpy_fields(made);
  for (uint32_t i = 0; i < count; i++) words[i] = layout == O_TUPLE ? items[i] : i < count / 2 ? from_int(0) : VALUE_NONE;
  words[count + INSTANCE_CLASS] = *kept;
  words[count + INSTANCE_OVERFLOW] = VALUE_NONE;
  iotpy_pop(kept);
  return made;
}

// ---- class attributes: an O_ARRAY of name, value pairs
value *class_attribute(value class_, value name) {
  value *fields = iotpy_fields(class_);
  if (fields[CLASS_ATTRIBUTES] == VALUE_NONE) return NULL;
  value *pairs = iotpy_fields(fields[CLASS_ATTRIBUTES]);
  uint32_t used = (uint32_t)int_of(fields[CLASS_ATTRIBUTES_USED]);
  for (uint32_t i = 0; i < used; i++) if (pairs[2 * i] == name) return pairs + 2 * i + 1;
  return NULL;
}

bool class_set_attribute(root class_, root name, root item) {
  value *place = class_attribute(*class_, *name);
  if (!place) {
    value *fields = iotpy_fields(*class_);
    uint32_t used = (uint32_t)int_of(fields[CLASS_ATTRIBUTES_USED]);
    bool full = fields[CLASS_ATTRIBUTES] == VALUE_NONE || 2 * used + 1 >= header_words(*iotpy_words(fields[CLASS_ATTRIBUTES]));
    if (full && !grow_field(class_, CLASS_ATTRIBUTES, 2 * (used + FIELDS_GROWTH), VALUE_NONE)) return false;
    fields = iotpy_fields(*class_);
    fields[CLASS_ATTRIBUTES_USED] = from_int((int32_t)used + 1);
    place = iotpy_fields(fields[CLASS_ATTRIBUTES]) + 2 * used + 1;
    place[-1] = *name;
  }
  *place = *item;
  attribute_flush();
  return true;
}

// ---- making a class
// The built-in type at the end of the order: the most derived of those of the bases.
static bool builtin_base(const value *bases, uint32_t count, bool named, uint32_t *out) {
  *out = T_object;
  for (uint32_t i = 0; i < count; i++) {
    if (!is_constant(bases[i], KIND_TYPE) && !is_object(bases[i], O_CLASS)) {
      iotpy_raise(T_TypeError, "bases must be types");
      return false;
    }
    uint32_t type = is_constant(bases[i], KIND_TYPE) ? payload_of(bases[i]) : class_inherits_from_builtin(bases[i]);
    bool container = type == T_list || type == T_dict || type == T_set || (type == T_tuple && named);
    if (type != T_object && !container && !builtin_is_subtype(type, T_BaseException)) {
      iotpy_raise(T_TypeError, "a class cannot be derived from the built-in type '%v'", iotpy_function_name(TYPE(type)));
      return false;
    }
    if (builtin_is_subtype(type, *out)) *out = type;
    else if (!builtin_is_subtype(*out, type)) {
      iotpy_raise(T_TypeError, "multiple bases have instance lay-out conflict");
      return false;
    }
  }
  return true;
}

// C3: is `candidate` in the rest (all but the head) of any base's order that is still to be merged, or of the list of bases itself?
static bool in_a_tail(const value *bases, const uint32_t *heads, uint32_t count, value candidate) {
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0 && bases[i] == candidate && heads[i - 1] == 0) return true;
    for (uint32_t j = heads[i] + 1; is_ref(bases[i]) && j + 1 < order_length(bases[i]); j++) if (order_item(bases[i], j) == candidate) return true;
  }
  return false;
}

static value head_of(value base, uint32_t head) {
  return is_ref(base) && head + 1 < order_length(base) ? order_item(base, head) : VALUE_UNBOUND;
}

#define BASES_MAX 8
// Pushes the merged orders of the bases, last first, and counts them. false: they contradict each other.
static bool merge_orders(const value *bases, uint32_t count, uint32_t *length) {
  uint32_t heads[BASES_MAX] = {0};
  for (;;) {
    value next = VALUE_UNBOUND;
    bool left = false;
    for (uint32_t i = 0; i < count && next == VALUE_UNBOUND; i++) {
      value head = head_of(bases[i], heads[i]);
      left = left || head != VALUE_UNBOUND;
      if (head != VALUE_UNBOUND && !in_a_tail(bases, heads, count, head)) next = head;
    }
    if (next == VALUE_UNBOUND) return !left;
    iotpy_push(next);
    ++*length;
    for (uint32_t i = 0; i < count; i++) if (head_of(bases[i], heads[i]) == next) heads[i]++;
  }
}

// The order of the class at root `class_`, whose bases lie on the stack.
static bool set_order(root class_, const value *bases, uint32_t count, uint32_t builtin) {
  uint32_t length = 0, most = 1;
  for (uint32_t i = 0; i < count; i++) most += is_ref(bases[i]) ? order_length(bases[i]) : 0;
  if (!iotpy_room(most)) return false;
  root mark = iotpy_push(VALUE_NONE);
  if (!merge_orders(bases, count, &length)) {
    iotpy_raise(T_TypeError, "Cannot create a consistent method resolution order (MRO) for bases");
    return false;
  }
  value order = iotpy_new(O_TUPLE, 0, 1 + length + 2);
  if (!order) return false;
  iotpy_fields(order)[0] = *class_;
  for (uint32_t i = 0; i < length; i++) iotpy_fields(order)[1 + i] = *(mark - 1 - i);
  iotpy_fields(order)[1 + length] = TYPE(builtin);
  iotpy_fields(*class_)[CLASS_ORDER] = order;
  iotpy_pop(mark);
  return true;
}

static bool add_field(root class_, value name) {
  root kept = iotpy_push(name);
  bool ok = class_make_field(class_, kept) >= 0;
  iotpy_pop(kept);
  return ok;
}

static bool inherit_fields(root class_, const value *base) {
  if (!is_ref(*base)) return true;
  int32_t count = int_of(iotpy_fields(*base)[CLASS_FIELDS_USED]);
  for (int32_t i = 0; i < count; i++) if (!add_field(class_, iotpy_fields(iotpy_fields(*base)[CLASS_FIELDS])[i])) return false;
  return true;
}

// A class without contents, an instance of the class `meta` when there is one.
static value class_object(value meta) {
  root kept = iotpy_push(meta);
  value made = meta == VALUE_NONE ? iotpy_new(O_CLASS, 0, 1 + CLASS_WORDS) : iotpy_new(O_CLASS, FLAG_DERIVED, 1 + CLASS_WORDS + INSTANCE_FIELDS);
  if (made && meta != VALUE_NONE) instance_words(made)[INSTANCE_CLASS] = *kept;
  iotpy_pop(kept);
  return made;
}

value class_of_metaclass(root class_, value meta) {
  if (has_fields(*class_)) return instance_words(*class_)[INSTANCE_CLASS] = meta, *class_;
  value made = class_object(meta);
  if (!made) return VALUE_ERROR;
  for (uint32_t i = 0; i < CLASS_WORDS; i++) iotpy_fields(made)[i] = iotpy_fields(*class_)[i];
  iotpy_fields(order_of(made))[0] = made;
  return made;
}

value class_create(value name, const value *bases, uint32_t count, value fields) {
  uint32_t builtin;
  if (count > BASES_MAX) return iotpy_raise(T_TypeError, "more than %u bases", BASES_MAX);
  if (!builtin_base(bases, count, iotpy_tuple_length(fields) > 0 || (count > 0 && is_ref(bases[0])), &builtin)) return VALUE_ERROR;
  value meta = count > 0 && has_fields(bases[0]) ? instance_class(bases[0]) : VALUE_NONE;
  value made = class_object(meta);
  if (!made) return VALUE_ERROR;
  value *words = iotpy_fields(made);
  words[CLASS_NAME] = name;
  words[CLASS_ATTRIBUTES_USED] = words[CLASS_FIELDS_USED] = words[CLASS_INLINE] = from_int(0);
  root class_ = iotpy_push(made);
  if (!set_order(class_, bases, count, builtin)) return VALUE_ERROR;
  for (uint32_t i = 0; i < count; i++) if (!inherit_fields(class_, bases + i)) return VALUE_ERROR;
  for (uint32_t i = 0; i < iotpy_tuple_length(fields); i++) if (!add_field(class_, iotpy_tuple_items(fields)[i])) return VALUE_ERROR;
  made = *class_;
  words = iotpy_fields(made);
  if (builtin == T_object) words[CLASS_INLINE] = words[CLASS_FIELDS_USED];
  iotpy_pop(class_);
  return made;
}

// ---- names
static value unqualified(value function) {
  return record_name(record_at(vm->image, function_index(function)));
}

static const uint16_t module_names[] = {STR_math, STR_json, STR_time, STR_device};
_Static_assert(BUILTIN_MODULES == sizeof module_names / sizeof *module_names, "a module without a name");

value iotpy_function_name(value v) {
  if (is_constant(v, KIND_TYPE)) return STRING(iotpy_builtin_types[payload_of(v)].name);
  if (is_constant(v, KIND_BUILTIN)) return STRING(iotpy_builtin_shapes[payload_of(v)].name);
  if (is_constant(v, KIND_MODULE)) return STRING(module_names[payload_of(v)]);
  if (is_object(v, O_CLASS)) return iotpy_fields(v)[CLASS_NAME];
  if (is_object(v, O_METHOD)) return iotpy_function_name(iotpy_fields(v)[METHOD_FUNCTION]);
  return function_index(v) == NO_FUNCTION ? STRING(STR_object) : unqualified(v);
}
