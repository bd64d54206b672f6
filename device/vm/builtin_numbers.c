// Built-in functions about numbers, order and identity: abs, bool, divmod, hash, id, max, min, pow, sum.
#include "integer.h"
#include "sequences.h"

value native_bool(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0];
  if (v == VALUE_UNBOUND) return VALUE_FALSE;
  int truth = iotpy_truth(v);
  return truth == 2 ? VALUE_TWIN : from_bool(truth);
}

value native_abs(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0];
  if (is_float(v)) return iotpy_float(double_abs(iotpy_float_of(v)));
  if (is_int_or_bool(v)) return iotpy_int_unary(iotpy_int_negative(v) ? '-' : '+', arguments);
  if (iotpy_defines(v, STR___abs__)) return VALUE_TWIN;
  return iotpy_raise(T_TypeError, "bad operand type for abs(): '%t'", v);
}

value native_divmod(root arguments, uint32_t count) {
  (void)count;
  value a = arguments[0], b = arguments[1];
  if (is_object(a, O_INSTANCE) || is_object(b, O_INSTANCE)) return VALUE_TWIN;
  if (!iotpy_is_number(a) || !iotpy_is_number(b)) return iotpy_raise(T_TypeError, "unsupported operand type(s) for divmod(): '%t' and '%t'", a, b);
  if (is_float(b) ? iotpy_float_of(b) == 0 : is_float(a) && !iotpy_int_truth(b)) return iotpy_raise(T_ZeroDivisionError, "float divmod()");
  root pair = iotpy_push_words(2);
  value v = iotpy_binary(OP_FLOORDIV_, arguments, arguments + 1, false);
  if (!v) return v;
  *pair = v;
  v = iotpy_binary(OP_MOD_, arguments, arguments + 1, false);
  if (!v) return v;
  pair[1] = v;
  v = iotpy_tuple(pair, 2);
  iotpy_pop(pair);
  return v;
}

value native_pow(root arguments, uint32_t count) {
  (void)count;
  value modulus = arguments[2];
  if (modulus == VALUE_UNBOUND || modulus == VALUE_NONE) return iotpy_binary(OP_POW_, arguments, arguments + 1, false);
  for (uint32_t i = 0; i < 3; i++)
    if (!is_int_or_bool(arguments[i])) return iotpy_raise(T_TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
  return iotpy_int_power_modulo(arguments, arguments + 1, arguments + 2);
}

value native_hash(root arguments, uint32_t count) {
  (void)count;
  uint32_t hash;
  value v = arguments[0];
  if (is_object(v, O_INSTANCE) && iotpy_defines(v, STR___hash__)) return VALUE_TWIN;
  if (!iotpy_hash(v, &hash)) return VALUE_ERROR;
  return iotpy_integer((int32_t)hash == -1 ? -2 : (int32_t)hash);
}

// The word of the value: two objects that live at the same time differ, but objects move, so an id does not last.
value native_id(root arguments, uint32_t count) { return (void)count, iotpy_integer(arguments[0]); }

// ---- over iterables. The iterator is kept on the stack.

value native_sum(root arguments, uint32_t count) {
  (void)count;
  value start = arguments[1];
  if (start == VALUE_UNBOUND) start = from_int(0);
  if (is_string(start)) return iotpy_raise(T_TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
  if (iotpy_type(start) == T_bytes || iotpy_type(start) == T_bytearray)
    return iotpy_raise(T_TypeError, "sum() can't sum %t [use b''.join(seq) instead]", start);
  root words = iotpy_push_words(3), total = words, item = words + 1, iterator = words + 2;
  *total = start;
  value v = iotpy_iterator(arguments);
  if (!v || v == VALUE_TWIN) return v;
  *iterator = v;
  for (;;) {
    v = iotpy_iterate(iterator);
    if (!v) return v;
    if (v == VALUE_STOP) break;
    *item = v;
    v = iotpy_binary(OP_ADD_, total, item, false);
    if (v == VALUE_TWIN && is_object(*arguments, O_ITERATOR)) arguments[1] = *total;
    if (v == VALUE_TWIN) return iotpy_give_back(arguments, iterator, item, 1);
    if (!v) return v;
    *total = v;
  }
  v = *total;
  iotpy_pop(words);
  return v;
}

// `op` tells whether an item replaces the best so far.
static value extreme(root arguments, uint32_t count, enum comparison op, const char *name) {
  uint32_t positional = count - 2;  // key and default come behind
  value key = arguments[positional], otherwise = arguments[positional + 1];
  if (key != VALUE_UNBOUND && key != VALUE_NONE) return VALUE_TWIN;
  if (positional > 1 && otherwise != VALUE_UNBOUND)
    return iotpy_raise(T_TypeError, "Cannot specify a default for %s() with multiple positional arguments", name);
  root words = iotpy_push_words(3), best = words, item = words + 1, iterator = words + 2;
  *best = VALUE_UNBOUND;
  value v = positional > 1 ? VALUE_NONE : iotpy_iterator(arguments);
  if (!v || v == VALUE_TWIN) return v;
  *iterator = v;
  for (uint32_t i = 0;; i++) {
    v = positional == 1 ? iotpy_iterate(iterator) : i < positional ? arguments[i] : VALUE_STOP;
    if (!v) return v;
    if (v == VALUE_STOP) break;
    *item = v;
    v = *best == VALUE_UNBOUND ? VALUE_TRUE : iotpy_compare(op, item, best);
    if (v == VALUE_TWIN) return positional == 1 ? iotpy_give_back(arguments, iterator, best, 2) : v;
    if (!v) return v;
    if (v == VALUE_TRUE) *best = *item;
  }
  v = *best;
  iotpy_pop(words);
  if (v != VALUE_UNBOUND) return v;
  if (otherwise == VALUE_UNBOUND) return iotpy_raise(T_ValueError, "%s() arg is an empty sequence", name);
  return arguments[positional + 1];
}

value native_min(root arguments, uint32_t count) { return extreme(arguments, count, COMPARE_LT, "min"); }
value native_max(root arguments, uint32_t count) { return extreme(arguments, count, COMPARE_GT, "max"); }
