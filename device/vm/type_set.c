// set and frozenset; dict views of keys and items take part in their operators. The table itself is in table.c.
#include "table.h"

value iotpy_set(vm_t *vm) { return table_new(vm, O_SET, 0); }
bool is_set(const vm_t *vm, value v) { return is_object(vm, v, O_SET); }

bool iotpy_set_add(vm_t *vm, root set, root item) {
  int32_t entry = table_put(vm, set, item);
  if (entry == FIND_TWIN) iotpy_raise(vm, T_TypeError, "unhashable type: '%t'", iotpy_get(vm, item));
  return entry >= 0;
}

// 1, 0, or -1 with an exception pending.
static int set_has(vm_t *vm, value set, value item) {
  int32_t entry = table_find(vm, set, item);
  if (entry == FIND_TWIN) iotpy_raise(vm, T_TypeError, "unhashable type: '%t'", item);
  return entry >= 0 ? 1 : entry == FIND_NONE ? 0 : -1;
}

bool iotpy_set_hash(vm_t *vm, value set, uint32_t *out) {
  uint32_t position = 0, hash, sum = table_live(vm, set);
  for (value *entry; table_next(vm, set, &position, &entry);) {
    if (!iotpy_hash(vm, *entry, &hash)) return false;
    sum += hash * 0x85EBCA6Bu;
  }
  *out = sum;
  return true;
}

// Adds every item of an iterable; None, TWIN or error.
static value add_all(vm_t *vm, root set, root source) {
  value made = iotpy_iterator(vm, source);
  if (!made || made == VALUE_TWIN) return made;
  root iterator = iotpy_push(vm, made), item = iotpy_push(vm, VALUE_NONE);
  for (;;) {
    value next = iotpy_iterate(vm, iterator);
    if (next == VALUE_STOP) break;
    if (next == VALUE_TWIN) { iotpy_pop(vm, iterator); return VALUE_TWIN; }
    if (!next) return VALUE_ERROR;
    iotpy_put(vm, item, next);
    if (!iotpy_set_add(vm, set, item)) return VALUE_ERROR;
  }
  iotpy_pop(vm, iterator);
  return VALUE_NONE;
}

// A new set of an iterable's items (none for unbound).
static value set_of(vm_t *vm, root source, uint32_t flags) {
  value made = table_new(vm, O_SET, flags);
  if (!made || iotpy_get(vm, source) == VALUE_UNBOUND) return made;
  root set = iotpy_push(vm, made);
  value added = add_all(vm, set, source);
  if (added == VALUE_ERROR) return VALUE_ERROR;
  made = iotpy_get(vm, set);
  iotpy_pop(vm, set);
  return added == VALUE_TWIN ? VALUE_TWIN : made;
}

value native_set(vm_t *vm, root arguments, uint32_t count) { (void)count; return set_of(vm, arguments, 0); }
value native_frozenset(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value v = argument(vm, arguments, 0);
  if (is_set(vm, v) && header_flags(*iotpy_words(vm, v)) & FLAG_FROZEN) return v;
  return set_of(vm, arguments, FLAG_FROZEN);
}

// ---- operators
// Moves to `result` what of `from` is (`wanted` true) or is not in `other`.
static bool filter(vm_t *vm, root result, root from, root other, bool wanted) {
  root item = iotpy_push(vm, VALUE_NONE);
  value *entry;
  for (uint32_t position = 0; table_next(vm, iotpy_get(vm, from), &position, &entry);) {
    iotpy_put(vm, item, *entry);
    int has = set_has(vm, iotpy_get(vm, other), *entry);
    if (has < 0 || (has == wanted && !iotpy_set_add(vm, result, item))) return false;
  }
  iotpy_pop(vm, item);
  return true;
}

static bool combine(vm_t *vm, enum binary_operator op, root result, root left, root right) {
  switch (op) {
    case OP_OR_: return add_all(vm, result, left) == VALUE_NONE && add_all(vm, result, right) == VALUE_NONE;
    case OP_AND_: return filter(vm, result, left, right, true);
    case OP_SUB_: return filter(vm, result, left, right, false);
    default: return filter(vm, result, left, right, false) && filter(vm, result, right, left, false);
  }
}

// left op right for two sets, into a new set of left's kind or into left.
static value combine_sets(vm_t *vm, enum binary_operator op, root left, root right, bool in_place) {
  uint32_t frozen = header_flags(*iotpy_words(vm, iotpy_get(vm, left))) & FLAG_FROZEN;
  value made = table_new(vm, O_SET, frozen);
  if (!made) return VALUE_ERROR;
  root result = iotpy_push(vm, made);
  if (!combine(vm, op, result, left, right)) return VALUE_ERROR;
  made = iotpy_get(vm, result);
  iotpy_pop(vm, result);
  if (!in_place || frozen) return made;
  value v = iotpy_get(vm, left);
  __builtin_memcpy(iotpy_fields(vm, v), iotpy_fields(vm, made), 4 * 4);
  return v;
}

static bool set_like(const vm_t *vm, value v) { return is_set(vm, v) || (is_object(vm, v, O_VIEW) && iotpy_fields(vm, v)[0] != from_int(1)); }

// A view at the root becomes a set.
static bool as_set(vm_t *vm, root v) {
  if (is_set(vm, iotpy_get(vm, v))) return true;
  value made = set_of(vm, v, 0);
  if (made) iotpy_put(vm, v, made);
  return made;
}

value iotpy_set_binary(vm_t *vm, enum binary_operator op, root left, root right, bool in_place) {
  if (!set_like(vm, iotpy_get(vm, left)) || !set_like(vm, iotpy_get(vm, right))) return VALUE_NOT_IMPLEMENTED;
  bool own = is_set(vm, iotpy_get(vm, left));
  root b = iotpy_push(vm, iotpy_get(vm, right)), a = own ? left : iotpy_push(vm, iotpy_get(vm, left));
  if (!as_set(vm, a) || !as_set(vm, b)) return VALUE_ERROR;
  value made = combine_sets(vm, op, a, b, in_place && own);
  if (made) iotpy_pop(vm, b);
  return made;
}

// Is every item of a in b? 1, 0, -1.
static int subset(vm_t *vm, value a, value b) {
  uint32_t position = 0;
  for (value *entry; table_next(vm, a, &position, &entry);) {
    int has = set_has(vm, b, *entry);
    if (has != 1) return has;
  }
  return 1;
}

value iotpy_set_compare(vm_t *vm, enum comparison op, value a, value b) {
  uint32_t x = table_live(vm, a), y = table_live(vm, b);
  if (op == COMPARE_GT || op == COMPARE_GE) {
    value kept = a;
    a = b;
    b = kept;
    op = op == COMPARE_GT ? COMPARE_LT : COMPARE_LE;
    x = table_live(vm, a);
    y = table_live(vm, b);
  }
  bool possible = op == COMPARE_LT ? x < y : op == COMPARE_LE ? x <= y : x == y;
  int holds = possible ? subset(vm, a, b) : 0;
  return holds < 0 ? VALUE_ERROR : from_bool(holds == (op != COMPARE_NE));
}

value iotpy_view_compare(vm_t *vm, enum comparison op, root left, root right) {
  if (!set_like(vm, iotpy_get(vm, left)) || !set_like(vm, iotpy_get(vm, right))) return iotpy_compare(vm, op, left, right);
  root b = iotpy_push(vm, iotpy_get(vm, right)), a = iotpy_push(vm, iotpy_get(vm, left));
  if (!as_set(vm, a) || !as_set(vm, b)) return VALUE_ERROR;
  value v = iotpy_set_compare(vm, op, iotpy_get(vm, a), iotpy_get(vm, b));
  if (v) iotpy_pop(vm, b);
  return v;
}

// ---- methods
value native_set_dot_add(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  return iotpy_set_add(vm, arguments, arguments + 1) ? VALUE_NONE : VALUE_ERROR;
}
value native_set_dot_clear(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  table_clear(vm, argument(vm, arguments, 0));
  return VALUE_NONE;
}
value native_set_dot_copy(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  return set_of(vm, arguments, header_flags(*iotpy_words(vm, argument(vm, arguments, 0))) & FLAG_FROZEN);
}

static value take_out(vm_t *vm, root arguments, bool must) {
  int32_t entry = table_find(vm, argument(vm, arguments, 0), argument(vm, arguments, 1));
  if (entry >= 0) return table_remove(vm, argument(vm, arguments, 0), (uint32_t)entry), VALUE_NONE;
  if (entry == FIND_ERROR) return VALUE_ERROR;
  if (entry == FIND_TWIN) return iotpy_raise(vm, T_TypeError, "unhashable type: '%t'", argument(vm, arguments, 1));
  return must ? iotpy_raise_value(vm, T_KeyError, argument(vm, arguments, 1)) : VALUE_NONE;
}
value native_set_dot_discard(vm_t *vm, root arguments, uint32_t count) { (void)count; return take_out(vm, arguments, false); }
value native_set_dot_remove(vm_t *vm, root arguments, uint32_t count) { (void)count; return take_out(vm, arguments, true); }

value native_set_dot_pop(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value set = argument(vm, arguments, 0), *entry;
  uint32_t position = 0;
  if (!table_next(vm, set, &position, &entry)) return iotpy_raise_value(vm, T_KeyError, iotpy_string_from_c(vm, "pop from an empty set"));
  value item = *entry;
  table_remove(vm, set, position - 1);
  return item;
}

// self op each further argument, which may be any iterable.
static value with_each(vm_t *vm, enum binary_operator op, root arguments, uint32_t count, bool in_place) {
  root other = iotpy_push(vm, VALUE_NONE), result = iotpy_push(vm, argument(vm, arguments, 0));
  if (!in_place) {
    value copy = native_set_dot_copy(vm, arguments, 1);
    if (!copy) return VALUE_ERROR;
    iotpy_put(vm, result, copy);
  }
  for (uint32_t i = 1; i < count; i++) {
    value set = is_set(vm, argument(vm, arguments, i)) ? argument(vm, arguments, i) : set_of(vm, arguments + i, 0);
    if (!set || set == VALUE_TWIN) return set;
    iotpy_put(vm, other, set);
    value combined = combine_sets(vm, op, result, other, in_place);
    if (!combined) return VALUE_ERROR;
    iotpy_put(vm, result, combined);
  }
  value v = iotpy_get(vm, result);
  iotpy_pop(vm, other);
  return in_place ? VALUE_NONE : v;
}
value native_set_dot_difference(vm_t *vm, root arguments, uint32_t count) { return with_each(vm, OP_SUB_, arguments, count, false); }
value native_set_dot_difference_update(vm_t *vm, root arguments, uint32_t count) { return with_each(vm, OP_SUB_, arguments, count, true); }
value native_set_dot_intersection(vm_t *vm, root arguments, uint32_t count) { return with_each(vm, OP_AND_, arguments, count, false); }
value native_set_dot_intersection_update(vm_t *vm, root arguments, uint32_t count) { return with_each(vm, OP_AND_, arguments, count, true); }
value native_set_dot_symmetric_difference(vm_t *vm, root arguments, uint32_t count) { return with_each(vm, OP_XOR_, arguments, count, false); }
value native_set_dot_union(vm_t *vm, root arguments, uint32_t count) { return with_each(vm, OP_OR_, arguments, count, false); }
value native_set_dot_update(vm_t *vm, root arguments, uint32_t count) { return with_each(vm, OP_OR_, arguments, count, true); }

// The other operand as a set, then a comparison.
static value compare_with(vm_t *vm, enum comparison op, root arguments) {
  value set = is_set(vm, argument(vm, arguments, 1)) ? argument(vm, arguments, 1) : set_of(vm, arguments + 1, 0);
  if (!set || set == VALUE_TWIN) return set;
  return iotpy_set_compare(vm, op, argument(vm, arguments, 0), set);
}
value native_set_dot_issubset(vm_t *vm, root arguments, uint32_t count) { (void)count; return compare_with(vm, COMPARE_LE, arguments); }
value native_set_dot_issuperset(vm_t *vm, root arguments, uint32_t count) { (void)count; return compare_with(vm, COMPARE_GE, arguments); }
value native_set_dot_isdisjoint(vm_t *vm, root arguments, uint32_t count) {
  value common = with_each(vm, OP_AND_, arguments, count, false);
  return !common || common == VALUE_TWIN ? common : from_bool(table_live(vm, common) == 0);
}
