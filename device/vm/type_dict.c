// dict and its views. The table itself is in table.c.
#include "table.h"

value iotpy_dict(void) { return table_new(O_DICT, 0); }
uint32_t iotpy_dict_length(value dict) { return table_live(dict); }

bool iotpy_dict_put(root dict, root key, root item) {
  int32_t entry = table_put(dict, key);
  if (entry == FIND_TWIN) iotpy_raise(T_TypeError, "unhashable type: '%t'", *key);
  if (entry < 0) return false;
  table_entry(*dict, (uint32_t)entry)[1] = *item;
  return true;
}

value iotpy_dict_get(value dict, value key) {
  int32_t entry = table_find(dict, key);
  if (entry >= 0) return table_entry(dict, (uint32_t)entry)[1];
  if (entry == FIND_TWIN) return iotpy_raise(T_TypeError, "unhashable type: '%t'", key);
  return entry == FIND_NONE ? VALUE_UNBOUND : VALUE_ERROR;
}

bool iotpy_dict_next(value dict, uint32_t *position, value *key, value *item) {
  value *entry;
  if (!table_next(dict, position, &entry)) return false;
  *key = entry[0];
  *item = entry[1];
  return true;
}

int iotpy_dict_equal(value a, value b) {
  uint32_t position = 0;
  value key, item;
  if (table_live(a) != table_live(b)) return 0;
  while (iotpy_dict_next(a, &position, &key, &item)) {
    value other = iotpy_dict_get(b, key);
    if (other == VALUE_ERROR) return -1;
    if (other == VALUE_UNBOUND) return 0;
    int equal = iotpy_equal_nested(item, other);
    if (equal != 1) return equal;
  }
  return 1;
}

// ---- filling from other values
static bool put_all(root dict, root source) {
  root key = iotpy_push(VALUE_NONE), item = iotpy_push(VALUE_NONE);
  value k, v;
  for (uint32_t position = 0; iotpy_dict_next(*source, &position, &k, &v);) {
    *key = k;
    *item = v;
    if (!iotpy_dict_put(dict, key, item)) return false;
  }
  iotpy_pop(key);
  return true;
}

// None, TWIN or error. A twin can only take over what can be gone through again.
static value put_pair(root dict, root pair, uint32_t number, bool again) {
  value *items;
  uint32_t count;
  value list = VALUE_NONE;
  if (!iotpy_sequence(*pair, &items, &count)) {
    list = iotpy_list_of(pair);
    if (list == VALUE_TWIN && again) return list;
    if (!list && !iotpy_raised(T_TypeError)) return VALUE_ERROR;
    if (!list || list == VALUE_TWIN) return iotpy_raise(T_TypeError, "cannot convert dictionary update sequence element #%u to a sequence", number);
    *pair = list;
    iotpy_sequence(list, &items, &count);
  }
  if (count != 2) return iotpy_raise(T_ValueError, "dictionary update sequence element #%u has length %u; 2 is required", number, count);
  root item = iotpy_push(items[1]), key = iotpy_push(items[0]);
  bool ok = iotpy_dict_put(dict, key, item);
  if (ok) iotpy_pop(item);
  return ok ? VALUE_NONE : VALUE_ERROR;
}

// Puts a mapping's items or an iterable's pairs; None or TWIN or error.
value dict_fill(root dict, root source) {
  value v = *source;
  if (v == VALUE_UNBOUND) return VALUE_NONE;
  if (is_object(v, O_DICT)) return put_all(dict, source) ? VALUE_NONE : VALUE_ERROR;
  bool again = !is_object(v, O_ITERATOR);
  value made = iotpy_iterator(source);
  if (!made || made == VALUE_TWIN) return made;
  root iterator = iotpy_push(made), pair = iotpy_push(VALUE_NONE);
  for (uint32_t number = 0;; number++) {
    value next = iotpy_iterate(iterator);
    if (next == VALUE_STOP) break;
    if (next == VALUE_TWIN) { iotpy_pop(iterator); return VALUE_TWIN; }
    if (!next) return VALUE_ERROR;
    *pair = next;
    value put = put_pair(dict, pair, number, again);
    if (put != VALUE_NONE) return put;
  }
  iotpy_pop(iterator);
  return VALUE_NONE;
}

value iotpy_dict_merge(root left, root right, bool in_place) {
  root result = left;
  if (!in_place) {
    value made = iotpy_dict();
    if (!made) return VALUE_ERROR;
    result = iotpy_push(made);
    if (!put_all(result, left)) return VALUE_ERROR;
  }
  if (!put_all(result, right)) return VALUE_ERROR;
  value v = *result;
  if (!in_place) iotpy_pop(result);
  return v;
}

value native_dict(root arguments, uint32_t count) {
  (void)count;
  value made = iotpy_dict();
  if (!made) return VALUE_ERROR;
  root dict = iotpy_push(made);
  for (uint32_t i = 0; i < 2; i++) {
    value filled = dict_fill(dict, arguments + i);
    if (filled != VALUE_NONE) return filled;
  }
  made = *dict;
  iotpy_pop(dict);
  return made;
}

value native_dict_dot_update(root arguments, uint32_t count) {
  (void)count;
  for (uint32_t i = 1; i < 3; i++) {
    value filled = dict_fill(arguments, arguments + i);
    if (filled != VALUE_NONE) return filled;
  }
  return VALUE_NONE;
}

value native_dict_dot_fromkeys(root arguments, uint32_t count) {
  (void)count;
  if (arguments[1] == VALUE_UNBOUND) arguments[1] = VALUE_NONE;
  value made = iotpy_list_of(arguments);
  if (!made || made == VALUE_TWIN) return made;
  root keys = iotpy_push(made);
  if (!(made = iotpy_dict())) return VALUE_ERROR;
  root dict = iotpy_push(made), key = iotpy_push(VALUE_NONE);
  for (uint32_t i = 0; i < iotpy_list_length(*keys); i++) {
    *key = iotpy_list_items(*keys)[i];
    if (!iotpy_dict_put(dict, key, arguments + 1)) return VALUE_ERROR;
  }
  made = *dict;
  iotpy_pop(keys);
  return made;
}

// ---- methods
value native_dict_dot_clear(root arguments, uint32_t count) {
  (void)count;
  table_clear(arguments[0]);
  return VALUE_NONE;
}

value native_dict_dot_copy(root arguments, uint32_t count) {
  (void)count;
  value made = iotpy_dict();
  if (!made) return VALUE_ERROR;
  root dict = iotpy_push(made);
  if (!put_all(dict, arguments)) return VALUE_ERROR;
  made = *dict;
  iotpy_pop(dict);
  return made;
}

value native_dict_dot_get(root arguments, uint32_t count) {
  (void)count;
  value found = iotpy_dict_get(arguments[0], arguments[1]), otherwise = arguments[2];
  return found == VALUE_UNBOUND ? (otherwise == VALUE_UNBOUND ? VALUE_NONE : otherwise) : found;
}

value native_dict_dot_setdefault(root arguments, uint32_t count) {
  (void)count;
  value found = iotpy_dict_get(arguments[0], arguments[1]);
  if (found != VALUE_UNBOUND) return found;
  if (arguments[2] == VALUE_UNBOUND) arguments[2] = VALUE_NONE;
  return iotpy_dict_put(arguments, arguments + 1, arguments + 2) ? arguments[2] : VALUE_ERROR;
}

value native_dict_dot_pop(root arguments, uint32_t count) {
  (void)count;
  value dict = arguments[0], key = arguments[1];
  int32_t entry = table_find(dict, key);
  if (entry >= 0) {
    value item = table_entry(dict, (uint32_t)entry)[1];
    table_remove(dict, (uint32_t)entry);
    return item;
  }
  if (entry != FIND_NONE) return entry == FIND_ERROR ? VALUE_ERROR : iotpy_raise(T_TypeError, "unhashable type: '%t'", key);
  value otherwise = arguments[2];
  return otherwise == VALUE_UNBOUND ? iotpy_raise_value(T_KeyError, key) : otherwise;
}

value native_dict_dot_popitem(root arguments, uint32_t count) {
  (void)count;
  value dict = arguments[0];
  if (table_live(dict) == 0) return iotpy_raise_value(T_KeyError, iotpy_string_from_c("popitem(): dictionary is empty"));
  value pair = iotpy_new(O_TUPLE, 0, 3);
  if (!pair) return VALUE_ERROR;
  dict = arguments[0];
  uint32_t last = table_used(dict) - 1;
  while (*table_entry(dict, last) == VALUE_UNBOUND) last--;
  for (uint32_t i = 0; i < 2; i++) iotpy_tuple_items(pair)[i] = table_entry(dict, last)[i];
  table_remove(dict, last);
  return pair;
}

// ---- views: kind 0 keys, 1 values, 2 items
static value view(root arguments, int32_t kind) {
  value v = iotpy_new(O_VIEW, 0, 3);
  if (!v) return VALUE_ERROR;
  iotpy_fields(v)[0] = from_int(kind);
  iotpy_fields(v)[1] = arguments[0];
  return v;
}
value native_dict_dot_keys(root arguments, uint32_t count) { (void)count; return view(arguments, 0); }
value native_dict_dot_values(root arguments, uint32_t count) { (void)count; return view(arguments, 1); }
value native_dict_dot_items(root arguments, uint32_t count) { (void)count; return view(arguments, 2); }
