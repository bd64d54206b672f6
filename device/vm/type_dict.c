// dict and its views. The table itself is in table.c.
#include "table.h"

value iotpy_dict(vm_t *vm) { return table_new(vm, O_DICT, 0); }
uint32_t iotpy_dict_length(const vm_t *vm, value dict) { return table_live(vm, dict); }

bool iotpy_dict_put(vm_t *vm, root dict, root key, root item) {
  int32_t entry = table_put(vm, dict, key);
  if (entry == FIND_TWIN) iotpy_raise(vm, T_TypeError, "unhashable type: '%t'", iotpy_get(vm, key));
  if (entry < 0) return false;
  table_entry(vm, iotpy_get(vm, dict), (uint32_t)entry)[1] = iotpy_get(vm, item);
  return true;
}

value iotpy_dict_get(vm_t *vm, value dict, value key) {
  int32_t entry = table_find(vm, dict, key);
  if (entry >= 0) return table_entry(vm, dict, (uint32_t)entry)[1];
  if (entry == FIND_TWIN) return iotpy_raise(vm, T_TypeError, "unhashable type: '%t'", key);
  return entry == FIND_NONE ? VALUE_UNBOUND : VALUE_ERROR;
}

bool iotpy_dict_next(const vm_t *vm, value dict, uint32_t *position, value *key, value *item) {
  value *entry;
  if (!table_next(vm, dict, position, &entry)) return false;
  *key = entry[0];
  *item = entry[1];
  return true;
}

int iotpy_dict_equal(vm_t *vm, value a, value b, uint32_t depth) {
  uint32_t position = 0;
  value key, item;
  if (table_live(vm, a) != table_live(vm, b)) return 0;
  while (iotpy_dict_next(vm, a, &position, &key, &item)) {
    value other = iotpy_dict_get(vm, b, key);
    if (other == VALUE_ERROR) return -1;
    if (other == VALUE_UNBOUND) return 0;
    int equal = iotpy_equal_nested(vm, item, other, depth + 1);
    if (equal != 1) return equal;
  }
  return 1;
}

// ---- filling from other values
static bool put_all(vm_t *vm, root dict, root source) {
  root key = iotpy_push(vm, VALUE_NONE), item = iotpy_push(vm, VALUE_NONE);
  value k, v;
  for (uint32_t position = 0; iotpy_dict_next(vm, iotpy_get(vm, source), &position, &k, &v);) {
    iotpy_put(vm, key, k);
    iotpy_put(vm, item, v);
    if (!iotpy_dict_put(vm, dict, key, item)) return false;
  }
  iotpy_pop(vm, key);
  return true;
}

// None, TWIN or error. A twin can only take over what can be gone through again.
static value put_pair(vm_t *vm, root dict, root pair, uint32_t number, bool again) {
  value *items;
  uint32_t count;
  value list = VALUE_NONE;
  if (!iotpy_sequence(vm, iotpy_get(vm, pair), &items, &count)) {
    list = iotpy_list_of(vm, pair);
    if (list == VALUE_TWIN && again) return list;
    if (!list || list == VALUE_TWIN) return iotpy_raise(vm, T_TypeError, "cannot convert dictionary update sequence element #%u to a sequence", number);
    iotpy_put(vm, pair, list);
    iotpy_sequence(vm, list, &items, &count);
  }
  if (count != 2) return iotpy_raise(vm, T_ValueError, "dictionary update sequence element #%u has length %u; 2 is required", number, count);
  root item = iotpy_push(vm, items[1]), key = iotpy_push(vm, items[0]);
  bool ok = iotpy_dict_put(vm, dict, key, item);
  if (ok) iotpy_pop(vm, item);
  return ok ? VALUE_NONE : VALUE_ERROR;
}

// Puts a mapping's items or an iterable's pairs; None or TWIN or error.
value dict_fill(vm_t *vm, root dict, root source) {
  value v = iotpy_get(vm, source);
  if (v == VALUE_UNBOUND) return VALUE_NONE;
  if (is_object(vm, v, O_DICT)) return put_all(vm, dict, source) ? VALUE_NONE : VALUE_ERROR;
  bool again = !is_object(vm, v, O_ITERATOR);
  value made = iotpy_iterator(vm, source);
  if (!made || made == VALUE_TWIN) return made;
  root iterator = iotpy_push(vm, made), pair = iotpy_push(vm, VALUE_NONE);
  for (uint32_t number = 0;; number++) {
    value next = iotpy_iterate(vm, iterator);
    if (next == VALUE_STOP) break;
    if (next == VALUE_TWIN) { iotpy_pop(vm, iterator); return VALUE_TWIN; }
    if (!next) return VALUE_ERROR;
    iotpy_put(vm, pair, next);
    value put = put_pair(vm, dict, pair, number, again);
    if (put != VALUE_NONE) return put;
  }
  iotpy_pop(vm, iterator);
  return VALUE_NONE;
}

value iotpy_dict_merge(vm_t *vm, root left, root right, bool in_place) {
  root result = left;
  if (!in_place) {
    value made = iotpy_dict(vm);
    if (!made) return VALUE_ERROR;
    result = iotpy_push(vm, made);
    if (!put_all(vm, result, left)) return VALUE_ERROR;
  }
  if (!put_all(vm, result, right)) return VALUE_ERROR;
  value v = iotpy_get(vm, result);
  if (!in_place) iotpy_pop(vm, result);
  return v;
}

value native_dict(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value made = iotpy_dict(vm);
  if (!made) return VALUE_ERROR;
  root dict = iotpy_push(vm, made);
  for (uint32_t i = 0; i < 2; i++) {
    value filled = dict_fill(vm, dict, arguments + i);
    if (filled != VALUE_NONE) return filled;
  }
  made = iotpy_get(vm, dict);
  iotpy_pop(vm, dict);
  return made;
}

value native_dict_dot_update(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  for (uint32_t i = 1; i < 3; i++) {
    value filled = dict_fill(vm, arguments, arguments + i);
    if (filled != VALUE_NONE) return filled;
  }
  return VALUE_NONE;
}

value native_dict_dot_fromkeys(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  if (argument(vm, arguments, 1) == VALUE_UNBOUND) iotpy_put(vm, arguments + 1, VALUE_NONE);
  value made = iotpy_list_of(vm, arguments);
  if (!made || made == VALUE_TWIN) return made;
  root keys = iotpy_push(vm, made);
  if (!(made = iotpy_dict(vm))) return VALUE_ERROR;
  root dict = iotpy_push(vm, made), key = iotpy_push(vm, VALUE_NONE);
  for (uint32_t i = 0; i < iotpy_list_length(vm, iotpy_get(vm, keys)); i++) {
    iotpy_put(vm, key, iotpy_list_items(vm, iotpy_get(vm, keys))[i]);
    if (!iotpy_dict_put(vm, dict, key, arguments + 1)) return VALUE_ERROR;
  }
  made = iotpy_get(vm, dict);
  iotpy_pop(vm, keys);
  return made;
}

// ---- methods
value native_dict_dot_clear(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  table_clear(vm, argument(vm, arguments, 0));
  return VALUE_NONE;
}

value native_dict_dot_copy(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value made = iotpy_dict(vm);
  if (!made) return VALUE_ERROR;
  root dict = iotpy_push(vm, made);
  if (!put_all(vm, dict, arguments)) return VALUE_ERROR;
  made = iotpy_get(vm, dict);
  iotpy_pop(vm, dict);
  return made;
}

value native_dict_dot_get(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value found = iotpy_dict_get(vm, argument(vm, arguments, 0), argument(vm, arguments, 1)), otherwise = argument(vm, arguments, 2);
  return found == VALUE_UNBOUND ? (otherwise == VALUE_UNBOUND ? VALUE_NONE : otherwise) : found;
}

value native_dict_dot_setdefault(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value found = iotpy_dict_get(vm, argument(vm, arguments, 0), argument(vm, arguments, 1));
  if (found != VALUE_UNBOUND) return found;
  if (argument(vm, arguments, 2) == VALUE_UNBOUND) iotpy_put(vm, arguments + 2, VALUE_NONE);
  return iotpy_dict_put(vm, arguments, arguments + 1, arguments + 2) ? argument(vm, arguments, 2) : VALUE_ERROR;
}

value native_dict_dot_pop(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value dict = argument(vm, arguments, 0), key = argument(vm, arguments, 1);
  int32_t entry = table_find(vm, dict, key);
  if (entry >= 0) {
    value item = table_entry(vm, dict, (uint32_t)entry)[1];
    table_remove(vm, dict, (uint32_t)entry);
    return item;
  }
  if (entry != FIND_NONE) return entry == FIND_ERROR ? VALUE_ERROR : iotpy_raise(vm, T_TypeError, "unhashable type: '%t'", key);
  value otherwise = argument(vm, arguments, 2);
  return otherwise == VALUE_UNBOUND ? iotpy_raise_value(vm, T_KeyError, key) : otherwise;
}

value native_dict_dot_popitem(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value dict = argument(vm, arguments, 0);
  if (table_live(vm, dict) == 0) return iotpy_raise_value(vm, T_KeyError, iotpy_string_from_c(vm, "popitem(): dictionary is empty"));
  value pair = iotpy_new(vm, O_TUPLE, 0, 3);
  if (!pair) return VALUE_ERROR;
  dict = argument(vm, arguments, 0);
  uint32_t last = table_used(vm, dict) - 1;
  while (*table_entry(vm, dict, last) == VALUE_UNBOUND) last--;
  for (uint32_t i = 0; i < 2; i++) iotpy_tuple_items(vm, pair)[i] = table_entry(vm, dict, last)[i];
  table_remove(vm, dict, last);
  return pair;
}

// ---- views: kind 0 keys, 1 values, 2 items
static value view(vm_t *vm, root arguments, int32_t kind) {
  value v = iotpy_new(vm, O_VIEW, 0, 3);
  if (!v) return VALUE_ERROR;
  iotpy_fields(vm, v)[0] = from_int(kind);
  iotpy_fields(vm, v)[1] = argument(vm, arguments, 0);
  return v;
}
value native_dict_dot_keys(vm_t *vm, root arguments, uint32_t count) { (void)count; return view(vm, arguments, 0); }
value native_dict_dot_values(vm_t *vm, root arguments, uint32_t count) { (void)count; return view(vm, arguments, 1); }
value native_dict_dot_items(vm_t *vm, root arguments, uint32_t count) { (void)count; return view(vm, arguments, 2); }
