// set and frozenset; dict views of keys and items take part in their operators. The table itself is in table.c.
#include "table.h"

value iotpy_set(void) { return table_new(O_SET, 0); }
bool is_set(value v) { return is_object(v, O_SET); }

bool iotpy_set_add(root set, root item) {
  int32_t entry = table_put(set, item);
  if (entry == FIND_TWIN) iotpy_raise(T_TypeError, "unhashable type: '%t'", *item);
  return entry >= 0;
}

// 1, 0, or -1 with an exception pending.
static int set_has(value set, value item) {
  int32_t entry = table_find(set, item);
  if (entry == FIND_TWIN) iotpy_raise(T_TypeError, "unhashable type: '%t'", item);
  return entry >= 0 ? 1 : entry == FIND_NONE ? 0 : -1;
}

bool iotpy_set_hash(value set, uint32_t *out) {
  uint32_t position = 0, hash, sum = table_live(set);
  for (value *entry; table_next(set, &position, &entry);) {
    if (!iotpy_hash(*entry, &hash)) return false;
    sum += hash * 0x85EBCA6Bu;
  }
  *out = sum;
  return true;
}

// Adds every item of an iterable; None, TWIN or error.
static value add_all(root set, root source) {
  value made = iotpy_iterator(source);
  if (!made || made == VALUE_TWIN) return made;
  root iterator = iotpy_push(made), item = iotpy_push(VALUE_NONE);
  for (;;) {
    value next = iotpy_iterate(iterator);
    if (next == VALUE_STOP) break;
    if (next == VALUE_TWIN) { iotpy_pop(iterator); return VALUE_TWIN; }
    if (!next) return VALUE_ERROR;
    *item = next;
    if (!iotpy_set_add(set, item)) return VALUE_ERROR;
  }
  iotpy_pop(iterator);
  return VALUE_NONE;
}

// A new set of an iterable's items (none for unbound).
static value set_of(root source, uint32_t flags) {
  value made = table_new(O_SET, flags);
  if (!made || *source == VALUE_UNBOUND) return made;
  root set = iotpy_push(made);
  value added = add_all(set, source);
  if (added == VALUE_ERROR) return VALUE_ERROR;
  made = *set;
  iotpy_pop(set);
  return added == VALUE_TWIN ? VALUE_TWIN : made;
}

value native_set(root arguments, uint32_t count) { (void)count; return set_of(arguments, 0); }
value native_frozenset(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0];
  if (is_set(v) && header_flags(*iotpy_words(v)) & FLAG_FROZEN) return v;
  return set_of(arguments, FLAG_FROZEN);
}

// ---- operators
// Moves to `result` what of `from` is (`wanted` true) or is not in `other`.
static bool filter(root result, root from, root other, bool wanted) {
  root item = iotpy_push(VALUE_NONE);
  value *entry;
  for (uint32_t position = 0; table_next(*from, &position, &entry);) {
    *item = *entry;
    int has = set_has(*other, *entry);
    if (has < 0 || (has == wanted && !iotpy_set_add(result, item))) return false;
  }
  iotpy_pop(item);
  return true;
}

static bool combine(enum binary_operator op, root result, root left, root right) {
  switch (op) {
    case OP_OR_: return add_all(result, left) == VALUE_NONE && add_all(result, right) == VALUE_NONE;
    case OP_AND_: return filter(result, left, right, true);
    case OP_SUB_: return filter(result, left, right, false);
    default: return filter(result, left, right, false) && filter(result, right, left, false);
  }
}

// left op right for two sets, into a new set of left's kind or into left.
static value combine_sets(enum binary_operator op, root left, root right, bool in_place) {
  uint32_t frozen = header_flags(*iotpy_words(*left)) & FLAG_FROZEN;
  value made = table_new(O_SET, frozen);
  if (!made) return VALUE_ERROR;
  root result = iotpy_push(made);
  if (!combine(op, result, left, right)) return VALUE_ERROR;
  made = *result;
  iotpy_pop(result);
  if (!in_place || frozen) return made;
  value v = *left;
  __builtin_memcpy(iotpy_fields(v), iotpy_fields(made), 4 * 4);
  return v;
}

static bool set_like(value v) { return is_set(v) || (is_object(v, O_VIEW) && iotpy_fields(v)[0] != from_int(1)); }

// A view at the root becomes a set.
static bool as_set(root v) {
  if (is_set(*v)) return true;
  value made = set_of(v, 0);
  if (made) *v = made;
  return made;
}

value iotpy_set_binary(enum binary_operator op, root left, root right, bool in_place) {
  if (!set_like(*left) || !set_like(*right)) return VALUE_NOT_IMPLEMENTED;
  bool own = is_set(*left);
  root b = iotpy_push(*right), a = own ? left : iotpy_push(*left);
  if (!as_set(a) || !as_set(b)) return VALUE_ERROR;
  value made = combine_sets(op, a, b, in_place && own);
  if (made) iotpy_pop(b);
  return made;
}

// Is every item of a in b? 1, 0, -1.
static int subset(value a, value b) {
  uint32_t position = 0;
  for (value *entry; table_next(a, &position, &entry);) {
    int has = set_has(b, *entry);
    if (has != 1) return has;
  }
  return 1;
}

value iotpy_set_compare(enum comparison op, value a, value b) {
  uint32_t x = table_live(a), y = table_live(b);
  if (op == COMPARE_GT || op == COMPARE_GE) {
    value kept = a;
    a = b;
    b = kept;
    op = op == COMPARE_GT ? COMPARE_LT : COMPARE_LE;
    x = table_live(a);
    y = table_live(b);
  }
  bool possible = op == COMPARE_LT ? x < y : op == COMPARE_LE ? x <= y : x == y;
  int holds = possible ? subset(a, b) : 0;
  return holds < 0 ? VALUE_ERROR : from_bool(holds == (op != COMPARE_NE));
}

value iotpy_view_compare(enum comparison op, root left, root right) {
  if (!set_like(*left) || !set_like(*right)) return iotpy_compare(op, left, right);
  root b = iotpy_push(*right), a = iotpy_push(*left);
  if (!as_set(a) || !as_set(b)) return VALUE_ERROR;
  value v = iotpy_set_compare(op, *a, *b);
  if (v) iotpy_pop(b);
  return v;
}

// ---- methods
value native_set_dot_add(root arguments, uint32_t count) {
  (void)count;
  return iotpy_set_add(arguments, arguments + 1) ? VALUE_NONE : VALUE_ERROR;
}
value native_set_dot_clear(root arguments, uint32_t count) {
  (void)count;
  table_clear(arguments[0]);
  return VALUE_NONE;
}
value native_set_dot_copy(root arguments, uint32_t count) {
  (void)count;
  return set_of(arguments, header_flags(*iotpy_words(arguments[0])) & FLAG_FROZEN);
}

static value take_out(root arguments, bool must) {
  int32_t entry = table_find(arguments[0], arguments[1]);
  if (entry >= 0) return table_remove(arguments[0], (uint32_t)entry), VALUE_NONE;
  if (entry == FIND_ERROR) return VALUE_ERROR;
  if (entry == FIND_TWIN) return iotpy_raise(T_TypeError, "unhashable type: '%t'", arguments[1]);
  return must ? iotpy_raise_value(T_KeyError, arguments[1]) : VALUE_NONE;
}
value native_set_dot_discard(root arguments, uint32_t count) { (void)count; return take_out(arguments, false); }
value native_set_dot_remove(root arguments, uint32_t count) { (void)count; return take_out(arguments, true); }

value native_set_dot_pop(root arguments, uint32_t count) {
  (void)count;
  value set = arguments[0], *entry;
  uint32_t position = 0;
  if (!table_next(set, &position, &entry)) return iotpy_raise_value(T_KeyError, iotpy_string_from_c("pop from an empty set"));
  value item = *entry;
  table_remove(set, position - 1);
  return item;
}

// self op each further argument, which may be any iterable.
static value with_each(enum binary_operator op, root arguments, uint32_t count, bool in_place) {
  root other = iotpy_push(VALUE_NONE), result = iotpy_push(arguments[0]);
  if (!in_place) {
    value copy = native_set_dot_copy(arguments, 1);
    if (!copy) return VALUE_ERROR;
    *result = copy;
  }
  for (uint32_t i = 1; i < count; i++) {
    value set = is_set(arguments[i]) ? arguments[i] : set_of(arguments + i, 0);
    if (!set || set == VALUE_TWIN) return set;
    *other = set;
    value combined = combine_sets(op, result, other, in_place);
    if (!combined) return VALUE_ERROR;
    *result = combined;
  }
  value v = *result;
  iotpy_pop(other);
  return in_place ? VALUE_NONE : v;
}
value native_set_dot_difference(root arguments, uint32_t count) { return with_each(OP_SUB_, arguments, count, false); }
value native_set_dot_difference_update(root arguments, uint32_t count) { return with_each(OP_SUB_, arguments, count, true); }
value native_set_dot_intersection(root arguments, uint32_t count) { return with_each(OP_AND_, arguments, count, false); }
value native_set_dot_intersection_update(root arguments, uint32_t count) { return with_each(OP_AND_, arguments, count, true); }
value native_set_dot_symmetric_difference(root arguments, uint32_t count) { return with_each(OP_XOR_, arguments, count, false); }
value native_set_dot_union(root arguments, uint32_t count) { return with_each(OP_OR_, arguments, count, false); }
value native_set_dot_update(root arguments, uint32_t count) { return with_each(OP_OR_, arguments, count, true); }

// The other operand as a set, then a comparison.
static value compare_with(enum comparison op, root arguments) {
  value set = is_set(arguments[1]) ? arguments[1] : set_of(arguments + 1, 0);
  if (!set || set == VALUE_TWIN) return set;
  return iotpy_set_compare(op, arguments[0], set);
}
value native_set_dot_issubset(root arguments, uint32_t count) { (void)count; return compare_with(COMPARE_LE, arguments); }
value native_set_dot_issuperset(root arguments, uint32_t count) { (void)count; return compare_with(COMPARE_GE, arguments); }
value native_set_dot_isdisjoint(root arguments, uint32_t count) {
  value common = with_each(OP_AND_, arguments, count, false);
  return !common || common == VALUE_TWIN ? common : from_bool(table_live(common) == 0);
}
