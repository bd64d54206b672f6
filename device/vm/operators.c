// Operators, comparison, truth and hashing of built-in values: finds out what the operands are and hands over to the types. Instances
// with methods of their own are the interpreter's; met here, inside a container or a native, they answer TWIN.
#include "number.h"
#include "types.h"

// The layout of a value: small ints and bools count as O_INT, string constants as O_STR; O_TYPES for the other constants.
static uint32_t layout_of(value v) {
  if (is_int(v) || is_bool(v)) return O_INT;
  if (is_ref(v) || is_constant(v, KIND_CONSTANT)) return header_type(*iotpy_words(v));
  return is_constant(v, KIND_STRING) ? O_STR : O_TYPES;
}

static bool is_instance_layout(uint32_t layout) { return layout == O_INSTANCE || layout == O_EXCEPTION; }
bool iotpy_is_number(value v) { return layout_of(v) == O_INT || layout_of(v) == O_FLOAT; }

enum builtin_type iotpy_type(value v) {
  static const uint8_t singletons[] = {T_NoneType, T_bool, T_bool, T_ellipsis, T_NotImplementedType};
  static const uint8_t kinds[] = {T_object, T_str, T_object, T_builtin_function_or_method, T_type, T_function, T_module};
  static const uint8_t layouts[] = {
      [O_FLOAT] = T_float, [O_INT] = T_int, [O_STR] = T_str, [O_BYTES] = T_bytes, [O_TUPLE] = T_tuple, [O_LIST] = T_list,
      [O_BYTEARRAY] = T_bytearray, [O_DICT] = T_dict, [O_RANGE] = T_range, [O_SLICE] = T_slice, [O_FUNCTION] = T_function,
      [O_METHOD] = T_method, [O_CELL] = T_cell, [O_CLASS] = T_type, [O_GENERATOR] = T_generator, [O_ITERATOR] = T_iterator, [O_TYPES] = T_object};
  if (is_int(v)) return T_int;
  if (is_constant(v, KIND_SINGLETON)) return payload_of(v) < sizeof singletons ? singletons[payload_of(v)] : T_object;
  uint32_t layout = layout_of(v);
  if (layout == O_SET) return header_flags(*iotpy_words(v)) & FLAG_FROZEN ? T_frozenset : T_set;
  if (layout == O_VIEW) return T_dict_keys + (enum builtin_type)int_of(iotpy_fields(v)[0]);
  if (layout == O_EXCEPTION && is_constant(iotpy_fields(v)[0], KIND_TYPE)) return payload_of(iotpy_fields(v)[0]);
  if (layout == O_TYPES) return kinds[v >> 2 & 7];
  return layouts[layout];
}

// ---- binary operators
static value unsupported(enum binary_operator op, value a, value b, bool in_place) {
  static const char symbols[][3] = {"+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^"};
  if (is_instance_layout(layout_of(a)) || is_instance_layout(layout_of(b))) return VALUE_TWIN;  // it may have the method
  return iotpy_raise(T_TypeError, "unsupported operand type(s) for %s%s: '%t' and '%t'", symbols[op],
                     in_place ? "=" : op == OP_POW_ ? " or pow()" : "", a, b);
}

static value concatenate(root left, root right, bool in_place) {
  value a = *left, b = *right;
  uint32_t layout = layout_of(a), other = layout_of(b);
  if (layout == O_LIST && in_place) return iotpy_list_extend(left, right);
  if (is_instance_layout(other)) return unsupported(OP_ADD_, a, b, in_place);
  switch (layout) {
    case O_STR:
      if (other == O_STR) return iotpy_str_concat(left, right);
      break;
    case O_LIST:
      if (other == O_LIST) return iotpy_list_concat(left, right);
      break;
    case O_TUPLE:
      if (other == O_TUPLE) return iotpy_tuple_concat(left, right);
      break;
    case O_BYTES:
    case O_BYTEARRAY:
      if (other == O_BYTES || other == O_BYTEARRAY) return iotpy_bytes_concat(left, right, in_place);
      return iotpy_raise(T_TypeError, "can't concat %t to %t", b, a);
    default: return unsupported(OP_ADD_, a, b, in_place);
  }
  return iotpy_raise(T_TypeError, "can only concatenate %t (not \"%t\") to %t", a, b, a);
}

static bool is_repeatable(uint32_t layout) {
  return layout == O_STR || layout == O_LIST || layout == O_TUPLE || layout == O_BYTES || layout == O_BYTEARRAY;
}

static value repeat(root left, root right, bool in_place) {
  uint32_t layout = layout_of(*left), other = layout_of(*right);
  bool reflected = !is_repeatable(layout);
  if ((reflected && !is_repeatable(other)) || is_instance_layout(reflected ? layout : other))
    return unsupported(OP_MUL_, *left, *right, in_place);
  root sequence = reflected ? right : left;
  value times = *(reflected ? left : right);
  int32_t count;
  if ((reflected ? layout : other) != O_INT) return iotpy_raise(T_TypeError, "can't multiply sequence by non-int of type '%t'", times);
  int64_t whole;
  iotpy_to_index_clamped(times, &count);
  if (!iotpy_to_int64(times, &whole)) return iotpy_raise(T_OverflowError, "cannot fit 'int' into an index-sized integer");
  return iotpy_repeat(sequence, count, in_place && !reflected);
}

static value binary_containers(enum binary_operator op, root left, root right, bool in_place) {
  value a = *left, b = *right;
  uint32_t layout = layout_of(a);
  value result = VALUE_NOT_IMPLEMENTED;
  if (op == OP_ADD_) return concatenate(left, right, in_place);
  if (op == OP_MUL_) return repeat(left, right, in_place);
  if (op == OP_MOD_ && layout == O_STR) return iotpy_str_percent(left, right);
  if (op == OP_OR_ && layout == O_DICT && is_object(b, O_DICT)) return iotpy_dict_merge(left, right, in_place);
  if ((layout == O_SET || layout == O_VIEW) && (op == OP_SUB_ || op >= OP_AND_)) result = iotpy_set_binary(op, left, right, in_place);
  if (result != VALUE_NOT_IMPLEMENTED) return result;
  return unsupported(op, a, b, in_place);
}

value iotpy_binary(enum binary_operator op, root left, root right, bool in_place) {
  value a = *left, b = *right;
  uint32_t layout = layout_of(a), other = layout_of(b);
  if (layout == O_INT && other == O_INT) {
    value v = iotpy_int_binary(op, left, right);
    return is_bool(a) && is_bool(b) && op >= OP_AND_ ? from_bool(v != from_int(0)) : v;
  }
  if ((layout == O_FLOAT || layout == O_INT) && (other == O_FLOAT || other == O_INT) && op <= OP_POW_) {
    double x, y;
    if (!iotpy_to_double(a, &x) || !iotpy_to_double(b, &y)) return VALUE_ERROR;
    return iotpy_float_binary(op, x, y);
  }
  return binary_containers(op, left, right, in_place);
}

value iotpy_unary(char op, root operand) {
  value v = *operand;
  uint32_t layout = layout_of(v);
  if (layout == O_INT) return iotpy_int_unary(op, operand);
  if (layout == O_FLOAT && op == '+') return v;
  if (layout == O_FLOAT && op == '-') return iotpy_float(-iotpy_float_of(v));
  if (is_instance_layout(layout)) return VALUE_TWIN;
  char symbol[2] = {op, 0};
  return iotpy_raise(T_TypeError, "bad operand type for unary %s: '%t'", symbol, v);
}

// ---- equality
bool iotpy_enter(const char *doing) {
  if (vm->nesting > IOTPY_NEST_MAX) return iotpy_raise(T_RecursionError, "maximum recursion depth exceeded%s", doing);
  if (!iotpy_step()) return false;
  vm->nesting++;
  return true;
}

#define UNORDERED 2                                        // as of compare_doubles

// Of two numbers: -1, 0, 1, or UNORDERED.
static int compare_numbers(value a, value b) {
  bool a_float = is_float(a), b_float = is_float(b);
  if (!a_float && !b_float) return iotpy_int_compare(a, b);
  if (a_float && b_float) {
    return compare_doubles(iotpy_float_of(a), iotpy_float_of(b));
  }
  if (b_float) return iotpy_int_compare_double(a, iotpy_float_of(b));
  int order = iotpy_int_compare_double(b, iotpy_float_of(a));
  return order == UNORDERED ? order : -order;
}

static int compare_bytes(value a, value b) {
  text x = {0}, y = {0};
  iotpy_bytes_view(a, &x.data, &x.bytes);
  iotpy_bytes_view(b, &y.data, &y.bytes);
  return iotpy_text_compare(x, y);
}

static int equal_texts(value a, value b) {
  if (is_constant(a, KIND_STRING) && is_constant(b, KIND_STRING)) return a == b;
  text x = iotpy_text(a), y = iotpy_text(b);
  return x.bytes == y.bytes && __builtin_memcmp(x.data, y.data, x.bytes) == 0;
}

// The first index at which two sequences differ, or the shorter one's length; *answer is 1, or -1 or 2 as of iotpy_equal.
static uint32_t first_difference(value a, value b, int *answer) {
  value *x, *y;
  uint32_t x_count, y_count, i;
  iotpy_sequence(a, &x, &x_count);
  iotpy_sequence(b, &y, &y_count);
  *answer = 1;
  for (i = 0; i < x_count && i < y_count; i++) {
    int equal = iotpy_equal_nested(x[i], y[i]);
    if (equal == 1) continue;
    if (equal != 0) *answer = equal;
    break;
  }
  return i;
}

static int equal_sequences(value a, value b) {
  value *items;
  uint32_t count, other;
  int answer;
  iotpy_sequence(a, &items, &count);
  iotpy_sequence(b, &items, &other);
  if (count != other) return 0;
  uint32_t same = first_difference(a, b, &answer);
  return answer != 1 ? answer : same == count;
}

static bool same_fields(value a, value b) {
  return iotpy_fields(a)[0] == iotpy_fields(b)[0] && iotpy_fields(a)[1] == iotpy_fields(b)[1];
}

static int equal_containers(value a, value b, uint32_t layout) {
  if (layout == O_DICT) return iotpy_dict_equal(a, b);
  if (layout != O_SET) return equal_sequences(a, b);
  value equal = iotpy_set_compare(COMPARE_EQ, a, b);
  return equal == VALUE_ERROR ? -1 : equal == VALUE_TRUE;
}

static int equal_values(value a, value b, bool nested) {
  if (are_ints(a, b)) return a == b;
  uint32_t layout = layout_of(a), other = layout_of(b);
  if (a == b && (nested || (layout != O_FLOAT && !is_instance_layout(layout)))) return 1;  // items may be the same object, even nan
  if ((layout == O_INT || layout == O_FLOAT) && (other == O_INT || other == O_FLOAT)) return compare_numbers(a, b) == 0;
  if ((is_instance_layout(layout) && iotpy_defines(a, STR___eq__)) || (is_instance_layout(other) && iotpy_defines(b, STR___eq__))) return 2;
  if ((layout == O_BYTES || layout == O_BYTEARRAY) && (other == O_BYTES || other == O_BYTEARRAY)) return compare_bytes(a, b) == 0;
  if (layout != other) return 0;
  if (layout == O_STR) return equal_texts(a, b);
  switch (layout) {
    case O_TUPLE:
    case O_LIST:
    case O_DICT:
    case O_SET: {
      if (!iotpy_enter(" in comparison")) return -1;
      int equal = equal_containers(a, b, layout);
      vm->nesting--;
      return equal;
    }
    case O_RANGE: return iotpy_range_equal(a, b);
    case O_METHOD: return same_fields(a, b);
    default: return a == b;
  }
}

int iotpy_equal_nested(value a, value b) { return equal_values(a, b, true); }
int iotpy_equal(value a, value b) { return equal_values(a, b, false); }

// ---- order
static value holds(enum comparison op, int order) {
  static const uint8_t orders[] = {1, 3, 4, 6, 2, 5};  // bit 0: less, 1: equal, 2: greater
  if (order == UNORDERED) return from_bool(op == COMPARE_NE);
  return from_bool(orders[op] >> (order < 0 ? 0 : order == 0 ? 1 : 2) & 1);
}

static value compare_equality(enum comparison op, value a, value b) {
  int equal = iotpy_equal(a, b);
  if (equal < 0) return VALUE_ERROR;
  if (equal == 2) return VALUE_TWIN;
  return from_bool(equal == (op == COMPARE_EQ));
}

static value compare_values(enum comparison op, value a, value b);

static value compare_sequences(enum comparison op, value a, value b) {
  value *x, *y;
  uint32_t x_count, y_count;
  int answer;
  uint32_t i = first_difference(a, b, &answer);
  if (answer != 1) return answer == 2 ? VALUE_TWIN : VALUE_ERROR;
  iotpy_sequence(a, &x, &x_count);
  iotpy_sequence(b, &y, &y_count);
  if (i < x_count && i < y_count) return compare_values(op, x[i], y[i]);
  return holds(op, x_count < y_count ? -1 : x_count > y_count);
}

// May a method of one of them tell the order? Of the right operand it is the one for the opposite order.
static bool orders(enum comparison op, value a, value b) {
  static const uint16_t methods[] = {STR___lt__, STR___le__, STR___gt__, STR___ge__};
  return iotpy_defines(a, methods[op]) || iotpy_defines(b, methods[op ^ 2]);
}

static value compare_values(enum comparison op, value a, value b) {
  static const char symbols[][3] = {"<", "<=", ">", ">="};
  uint32_t layout = layout_of(a), other = layout_of(b);
  if ((layout == O_INT || layout == O_FLOAT) && (other == O_INT || other == O_FLOAT)) return holds(op, compare_numbers(a, b));
  if (op >= COMPARE_EQ) return compare_equality(op, a, b);
  if (layout == O_STR && other == O_STR) return holds(op, iotpy_text_compare(iotpy_text(a), iotpy_text(b)));
  if ((layout == O_BYTES || layout == O_BYTEARRAY) && (other == O_BYTES || other == O_BYTEARRAY)) return holds(op, compare_bytes(a, b));
  if (layout == other && (layout == O_LIST || layout == O_TUPLE)) {
    if (!iotpy_enter(" in comparison")) return VALUE_ERROR;
    value v = compare_sequences(op, a, b);
    vm->nesting--;
    return v;
  }
  if (layout == O_SET && other == O_SET) return iotpy_set_compare(op, a, b);
  if (orders(op, a, b)) return VALUE_TWIN;
  return iotpy_raise(T_TypeError, "'%s' not supported between instances of '%t' and '%t'", symbols[op], a, b);
}

// _compare(left, right, comparison) and _percent(text, values) are for their twins only: operate.c calls them.
value native__compare(root arguments, uint32_t count) { (void)arguments; (void)count; return VALUE_TWIN; }
value native__percent(root arguments, uint32_t count) { (void)arguments; (void)count; return VALUE_TWIN; }

value iotpy_compare(enum comparison op, root left, root right) {
  return compare_values(op, *left, *right);
}

// ---- truth
int iotpy_truth(value v) {
  switch (layout_of(v)) {
    case O_INT: return iotpy_int_truth(v);
    case O_FLOAT: return iotpy_float_of(v) != 0;
    case O_STR: return iotpy_text(v).bytes != 0;
    case O_BYTES: return header_words(*iotpy_words(v)) > 1;
    case O_TUPLE: return iotpy_tuple_length(v) > 0;
    case O_LIST:
    case O_BYTEARRAY:
    case O_DICT:
    case O_SET: return iotpy_fields(v)[0] != from_int(0);
    case O_RANGE:
    case O_VIEW: return iotpy_length(v) != from_int(0);
    case O_INSTANCE:
    case O_EXCEPTION: return iotpy_defines(v, STR___bool__) || iotpy_defines(v, STR___len__) ? 2 : 1;
    default: return v != VALUE_NONE;
  }
}

// ---- hashing
#define MIX 0x9E3779B1u

uint32_t iotpy_bytes_hash(const uint8_t *data, uint32_t bytes) {
  uint32_t hash = bytes, word;
  for (; bytes >= 4; bytes -= 4, data += 4) {
    __builtin_memcpy(&word, data, 4);
    hash = ((hash << 5 | hash >> 27) ^ word) * MIX;
  }
  for (; bytes > 0; bytes--) hash = ((hash << 5 | hash >> 27) ^ *data++) * MIX;
  hash = (hash ^ hash >> 16) * MIX;  // the last byte of a word reaches the low bits, which choose the slot
  return hash ^ hash >> 15;
}

static bool hash_tuple(value v, uint32_t *out) {
  uint32_t count = iotpy_tuple_length(v), hash = count;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t item;
    if (!iotpy_hash(iotpy_tuple_items(v)[i], &item)) return false;
    hash = ((hash << 5 | hash >> 27) ^ item) * MIX;
  }
  *out = hash;
  return true;
}

// Objects move, so identity gives no number: instances of one class hash alike.
static bool hash_instance(value v, uint32_t *out) {
  if (iotpy_defines(v, STR___eq__) || iotpy_defines(v, STR___hash__)) {
    iotpy_raise(T_TypeError, "unhashable type: '%t' (instances of a class with __eq__ or __hash__ cannot be keys)", v);
    return false;
  }
  text name = iotpy_text(iotpy_function_name(iotpy_type_of(v)));
  *out = iotpy_bytes_hash(name.data, name.bytes);
  return true;
}

static bool hash_container(value v, uint32_t layout, uint32_t *out) {
  if (!iotpy_enter("")) return false;
  bool ok = layout == O_TUPLE ? hash_tuple(v, out) : iotpy_set_hash(v, out);
  vm->nesting--;
  return ok;
}

bool iotpy_hash(value v, uint32_t *out) {
  uint32_t layout = layout_of(v);
  text t;
  switch (layout) {
    case O_INT: return *out = iotpy_int_hash(v), true;
    case O_FLOAT: return *out = iotpy_double_hash(iotpy_float_of(v)), true;
    case O_STR: return t = iotpy_text(v), *out = iotpy_bytes_hash(t.data, t.bytes), true;
    case O_BYTES: return iotpy_bytes_view(v, &t.data, &t.bytes), *out = iotpy_bytes_hash(t.data, t.bytes), true;
    case O_TUPLE: return hash_container(v, layout, out);
    case O_RANGE: return *out = iotpy_range_hash(v), true;
    case O_INSTANCE:
    case O_EXCEPTION: return hash_instance(v, out);
    case O_TYPES: return *out = v * MIX, true;
    case O_SET:
      if (header_flags(*iotpy_words(v)) & FLAG_FROZEN) return hash_container(v, layout, out);
      break;
    case O_LIST:
    case O_DICT:
    case O_BYTEARRAY:
    case O_SLICE: break;
    default: return *out = layout * MIX, true;
  }
  iotpy_raise(T_TypeError, "unhashable type: '%t'", v);
  return false;
}
