// Built-in functions about numbers, order and identity: abs, bool, divmod, hash, id, max, min, pow, sum.
#include "integer.h"
#include "sequences.h"

value native_bool(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value v = argument(vm, arguments, 0);
  if (v == VALUE_UNBOUND) return VALUE_FALSE;
  int truth = iotpy_truth(vm, v);
  return truth == 2 ? VALUE_TWIN : from_bool(truth);
}

value native_abs(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value v = argument(vm, arguments, 0);
  if (is_float(vm, v)) return iotpy_float(vm, double_abs(iotpy_float_of(vm, v)));
  if (is_int_or_bool(vm, v)) return iotpy_int_unary(vm, iotpy_int_negative(vm, v) ? '-' : '+', arguments);
  if (iotpy_defines(vm, v, STR___abs__)) return VALUE_TWIN;
  return iotpy_raise(vm, T_TypeError, "bad operand type for abs(): '%t'", v);
}

value native_divmod(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value a = argument(vm, arguments, 0), b = argument(vm, arguments, 1);
  if (is_object(vm, a, O_INSTANCE) || is_object(vm, b, O_INSTANCE)) return VALUE_TWIN;
  if (!iotpy_is_number(vm, a) || !iotpy_is_number(vm, b)) return iotpy_raise(vm, T_TypeError, "unsupported operand type(s) for divmod(): '%t' and '%t'", a, b);
  if (is_float(vm, b) ? iotpy_float_of(vm, b) == 0 : is_float(vm, a) && !iotpy_int_truth(vm, b)) return iotpy_raise(vm, T_ZeroDivisionError, "float divmod()");
  root pair = iotpy_push_words(vm, 2);
  value v = iotpy_binary(vm, OP_FLOORDIV_, arguments, arguments + 1, false);
  if (!v) return v;
  iotpy_put(vm, pair, v);
  v = iotpy_binary(vm, OP_MOD_, arguments, arguments + 1, false);
  if (!v) return v;
  iotpy_put(vm, pair + 1, v);
  v = iotpy_tuple(vm, pair, 2);
  iotpy_pop(vm, pair);
  return v;
}

value native_pow(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value modulus = argument(vm, arguments, 2);
  if (modulus == VALUE_UNBOUND || modulus == VALUE_NONE) return iotpy_binary(vm, OP_POW_, arguments, arguments + 1, false);
  for (uint32_t i = 0; i < 3; i++)
    if (!is_int_or_bool(vm, argument(vm, arguments, i))) return iotpy_raise(vm, T_TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
  return iotpy_int_power_modulo(vm, arguments, arguments + 1, arguments + 2);
}

value native_hash(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  uint32_t hash;
  value v = argument(vm, arguments, 0);
  if (is_object(vm, v, O_INSTANCE) && iotpy_defines(vm, v, STR___hash__)) return VALUE_TWIN;
  if (!iotpy_hash(vm, v, &hash)) return VALUE_ERROR;
  return iotpy_integer(vm, (int32_t)hash == -1 ? -2 : (int32_t)hash);
}

// The word of the value: two objects that live at the same time differ, but objects move, so an id does not last.
value native_id(vm_t *vm, root arguments, uint32_t count) { return (void)count, iotpy_integer(vm, argument(vm, arguments, 0)); }

// ---- over iterables. The iterator is kept on the stack.

value native_sum(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value start = argument(vm, arguments, 1);
  if (start == VALUE_UNBOUND) start = from_int(0);
  if (is_string(vm, start)) return iotpy_raise(vm, T_TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
  if (iotpy_type(vm, start) == T_bytes || iotpy_type(vm, start) == T_bytearray)
    return iotpy_raise(vm, T_TypeError, "sum() can't sum %t [use b''.join(seq) instead]", start);
  root words = iotpy_push_words(vm, 3), total = words, item = words + 1, iterator = words + 2;
  iotpy_put(vm, total, start);
  value v = iotpy_iterator(vm, arguments);
  if (!v || v == VALUE_TWIN) return v;
  iotpy_put(vm, iterator, v);
  for (;;) {
    v = iotpy_iterate(vm, iterator);
    if (!v) return v;
    if (v == VALUE_STOP) break;
    iotpy_put(vm, item, v);
    v = iotpy_binary(vm, OP_ADD_, total, item, false);
    if (v == VALUE_TWIN && is_object(vm, iotpy_get(vm, arguments), O_ITERATOR)) iotpy_put(vm, arguments + 1, iotpy_get(vm, total));
    if (v == VALUE_TWIN) return iotpy_give_back(vm, arguments, iterator, item, 1);
    if (!v) return v;
    iotpy_put(vm, total, v);
  }
  v = iotpy_get(vm, total);
  iotpy_pop(vm, words);
  return v;
}

// `op` tells whether an item replaces the best so far.
static value extreme(vm_t *vm, root arguments, uint32_t count, enum comparison op, const char *name) {
  uint32_t positional = count - 2;  // key and default come behind
  value key = argument(vm, arguments, positional), otherwise = argument(vm, arguments, positional + 1);
  if (key != VALUE_UNBOUND && key != VALUE_NONE) return VALUE_TWIN;
  if (positional > 1 && otherwise != VALUE_UNBOUND)
    return iotpy_raise(vm, T_TypeError, "Cannot specify a default for %s() with multiple positional arguments", name);
  root words = iotpy_push_words(vm, 3), best = words, item = words + 1, iterator = words + 2;
  iotpy_put(vm, best, VALUE_UNBOUND);
  value v = positional > 1 ? VALUE_NONE : iotpy_iterator(vm, arguments);
  if (!v || v == VALUE_TWIN) return v;
  iotpy_put(vm, iterator, v);
  for (uint32_t i = 0;; i++) {
    v = positional == 1 ? iotpy_iterate(vm, iterator) : i < positional ? argument(vm, arguments, i) : VALUE_STOP;
    if (!v) return v;
    if (v == VALUE_STOP) break;
    iotpy_put(vm, item, v);
    v = iotpy_get(vm, best) == VALUE_UNBOUND ? VALUE_TRUE : iotpy_compare(vm, op, item, best);
    if (v == VALUE_TWIN) return positional == 1 ? iotpy_give_back(vm, arguments, iterator, best, 2) : v;
    if (!v) return v;
    if (v == VALUE_TRUE) iotpy_put(vm, best, iotpy_get(vm, item));
  }
  v = iotpy_get(vm, best);
  iotpy_pop(vm, words);
  if (v != VALUE_UNBOUND) return v;
  if (otherwise == VALUE_UNBOUND) return iotpy_raise(vm, T_ValueError, "%s() arg is an empty sequence", name);
  return argument(vm, arguments, positional + 1);
}

value native_min(vm_t *vm, root arguments, uint32_t count) { return extreme(vm, arguments, count, COMPARE_LT, "min"); }
value native_max(vm_t *vm, root arguments, uint32_t count) { return extreme(vm, arguments, count, COMPARE_GT, "max"); }
