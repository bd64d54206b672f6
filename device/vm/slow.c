// Instructions without a quick form, and what quick forms leave over. `operands` points behind the opcode.
#include "frame.h"

static const uint8_t *store(value *regs, uint32_t to, const uint8_t *pc, value v) {
  if (!v) return iotpy_throw(regs, pc);
  regs[to] = v;
  return pc;
}
static const uint8_t *check(value *regs, const uint8_t *pc, bool ok) { return ok ? pc : iotpy_throw(regs, pc); }
static const uint8_t *fail(value *regs, const uint8_t *pc, enum builtin_type type, const char *message) {
  iotpy_raise(type, message);
  return iotpy_throw(regs, pc);
}

static const uint8_t *jump(const uint8_t *pc) {             // by the offset that ends the instruction before pc
  int32_t offset = read_i16(pc - 2);
  pc += offset;
  return offset < 0 && --vm->fuel < 0 ? iotpy_stop(pc, IOTPY_FUEL) : pc;
}

// ---- variables
static const uint8_t *slow_loadg(value *regs, const uint8_t *operands) { return fail(regs, operands + 1, T_NameError, "name is not defined"); }

static const uint8_t *slow_loadgn(value *regs, const uint8_t *operands) {
  const uint8_t *pc = operands + 1;
  (void)read_varint(&pc);
  iotpy_raise(T_NameError, "name '%v' is not defined", read_string(&pc));
  return iotpy_throw(regs, pc);
}

static const uint8_t *slow_delg(value *regs, const uint8_t *operands) {
  const uint8_t *pc = operands;
  value *global = vm->globals + read_varint(&pc);
  if (*global == VALUE_UNBOUND) return slow_loadg(regs, operands);
  *global = VALUE_UNBOUND;
  return pc;
}

static const uint8_t *slow_check(value *regs, const uint8_t *operands) {
  const uint8_t *name = operands + 1;
  iotpy_raise(T_UnboundLocalError, "cannot access local variable '%v' where it is not associated with a value", read_string(&name));
  return iotpy_throw(regs, operands + 1);
}

static const uint8_t *slow_mkcell(value *regs, const uint8_t *operands) {
  value cell = iotpy_new(O_CELL, 0, 2);
  if (cell) iotpy_fields(cell)[0] = regs[operands[0]];
  return store(regs, operands[0], operands + 1, cell);
}

static const uint8_t *bad_cell(value *regs, const uint8_t *operands) {
  return fail(regs, operands + 1, T_NameError, "cannot access free variable where it is not associated with a value in enclosing scope");
}

// A captured cell of the running function. A function that never went through `mkfunc` has none, whatever its record says.
static value captured(const value *regs, uint32_t index) {
  value function = regs[LINK_FUNCTION];
  if (is_object(function, O_GENERATOR)) function = iotpy_fields(function)[GENERATOR_FUNCTION];
  if (!is_object(function, O_FUNCTION)) return VALUE_NONE;
  return iotpy_tuple_items(iotpy_fields(function)[FUNCTION_CELLS])[index];
}

static const uint8_t *slow_loadcelln(value *regs, const uint8_t *operands) {
  const uint8_t *pc = operands + 2;
  iotpy_raise(T_UnboundLocalError, "cannot access local variable '%v' where it is not associated with a value", read_string(&pc));
  return iotpy_throw(regs, pc);
}

static const uint8_t *slow_loadfreen(value *regs, const uint8_t *operands) {
  const uint8_t *pc = operands + 2;
  value cell = captured(regs, operands[1]), name = read_string(&pc);
  if (!is_object(cell, O_CELL) || iotpy_fields(cell)[0] == VALUE_UNBOUND) {
    iotpy_raise(T_NameError, "cannot access free variable '%v' where it is not associated with a value in enclosing scope", name);
    return iotpy_throw(regs, pc);
  }
  regs[operands[0]] = iotpy_fields(cell)[0];
  return pc;
}

static const uint8_t *slow_loadfree(value *regs, const uint8_t *operands) {
  value cell = captured(regs, operands[1]);
  if (!is_object(cell, O_CELL) || iotpy_fields(cell)[0] == VALUE_UNBOUND) return bad_cell(regs, operands);
  regs[operands[0]] = iotpy_fields(cell)[0];
  return operands + 2;
}

static const uint8_t *slow_storefree(value *regs, const uint8_t *operands) {
  value cell = captured(regs, operands[0]);
  if (!is_object(cell, O_CELL)) return bad_cell(regs, operands);
  iotpy_fields(cell)[0] = regs[operands[1]];
  return operands + 2;
}

static const uint8_t *slow_freecell(value *regs, const uint8_t *operands) {
  regs[operands[0]] = captured(regs, operands[1]);
  return operands + 2;
}

// ---- truth
static const uint8_t *slow_not(value *regs, const uint8_t *operands) {
  return operate_truth(regs, operands + 2, delivery_of(DELIVER_NOT, operands[0]), regs[operands[1]]);
}
static const uint8_t *slow_jt(value *regs, const uint8_t *operands) {
  return operate_truth(regs, operands + 3, delivery_of(DELIVER_JUMP_TRUE, 0), regs[operands[0]]);
}
static const uint8_t *slow_jf(value *regs, const uint8_t *operands) {
  return operate_truth(regs, operands + 3, delivery_of(DELIVER_JUMP_FALSE, 0), regs[operands[0]]);
}

// ---- what needs a list of an iterable that only Python can go through
static const uint8_t *list_first(value *regs, const uint8_t *pc, uint32_t operand_bytes, value iterable) {
  value *word = iotpy_push(iterable);
  return iotpy_invoke_twin(regs, pc, delivery_of(DELIVER_LISTED, operand_bytes), B_list, word, 1);
}

static const uint8_t *slow_in(value *regs, const uint8_t *operands) {
  const uint8_t *pc = operands + 3, *next;
  bool negated = operands[-1] == OP_notin;
  uint32_t delivery = delivery_of(negated ? DELIVER_NOT : DELIVER_TRUTH, operands[0]);
  value *item = &regs[operands[1]], *container = &regs[operands[2]];
  if (is_object(*container, O_DICT)) {
    value v = iotpy_contains(container, item);
    if (is_bool(v)) return store(regs, operands[0], pc, from_bool((v == VALUE_TRUE) != negated));
  }
  if (iotpy_invoke_method(regs, pc, delivery, STR___contains__, *container, item, 1, &next)) return next;
  value *words = iotpy_push_words(2);
  words[0] = *container;
  words[1] = *item;
  value v = iotpy_contains(words, words + 1);
  if (v == VALUE_TWIN) return iotpy_invoke_twin(regs, pc, delivery, B__contains, words, 2);
  leave_frame(regs);
  if (v && negated) v = v == VALUE_TRUE ? VALUE_FALSE : VALUE_TRUE;
  return store(regs, operands[0], pc, v);
}

static const uint8_t *extend(value *regs, const uint8_t *operands, root iterable) {
  if (!is_object(regs[operands[0]], O_LIST)) return fail(regs, operands + 2, T_TypeError, "not a list");
  value v = iotpy_list_extend(regs + operands[0], iterable);
  if (v == VALUE_TWIN) return list_first(regs, operands + 2, 2, *iterable);
  leave_frame(regs);
  return check(regs, operands + 2, v);
}
static const uint8_t *slow_extend(value *regs, const uint8_t *operands) { return extend(regs, operands, regs + operands[1]); }

static const uint8_t *update(value *regs, const uint8_t *operands, root other) {
  value target = regs[operands[0]];
  bool dict = is_object(target, O_DICT);
  if (!dict && !is_object(target, O_SET)) return fail(regs, operands + 2, T_TypeError, "not a dict or set");
  value *words = iotpy_push_words(3);
  words[0] = target;
  words[1] = *other;
  words[2] = VALUE_UNBOUND;
  value v = iotpy_natives[dict ? B_dict_dot_update : B_set_dot_update](words, dict ? 3 : 2);
  if (v == VALUE_TWIN) return list_first(regs, operands + 2, 2, *other);
  leave_frame(regs);
  return check(regs, operands + 2, v);
}
static const uint8_t *slow_update(value *regs, const uint8_t *operands) {
  value other = regs[operands[1]];
  if (is_object(regs[operands[0]], O_DICT) && !is_object(other, O_DICT) && !is_instance(other)) {
    iotpy_raise(T_TypeError, "'%t' object is not a mapping", other);
    return iotpy_throw(regs, operands + 2);
  }
  return update(regs, operands, regs + operands[1]);
}

// ---- unpacking
static const uint8_t *wrong_length(value *regs, const uint8_t *pc, uint32_t expected, uint32_t got, bool starred) {
  if (got > expected) iotpy_raise(T_ValueError, "too many values to unpack (expected %u)", expected);
  else iotpy_raise(T_ValueError, "not enough values to unpack (expected %s%u, got %u)", starred ? "at least " : "", expected, got);
  return iotpy_throw(regs, pc);
}

// w gets the items of a list or tuple at root `source`.
static const uint8_t *unpack_items(value *regs, const uint8_t *operands, root source) {
  value *items;
  uint32_t count = 0, wanted = operands[2];
  iotpy_sequence(*source, &items, &count);
  if (count != wanted) return wrong_length(regs, operands + 3, wanted, count, false);
  for (uint32_t i = 0; i < count; i++) regs[operands[0] + i] = items[i];
  return operands + 3;
}

static const uint8_t *unpack_starred(value *regs, const uint8_t *operands, root source) {
  value *items;
  uint32_t count = 0, before = operands[2], after = operands[3];
  iotpy_sequence(*source, &items, &count);
  if (count < before + after) return wrong_length(regs, operands + 4, before + after, count, true);
  value *to = regs + operands[0];
  uint32_t middle = count - before - after;
  value list = iotpy_list(0, 0);
  if (!list) return iotpy_throw(regs, operands + 4);
  root kept = iotpy_push(list), item = iotpy_push(VALUE_NONE);
  for (uint32_t i = 0; i < middle; i++) {
    iotpy_sequence(*source, &items, &count);
    *item = items[before + i];
    if (!iotpy_list_append(kept, item)) return iotpy_throw(regs, operands + 4);
  }
  iotpy_sequence(*source, &items, &count);
  for (uint32_t i = 0; i < before; i++) to[i] = items[i];
  for (uint32_t i = 0; i < after; i++) to[before + 1 + i] = items[before + middle + i];
  to[before] = *kept;
  return operands + 4;
}

static const uint8_t *unpack(value *regs, const uint8_t *operands, value source) {
  bool starred = operands[-1] == OP_unpackx;
  const uint8_t *pc = operands + (starred ? 4 : 3);
  root kept = iotpy_push(source);
  value *items;
  uint32_t count;
  if (!iotpy_sequence(source, &items, &count)) {
    value list = iotpy_natives[B_list](kept, 1);
    if (list == VALUE_TWIN) return list_first(regs, pc, starred ? 4 : 3, *kept);
    if (!list && iotpy_raised(T_TypeError)) iotpy_raise(T_TypeError, "cannot unpack non-iterable %t object", *kept);
    if (!list) return iotpy_throw(regs, pc);
    *kept = list;
  }
  pc = starred ? unpack_starred(regs, operands, kept) : unpack_items(regs, operands, kept);
  if (pc == operands + (starred ? 4 : 3)) leave_frame(regs);
  return pc;
}
static const uint8_t *slow_unpack(value *regs, const uint8_t *operands) { return unpack(regs, operands, regs[operands[1]]); }

// ---- iteration
static const uint8_t *slow_iter(value *regs, const uint8_t *operands) {
  const uint8_t *pc = operands + 2, *next;
  value source = regs[operands[1]];
  if (is_object(source, O_GENERATOR)) return store(regs, operands[0], pc, source);
  if (iotpy_invoke_method(regs, pc, delivery_of(DELIVER_ITERATOR, operands[0]), STR___iter__, source, NULL, 0, &next)) return next;
  value v = iotpy_iterator(regs + operands[1]);
  if (v == VALUE_TWIN) return iotpy_invoke_twin(regs, pc, delivery_of(DELIVER_ITERATOR, operands[0]), B_iter, iotpy_push(source), 1);
  return store(regs, operands[0], pc, v);
}

static const uint8_t *next_of(value *regs, const uint8_t *pc, uint32_t to, value *iterator) {
  uint32_t delivery = delivery_of(DELIVER_NEXT, to);
  const uint8_t *next;
  if (is_object(*iterator, O_GENERATOR)) return generator_resume(regs, pc, delivery, *iterator);
  if (iotpy_invoke_method(regs, pc, delivery, STR___next__, *iterator, NULL, 0, &next)) return next;
  value v = iotpy_iterate(iterator);
  if (v == VALUE_STOP) return pc;
  if (v == VALUE_TWIN) iotpy_raise(T_TypeError, "'%t' object is not an iterator", *iterator);
  if (v == VALUE_TWIN || !v) return iotpy_throw(regs, pc);
  regs[to] = v;
  return jump(pc);
}
static const uint8_t *slow_next(value *regs, const uint8_t *operands) { return next_of(regs, operands + 4, operands[0], regs + operands[1]); }
static const uint8_t *slow_loop(value *regs, const uint8_t *operands) { return next_of(regs, operands + 4, operands[0], regs + operands[1]); }

// Makes the window of a counted loop a general iterator unless it holds small ints.
static bool check_range(value *window) {
  if (are_ints(window[0], window[1]) && is_int(window[2]) && window[2] != from_int(0)) return true;
  value range = iotpy_natives[B_range](window, 3);
  if (range == VALUE_TWIN) iotpy_raise(T_TypeError, "range() takes integers");
  if (range == VALUE_TWIN || !range) return false;
  window[0] = range;
  value iterator = iotpy_iterator(window);
  window[1] = VALUE_NONE;
  if (iterator) window[0] = iterator;
  return iterator;
}

static const uint8_t *slow_range(value *regs, const uint8_t *operands) { return check(regs, operands + 1, check_range(regs + operands[0])); }

static const uint8_t *slow_upto(value *regs, const uint8_t *operands) {
  value *window = regs + operands[0];
  window[1] = regs[operands[1]];
  window[0] = from_int(0);
  window[2] = from_int(1);
  return check_range(window) ? jump(operands + 4) : iotpy_throw(regs, operands + 4);
}

// ---- displays
static const uint8_t *slow_list(value *regs, const uint8_t *operands) {
  return store(regs, operands[0], operands + 3, iotpy_list(regs + operands[1], operands[2]));
}
static const uint8_t *slow_tuple(value *regs, const uint8_t *operands) {
  return store(regs, operands[0], operands + 3, iotpy_tuple(regs + operands[1], operands[2]));
}

static const uint8_t *slow_set(value *regs, const uint8_t *operands) {
  root set = iotpy_push(VALUE_NONE);
  value v = iotpy_set();
  if (!v) return iotpy_throw(regs, operands + 3);
  *set = v;
  for (uint32_t i = 0; i < operands[2]; i++) if (!iotpy_set_add(set, regs + operands[1] + i)) return iotpy_throw(regs, operands + 3);
  regs[operands[0]] = *set;
  leave_frame(regs);
  return operands + 3;
}

static const uint8_t *slow_dict(value *regs, const uint8_t *operands) {
  root dict = iotpy_push(VALUE_NONE);
  value v = iotpy_dict();
  if (!v) return iotpy_throw(regs, operands + 3);
  *dict = v;
  for (uint32_t i = 0; i < operands[2]; i++) {
    root key = regs + operands[1] + 2 * i;
    if (!iotpy_dict_put(dict, key, key + 1)) return iotpy_throw(regs, operands + 3);
  }
  regs[operands[0]] = *dict;
  leave_frame(regs);
  return operands + 3;
}

static const uint8_t *slow_dicts(value *regs, const uint8_t *operands) {
  root dict = iotpy_push(VALUE_NONE), key = iotpy_push(VALUE_NONE);
  const uint8_t *pc = operands + 3;
  value v = iotpy_dict();
  if (!v) return iotpy_throw(regs, pc);
  *dict = v;
  for (uint32_t i = 0; i < operands[2]; i++) {
    *key = read_string(&pc);
    if (!iotpy_dict_put(dict, key, regs + operands[1] + i)) return iotpy_throw(regs, pc);
  }
  regs[operands[0]] = *dict;
  leave_frame(regs);
  return pc;
}

static const uint8_t *slow_append(value *regs, const uint8_t *operands) {
  if (!is_object(regs[operands[0]], O_LIST)) return fail(regs, operands + 2, T_TypeError, "not a list");
  return check(regs, operands + 2, iotpy_list_append(regs + operands[0], regs + operands[1]));
}
static const uint8_t *slow_setadd(value *regs, const uint8_t *operands) {
  if (!is_object(regs[operands[0]], O_SET)) return fail(regs, operands + 2, T_TypeError, "not a set");
  return check(regs, operands + 2, iotpy_set_add(regs + operands[0], regs + operands[1]));
}
static const uint8_t *slow_dictput(value *regs, const uint8_t *operands) {
  if (!is_object(regs[operands[0]], O_DICT)) return fail(regs, operands + 3, T_TypeError, "not a dict");
  return check(regs, operands + 3, iotpy_dict_put(regs + operands[0], regs + operands[1], regs + operands[2]));
}

static const uint8_t *slow_totuple(value *regs, const uint8_t *operands) {
  return store(regs, operands[0], operands + 2, iotpy_natives[B_tuple](regs + operands[1], 1));
}

static const uint8_t *slow_joinstr(value *regs, const uint8_t *operands) {
  builder b;
  builder_begin(&b);
  for (uint32_t i = 0; i < operands[2]; i++) {
    value part = regs[operands[1] + i];
    if (!is_string(part)) return fail(regs, operands + 3, T_TypeError, "not a str");
    builder_add_string(&b, part);
  }
  value v = builder_end(&b);
  leave_frame(regs);
  return store(regs, operands[0], operands + 3, v);
}

// ---- items
static const uint8_t *get_item(value *regs, const uint8_t *pc, uint32_t to, root container, root key) {
  const uint8_t *next;
  value k = *key;
  enum rom_string method = STR___getitem__;
  if (is_object(*container, O_DICT) && !(is_derived(*iotpy_words(*container)) && iotpy_defines(*container, method))) {
    value found = iotpy_dict_get(*container, k);
    if (found != VALUE_UNBOUND) return leave_frame(regs), store(regs, to, pc, found);
    method = STR___missing__;
  }
  if (iotpy_invoke_method(regs, pc, delivery_of(DELIVER_STORE, to), method, *container, &k, 1, &next)) return next;
  value v = iotpy_get_item(container, key);
  if (v == VALUE_TWIN) v = iotpy_raise(T_TypeError, "'%t' object is not subscriptable", *container);
  if (v) leave_frame(regs);
  return store(regs, to, pc, v);
}
static const uint8_t *slow_getitem(value *regs, const uint8_t *operands) {
  return get_item(regs, operands + 3, operands[0], regs + operands[1], regs + operands[2]);
}
static const uint8_t *slow_getitems(value *regs, const uint8_t *operands) {
  const uint8_t *pc = operands + 2;
  value key = read_string(&pc);
  return get_item(regs, pc, operands[0], regs + operands[1], iotpy_push(key));
}
static const uint8_t *slow_getitemi(value *regs, const uint8_t *operands) {
  return get_item(regs, operands + 3, operands[0], regs + operands[1], iotpy_push(from_int((int8_t)operands[2])));
}

static const uint8_t *slow_setitem(value *regs, const uint8_t *operands) {
  const uint8_t *next;
  if (is_object(regs[operands[0]], O_DICT) && !is_derived(*iotpy_words(regs[operands[0]]))) {
    return check(regs, operands + 3, iotpy_dict_put(regs + operands[0], regs + operands[1], regs + operands[2]));
  }
  value pair[2] = {regs[operands[1]], regs[operands[2]]};
  if (iotpy_invoke_method(regs, operands + 3, delivery_of(DELIVER_DISCARD, 0), STR___setitem__, regs[operands[0]], pair, 2, &next)) return next;
  return check(regs, operands + 3, iotpy_set_item(regs + operands[0], regs + operands[1], regs + operands[2]));
}
static const uint8_t *slow_delitem(value *regs, const uint8_t *operands) {
  const uint8_t *next;
  if (iotpy_invoke_method(regs, operands + 2, delivery_of(DELIVER_DISCARD, 0), STR___delitem__, regs[operands[0]], &regs[operands[1]], 1, &next)) return next;
  return check(regs, operands + 2, iotpy_delete_item(regs + operands[0], regs + operands[1]));
}

// A slice object of three registers, pushed, for an instance; 0 after an exception.
static root push_slice(const value *bounds) {
  value slice = iotpy_new(O_SLICE, 0, 4);
  if (!slice) return 0;
  for (uint32_t i = 0; i < 3; i++) iotpy_fields(slice)[i] = bounds[i];
  return iotpy_push(slice);
}

static const uint8_t *slow_getslice(value *regs, const uint8_t *operands) {
  root container = regs + operands[1];
  if (is_instance(regs[operands[1]])) {
    root slice = push_slice(regs + operands[2]);
    return slice ? get_item(regs, operands + 3, operands[0], container, slice) : iotpy_throw(regs, operands + 3);
  }
  value v = iotpy_get_slice(container, regs + operands[2]);
  if (v == VALUE_TWIN) v = iotpy_raise(T_TypeError, "slice indices must be integers or None or have an __index__ method");
  return store(regs, operands[0], operands + 3, v);
}

static const uint8_t *set_slice_of_instance(value *regs, const uint8_t *pc, value *instance, const value *bounds, const value *item, enum rom_string name) {
  root slice = push_slice(bounds);
  if (!slice) return iotpy_throw(regs, pc);
  value pair[2] = {*slice, item ? *item : VALUE_NONE};
  const uint8_t *next;
  if (iotpy_invoke_method(regs, pc, delivery_of(DELIVER_DISCARD, 0), name, *instance, pair, item ? 2 : 1, &next)) return next;
  iotpy_raise(T_TypeError, "'%t' object does not support item %s", *instance, item ? "assignment" : "deletion");
  return iotpy_throw(regs, pc);
}

static const uint8_t *set_slice(value *regs, const uint8_t *operands, root item) {
  if (is_object(*item, O_GENERATOR) || is_instance(*item)) return list_first(regs, operands + 3, 3, *item);
  bool ok = iotpy_set_slice(regs + operands[0], regs + operands[1], item);
  if (ok) leave_frame(regs);
  return check(regs, operands + 3, ok);
}
static const uint8_t *slow_setslice(value *regs, const uint8_t *operands) {
  if (is_instance(regs[operands[0]])) return set_slice_of_instance(regs, operands + 3, regs + operands[0], regs + operands[1], regs + operands[2], STR___setitem__);
  return set_slice(regs, operands, regs + operands[2]);
}
static const uint8_t *slow_delslice(value *regs, const uint8_t *operands) {
  if (is_instance(regs[operands[0]])) return set_slice_of_instance(regs, operands + 2, regs + operands[0], regs + operands[1], NULL, STR___delitem__);
  return check(regs, operands + 2, iotpy_delete_slice(regs + operands[0], regs + operands[1]));
}

// ---- attributes
static const uint8_t *slow_getattr(value *regs, const uint8_t *operands) {
  const uint8_t *pc = operands + 2, *next;
  value object = regs[operands[1]], name = read_string(&pc);
  bool binds;
  value v = attribute_find(object, name, &binds);
  if (binds) v = attribute_bind(regs + operands[1], v);
  if (v != VALUE_UNBOUND) return store(regs, operands[0], pc, v);
  if (iotpy_invoke_method(regs, pc, delivery_of(DELIVER_STORE, operands[0]), STR___getattr__, object, &name, 1, &next)) return next;
  attribute_error(object, name);
  return iotpy_throw(regs, pc);
}

static const uint8_t *slow_setattr(value *regs, const uint8_t *operands) {
  const uint8_t *pc = operands + 1;
  value name = read_string(&pc);
  root item = regs + *pc++;
  return check(regs, pc, attribute_set(regs + operands[0], name, item));
}

static const uint8_t *slow_delattr(value *regs, const uint8_t *operands) {
  const uint8_t *pc = operands + 1;
  value name = read_string(&pc);
  bool ok = attribute_set(regs + operands[0], name, iotpy_push(VALUE_UNBOUND));
  if (ok) leave_frame(regs);
  return check(regs, pc, ok);
}

// ---- calls
static const uint8_t *slow_call(value *regs, const uint8_t *operands) {
  value *window = regs + operands[0];
  return iotpy_invoke(regs, operands + 2, delivery_of(DELIVER_STORE, operands[0]), *window, window + 1, operands[1], 0);
}

static const uint8_t *slow_callm(value *regs, const uint8_t *operands) {
  value *window = regs + operands[0], object = *window;
  const uint8_t *pc = operands + 1, *next;
  value name = read_string(&pc);
  uint32_t count = *pc++, delivery = delivery_of(DELIVER_STORE, operands[0]);
  bool binds;
  value callee = attribute_find(object, name, &binds);
  if (binds) return iotpy_invoke(regs, pc, delivery, callee, window, count + 1, 0);
  if (callee == VALUE_UNBOUND) {
    uint32_t then_call = delivery_of(DELIVER_CALLEE, (uint32_t)(pc - operands));
    if (iotpy_invoke_method(regs, pc, then_call, STR___getattr__, object, &name, 1, &next)) return next;
    attribute_error(object, name);
    return iotpy_throw(regs, pc);
  }
  *window = callee;
  return iotpy_invoke(regs, pc, delivery, callee, window + 1, count, 0);
}

// Calls with listed registers as arguments: they are copied to the stack, behind `spare` words that belong to the call.
static value *listed_arguments(const value *regs, uint32_t spare, uint32_t count, const uint8_t *list) {
  if (!iotpy_room(spare + count + 1)) return NULL;
  value *words = iotpy_push_words(spare + count);
  for (uint32_t i = 0; i < count; i++) words[spare + i] = regs[list[i]];
  return words + spare;
}

static const uint8_t *call_listed(value *regs, uint32_t to, uint32_t kind, const uint8_t *operands) {
  value callee = IOTPY_CONSTANT(kind, read_varint(&operands));
  uint32_t count = *operands++;
  value *arguments = listed_arguments(regs, 1, count, operands);
  if (!arguments) return iotpy_throw(regs, operands + count);
  return iotpy_invoke(regs, operands + count, delivery_of(DELIVER_STORE, to), callee, arguments, count, 0);
}
static const uint8_t *slow_callf(value *regs, const uint8_t *operands) { return call_listed(regs, operands[0], KIND_FUNCTION, operands + 1); }
static const uint8_t *slow_callb(value *regs, const uint8_t *operands) {
  const uint8_t *list = operands + 1;
  uint32_t builtin = read_varint(&list), count = *list++;
  return call_native_listed(regs, list + count, operands[0], builtin, NULL, list, count);
}

// Is the object a number, a text or a container, which have nothing but methods?
static bool has_methods_only(value object) {
  return is_ref(object) ? header_type(*iotpy_words(object)) <= O_SET && !has_fields(object) : is_constant(object, KIND_STRING);
}

static const uint8_t *slow_callo(value *regs, const uint8_t *operands) {
  const uint8_t *list = operands + 2, *next;
  value name = read_string(&list);
  uint32_t count = *list++, delivery = delivery_of(DELIVER_STORE, operands[0]);
  const uint8_t *pc = list + count;
  if (has_methods_only(regs[operands[1]])) {
    value method = class_lookup(TYPE(iotpy_type(regs[operands[1]])), name);
    if (is_constant(method, KIND_BUILTIN) && attribute_takes_self(payload_of(method))) return call_native_listed(regs, pc, operands[0], payload_of(method), regs + operands[1], list, count);
  }
  value *arguments = listed_arguments(regs, 2, count, list);
  if (!arguments) return iotpy_throw(regs, pc);
  value object = regs[operands[1]];
  bool binds;
  value callee = attribute_find(object, name, &binds);
  if (callee == VALUE_UNBOUND) {
    uint32_t then_call = delivery_of(DELIVER_CALLEE, (uint32_t)(pc - operands));
    if (iotpy_invoke_method(regs, pc, then_call, STR___getattr__, object, &name, 1, &next)) return next;
    attribute_error(object, name);
    return iotpy_throw(regs, pc);
  }
  arguments[-1] = binds ? object : callee;
  return iotpy_invoke(regs, pc, delivery, callee, arguments - binds, count + binds, 0);
}

static const uint8_t *listed_callee(value *regs, const uint8_t *pc, const uint8_t *operands, value callee) {
  const uint8_t *list = operands + 2;
  (void)read_string(&list);
  uint32_t count = *list++;
  root kept = iotpy_push(callee);
  value *arguments = listed_arguments(regs, 2, count, list);
  if (!arguments) return iotpy_throw(regs, pc);
  return iotpy_invoke(regs, pc, delivery_of(DELIVER_STORE, operands[0]), *kept, arguments, count, 0);
}

const uint8_t *slow_callee(value *regs, const uint8_t *pc, uint32_t operand_bytes, value callee) {
  const uint8_t *operands = pc - operand_bytes;
  if (operands[-1] == OP_callo) return listed_callee(regs, pc, operands, callee);
  uint32_t w = operands[0];
  regs[w] = callee;
  return iotpy_invoke(regs, pc, delivery_of(DELIVER_STORE, w), callee, regs + w + 1, pc[-1], 0);
}

static const uint8_t *slow_callkw(value *regs, const uint8_t *operands) {
  value *window = regs + operands[0];
  const uint8_t *pc = operands + 2;
  value names = image_constant(read_varint(&pc));
  return iotpy_invoke(regs, pc, delivery_of(DELIVER_STORE, operands[0]), *window, window + 1, operands[1], names);
}

// The keys of the dict become a tuple of names, its values follow the positional arguments.
static bool spread_keywords(root dict, root names, value *to) {
  uint32_t count = iotpy_dict_length(*dict), position = 0, i = 0;
  value tuple = iotpy_new(O_TUPLE, 0, 1 + count);
  if (!tuple) return false;
  *names = tuple;
  value key, item;
  while (iotpy_dict_next(*dict, &position, &key, &item)) {
    if (!is_string(key)) {
      iotpy_raise(T_TypeError, "keywords must be strings");
      return false;
    }
    value constant = is_ref(key) ? image_find_string(iotpy_text(key)) : key;
    iotpy_fields(tuple)[i] = constant ? constant : key;
    to[i++] = item;
  }
  return true;
}

static const uint8_t *slow_callx(value *regs, const uint8_t *operands) {
  value *window = regs + operands[0];
  const uint8_t *pc = operands + 1;
  if (!is_object(window[1], O_TUPLE)) return fail(regs, pc, T_TypeError, "argument after * must be an iterable");
  if (window[2] != VALUE_NONE && !is_object(window[2], O_DICT)) return fail(regs, pc, T_TypeError, "argument after ** must be a mapping");
  uint32_t positional = iotpy_tuple_length(window[1]), named = window[2] == VALUE_NONE ? 0 : iotpy_dict_length(window[2]);
  if (!iotpy_room(positional + named + 3)) return iotpy_throw(regs, pc);
  root names = iotpy_push(VALUE_NONE);
  value *words = iotpy_push_words(1 + positional + named);
  words[0] = window[0];
  for (uint32_t i = 0; i < positional; i++) words[1 + i] = iotpy_tuple_items(window[1])[i];
  if (named > 0 && !spread_keywords(window + 2, names, words + 1 + positional)) return iotpy_throw(regs, pc);
  return iotpy_invoke(regs, pc, delivery_of(DELIVER_STORE, operands[0]), words[0], words + 1, positional + named, named ? *names : 0);
}

static const uint8_t *slow_super(value *regs, const uint8_t *operands) {
  value *window = regs + operands[0];
  const uint8_t *pc = operands + 1;
  value name = read_string(&pc), found = attribute_super(window[0], window[1], name);
  if (found == VALUE_UNBOUND) found = iotpy_raise(T_AttributeError, "'super' object has no attribute '%v'", name);
  return store(regs, operands[0], pc, found);
}

// ---- functions, classes, modules
// A tuple of `count` registers for a function's field, or None for none.
static bool put_tuple(root function, uint32_t field, const value *from, uint32_t count) {
  if (count == 0) return true;
  value tuple = iotpy_tuple(from, count);
  if (tuple) iotpy_fields(*function)[field] = tuple;
  return tuple;
}

static const uint8_t *slow_mkfunc(value *regs, const uint8_t *operands) {
  const uint8_t *pc = operands + 1;
  uint32_t index = read_varint(&pc);
  const value *window = regs + *pc++;
  const uint8_t *record = record_at(vm->image, index);
  uint32_t defaults = record_extension(record, EXTENSION_DEFAULTS), keyword_only = record_extension(record, EXTENSION_KEYWORD_ONLY);
  value made = iotpy_new(O_FUNCTION, 0, 1 + FUNCTION_WORDS);
  if (!made) return iotpy_throw(regs, pc);
  iotpy_fields(made)[FUNCTION_INDEX] = from_int((int32_t)index);
  root function = iotpy_push(made);
  bool ok = put_tuple(function, FUNCTION_DEFAULTS, window, defaults) &&
            put_tuple(function, FUNCTION_KEYWORD_DEFAULTS, window + defaults, keyword_only) &&
            put_tuple(function, FUNCTION_CELLS, window + defaults + keyword_only, record_extension(record, EXTENSION_CAPTURES));
  made = *function;
  leave_frame(regs);
  return store(regs, operands[0], pc, ok ? made : VALUE_ERROR);
}

static const uint8_t *slow_mkclass(value *regs, const uint8_t *operands) {
  const uint8_t *pc = operands + 1;
  value name = read_string(&pc);
  const value *bases = regs + *pc++;
  uint32_t count = *pc++;
  value v = class_create(name, bases, count, image_constant(read_varint(&pc)));
  if (v) leave_frame(regs);
  return store(regs, operands[0], pc, v);
}

static const uint8_t *slow_import(value *regs, const uint8_t *operands) {
  const uint8_t *pc = operands;
  uint32_t module = read_varint(&pc);
  value *begun = vm->modules + module;
  if (*begun == VALUE_TRUE) return pc;
  *begun = VALUE_TRUE;
  value function = IOTPY_CONSTANT(KIND_FUNCTION, image_module_function(module));
  return iotpy_invoke(regs, pc, delivery_of(DELIVER_DISCARD, 0), function, iotpy_push(VALUE_NONE) + 1, 0, 0);
}

// ---- exceptions
static bool is_exception_type(value v) {
  return (is_constant(v, KIND_TYPE) || is_object(v, O_CLASS)) && iotpy_is_subtype(v, TYPE(T_BaseException));
}

// A class as cause stands for an instance without arguments.
static bool set_cause(root exception, root cause) {
  if (is_exception_type(*cause)) {
    root arguments = iotpy_push(VALUE_NONE);
    value made = iotpy_tuple(0, 0);
    if (!made) return false;
    *arguments = made;
    made = exception_create(*cause, arguments);
    if (!made) return false;
    *cause = made;
  }
  bool fits = *cause == VALUE_NONE || is_object(*cause, O_EXCEPTION);
  if (fits) iotpy_fields(*exception)[EXCEPTION_CAUSE] = *cause;
  else iotpy_raise(T_TypeError, "exception causes must derive from BaseException");
  return fits;
}

const uint8_t *slow_raise_value(value *regs, const uint8_t *pc, uint32_t operand_bytes, value exception) {
  if (!is_object(exception, O_EXCEPTION)) return fail(regs, pc, T_TypeError, "exceptions must derive from BaseException");
  root kept = iotpy_push(exception);
  if (operand_bytes == 1 || set_cause(kept, iotpy_push(regs[pc[-1]]))) iotpy_raise_exception(*kept);
  return iotpy_throw(regs, pc);
}

static const uint8_t *raise(value *regs, const uint8_t *operands, uint32_t operand_bytes) {
  value v = regs[operands[0]];
  const uint8_t *pc = operands + operand_bytes;
  if (!is_exception_type(v)) return slow_raise_value(regs, pc, operand_bytes, v);
  value *word = iotpy_push(v);
  return iotpy_invoke(regs, pc, delivery_of(DELIVER_RAISE, operand_bytes), v, word + 1, 0, 0);
}
static const uint8_t *slow_raise(value *regs, const uint8_t *operands) { return raise(regs, operands, 1); }
static const uint8_t *slow_raisefrom(value *regs, const uint8_t *operands) { return raise(regs, operands, 2); }

static const uint8_t *slow_reraise(value *regs, const uint8_t *operands) {
  value exception = regs[operands[0]];
  if (!is_object(exception, O_EXCEPTION)) return fail(regs, operands + 1, T_RuntimeError, "No active exception to reraise");
  iotpy_raise_exception(exception);
  return iotpy_rethrow(regs, operands + 1);
}

static const uint8_t *slow_jnexc(value *regs, const uint8_t *operands) {
  bool ok = true, matches = exception_matches(regs[operands[0]], regs[operands[1]], &ok);
  if (!ok) return iotpy_throw(regs, operands + 4);
  return matches ? operands + 4 : jump(operands + 4);
}

// ---- format: conversion, then the specification
static const uint8_t *twin_of_format(value *regs, const uint8_t *pc, uint32_t delivery, uint32_t builtin, value v, value spec) {
  value *words = iotpy_push_words(3);
  words[0] = v;
  words[1] = builtin == B_format ? spec : VALUE_UNBOUND;
  words[2] = VALUE_UNBOUND;
  return iotpy_invoke_twin(regs, pc, delivery, builtin, words, iotpy_builtin_shapes[builtin].most);
}

// The text at root `v` goes on to its specification.
static const uint8_t *format_converted(value *regs, const uint8_t *operands, root v) {
  const uint8_t *pc = operands + 4;
  value spec = regs[operands[3]];
  if (operands[3] == operands[1] || !is_string(spec)) spec = 0;
  bool formats = iotpy_defines(*v, STR___format__);
  value text = formats ? VALUE_TWIN : spec ? iotpy_format(v, regs + operands[3]) : iotpy_str(v);
  if (text == VALUE_TWIN) return twin_of_format(regs, pc, delivery_of(DELIVER_STORE, operands[0]), formats ? B_format : B_str, *v, spec ? spec : VALUE_UNBOUND);
  if (text) leave_frame(regs);
  return store(regs, operands[0], pc, text);
}

static const uint8_t *slow_format(value *regs, const uint8_t *operands) {
  static const uint16_t converters[] = {B_str, B_str, B_repr, B_ascii};
  uint32_t conversion = operands[2];
  root converted = iotpy_push(regs[operands[1]]);
  if (conversion != 0) {
    value text = conversion == 3 ? iotpy_natives[B_ascii](converted, 1) : conversion == 2 ? iotpy_repr(converted) : iotpy_str(converted);
    if (text == VALUE_TWIN) return twin_of_format(regs, operands + 4, delivery_of(DELIVER_FORMATTED, 0), converters[conversion], *converted, 0);
    if (!text) return iotpy_throw(regs, operands + 4);
    *converted = text;
  }
  return format_converted(regs, operands, converted);
}

const uint8_t *slow_formatted(value *regs, const uint8_t *pc, value text) { return format_converted(regs, pc - 4, iotpy_push(text)); }

// The twin of list (or of str, for `%`) has made `list` of the iterable of the instruction before pc.
const uint8_t *slow_listed(value *regs, const uint8_t *pc, uint32_t operand_bytes, value list) {
  const uint8_t *operands = pc - operand_bytes;
  switch (operands[-1]) {
    case OP_extend: return extend(regs, operands, iotpy_push(list));
    case OP_update: return update(regs, operands, iotpy_push(list));
    case OP_setslice: return set_slice(regs, operands, iotpy_push(list));
    case OP_unpack: case OP_unpackx: return unpack(regs, operands, list);
    default: return operate_with_right(regs, operands, list);
  }
}

slow_operation *const iotpy_slow_operations[OPCODES] = {
    [OP_loadg] = slow_loadg, [OP_loadgn] = slow_loadgn, [OP_loadcelln] = slow_loadcelln, [OP_loadfreen] = slow_loadfreen,
    [OP_upto] = slow_upto, [OP_dicts] = slow_dicts, [OP_getitems] = slow_getitems, [OP_delg] = slow_delg, [OP_check] = slow_check, [OP_mkcell] = slow_mkcell, [OP_loadcell] = bad_cell, [OP_storecell] = bad_cell,
    [OP_loadfree] = slow_loadfree, [OP_storefree] = slow_storefree, [OP_freecell] = slow_freecell,
    [OP_add] = operate, [OP_sub] = operate, [OP_mul] = operate, [OP_div] = operate, [OP_floordiv] = operate, [OP_mod] = operate, [OP_pow] = operate,
    [OP_lshift] = operate, [OP_rshift] = operate, [OP_and] = operate, [OP_or] = operate, [OP_xor] = operate,
    [OP_addi] = operate, [OP_subi] = operate, [OP_muli] = operate, [OP_floordivi] = operate, [OP_modi] = operate, [OP_lshifti] = operate,
    [OP_rshifti] = operate, [OP_andi] = operate, [OP_neg] = operate_negative, [OP_pos] = operate_positive, [OP_inv] = operate_inverse, [OP_not] = slow_not,
    [OP_lt] = operate, [OP_le] = operate, [OP_gt] = operate, [OP_ge] = operate, [OP_eq] = operate, [OP_ne] = operate, [OP_in] = slow_in, [OP_notin] = slow_in,
    [OP_jt] = slow_jt, [OP_jf] = slow_jf,
    [OP_jlt] = operate, [OP_jle] = operate, [OP_jgt] = operate, [OP_jge] = operate, [OP_jeq] = operate, [OP_jne] = operate,
    [OP_jnlt] = operate, [OP_jnle] = operate, [OP_jngt] = operate, [OP_jnge] = operate, [OP_jneq] = operate, [OP_jnne] = operate,
    [OP_jlti] = operate, [OP_jlei] = operate, [OP_jgti] = operate, [OP_jgei] = operate, [OP_jeqi] = operate, [OP_jnei] = operate,
    [OP_jnlti] = operate, [OP_jnlei] = operate, [OP_jngti] = operate, [OP_jngei] = operate, [OP_jneqi] = operate, [OP_jnnei] = operate,
    [OP_iter] = slow_iter, [OP_next] = slow_next, [OP_range] = slow_range, [OP_loop] = slow_loop, [OP_list] = slow_list, [OP_tuple] = slow_tuple,
    [OP_set] = slow_set, [OP_dict] = slow_dict, [OP_append] = slow_append, [OP_setadd] = slow_setadd, [OP_dictput] = slow_dictput,
    [OP_extend] = slow_extend, [OP_update] = slow_update, [OP_totuple] = slow_totuple, [OP_getitem] = slow_getitem, [OP_getitemi] = slow_getitemi,
    [OP_setitem] = slow_setitem, [OP_delitem] = slow_delitem, [OP_getslice] = slow_getslice, [OP_setslice] = slow_setslice, [OP_delslice] = slow_delslice,
    [OP_unpack] = slow_unpack, [OP_unpackx] = slow_unpack, [OP_getattr] = slow_getattr, [OP_setattr] = slow_setattr, [OP_delattr] = slow_delattr,
    [OP_call] = slow_call, [OP_callm] = slow_callm, [OP_callf] = slow_callf, [OP_callb] = slow_callb, [OP_callo] = slow_callo, [OP_callkw] = slow_callkw, [OP_callx] = slow_callx, [OP_super] = slow_super,
    [OP_mkfunc] = slow_mkfunc, [OP_mkclass] = slow_mkclass, [OP_raise] = slow_raise, [OP_raisefrom] = slow_raisefrom, [OP_reraise] = slow_reraise,
    [OP_jnexc] = slow_jnexc, [OP_yield] = generator_yield, [OP_format] = slow_format, [OP_joinstr] = slow_joinstr, [OP_import] = slow_import,
};
