// Items, slices, membership and length of built-in containers: finds the type and hands over.
#include "table.h"

value str_item(vm_t *vm, root string, uint32_t index);
value str_slice(vm_t *vm, root string, root bounds);
value bytes_slice(vm_t *vm, root bytes, root bounds);
bool bytearray_set_slice(vm_t *vm, root array, root bounds, root item);
bool byte_of(vm_t *vm, value v, uint8_t *out);
value sequence_slice(vm_t *vm, root sequence, root bounds);
bool list_set_slice(vm_t *vm, root list, root bounds, root item);
bool list_delete_slice(vm_t *vm, root list, root bounds);
void list_remove_at(vm_t *vm, root list, uint32_t i);
value range_length(vm_t *vm, value v);
value range_item(vm_t *vm, value v, value key);
value range_slice(vm_t *vm, root range, root bounds);
bool range_contains(vm_t *vm, value v, value item);

static uint32_t layout_of(const vm_t *vm, value v) {
  if (is_constant(v, KIND_STRING)) return O_STR;
  return is_ref(v) || is_constant(v, KIND_CONSTANT) ? header_type(*iotpy_words(vm, v)) : O_TYPES;
}

// A slice object as key: its parts become three roots for `work`.
static root slice_words(vm_t *vm, root key) {
  root words = iotpy_push_words(vm, 3);
  for (uint32_t i = 0; i < 3; i++) iotpy_put(vm, words + i, iotpy_fields(vm, iotpy_get(vm, key))[i]);
  return words;
}

static value not_subscriptable(vm_t *vm, value v) { return iotpy_raise(vm, T_TypeError, "'%t' object is not subscriptable", v); }

static value bytes_item(vm_t *vm, value v, value key, const char *what) {
  const uint8_t *data;
  uint32_t bytes, i;
  iotpy_bytes_view(vm, v, &data, &bytes);
  return iotpy_item_index(vm, key, bytes, what, &i) ? from_int(data[i]) : VALUE_ERROR;
}

static value sequence_item(vm_t *vm, value v, value key, const char *what) {
  value *items;
  uint32_t count, i;
  iotpy_sequence(vm, v, &items, &count);
  return iotpy_item_index(vm, key, count, what, &i) ? items[i] : VALUE_ERROR;
}

static value missing_key(vm_t *vm, value dict, value key) {
  value found = iotpy_dict_get(vm, dict, key);
  return found == VALUE_UNBOUND ? iotpy_raise_value(vm, T_KeyError, key) : found;
}

value iotpy_get_item(vm_t *vm, root container, root key) {
  value v = iotpy_get(vm, container), k = iotpy_get(vm, key);
  uint32_t i, layout = layout_of(vm, v);
  if (is_object(vm, k, O_SLICE) && layout != O_DICT && layout != O_INSTANCE) {
    root words = slice_words(vm, key);
    value made = iotpy_get_slice(vm, container, words);
    if (made) iotpy_pop(vm, words);
    return made;
  }
  switch (layout) {
    case O_LIST: return sequence_item(vm, v, k, "list");
    case O_TUPLE: return sequence_item(vm, v, k, "tuple");
    case O_DICT: return missing_key(vm, v, k);
    case O_STR:
      if (!is_integer(vm, k) && !is_bool(k)) return iotpy_raise(vm, T_TypeError, "string indices must be integers, not '%t'", k);
      return iotpy_item_index(vm, k, iotpy_text_length(iotpy_text(vm, v)), "string", &i) ? str_item(vm, container, i) : VALUE_ERROR;
    case O_BYTES: return bytes_item(vm, v, k, "index");
    case O_BYTEARRAY: return bytes_item(vm, v, k, "bytearray");
    case O_RANGE: return range_item(vm, v, k);
    case O_INSTANCE: return VALUE_TWIN;
    default: return not_subscriptable(vm, v);
  }
}

bool iotpy_set_item(vm_t *vm, root container, root key, root item) {
  value v = iotpy_get(vm, container), k = iotpy_get(vm, key);
  uint32_t i;
  uint8_t byte;
  if (is_object(vm, k, O_SLICE) && (is_object(vm, v, O_LIST) || is_object(vm, v, O_BYTEARRAY))) {
    root words = slice_words(vm, key);
    bool ok = iotpy_set_slice(vm, container, words, item);
    if (ok) iotpy_pop(vm, words);
    return ok;
  }
  switch (layout_of(vm, v)) {
    case O_LIST:
      if (!iotpy_item_index(vm, k, iotpy_list_length(vm, v), "list assignment", &i)) return false;
      iotpy_list_items(vm, v)[i] = iotpy_get(vm, item);
      return true;
    case O_DICT: return iotpy_dict_put(vm, container, key, item);
    case O_BYTEARRAY:
      if (!iotpy_item_index(vm, k, (uint32_t)int_of(iotpy_fields(vm, v)[0]), "bytearray", &i) || !byte_of(vm, iotpy_get(vm, item), &byte)) return false;
      iotpy_bytes_data(vm, iotpy_fields(vm, v)[1])[i] = byte;
      return true;
    default: return iotpy_raise(vm, T_TypeError, "'%t' object does not support item assignment", v);
  }
}

bool iotpy_delete_item(vm_t *vm, root container, root key) {
  value v = iotpy_get(vm, container), k = iotpy_get(vm, key);
  uint32_t i;
  if (is_object(vm, k, O_SLICE) && is_object(vm, v, O_LIST)) {
    root words = slice_words(vm, key);
    bool ok = list_delete_slice(vm, container, words);
    if (ok) iotpy_pop(vm, words);
    return ok;
  }
  if (is_object(vm, v, O_LIST)) {
    if (!iotpy_item_index(vm, k, iotpy_list_length(vm, v), "list assignment", &i)) return false;
    list_remove_at(vm, container, i);
    return true;
  }
  if (!is_object(vm, v, O_DICT)) return iotpy_raise(vm, T_TypeError, "'%t' object doesn't support item deletion", v);
  int32_t entry = table_find(vm, v, k);
  if (entry >= 0) return table_remove(vm, v, (uint32_t)entry), true;
  return entry == FIND_NONE ? iotpy_raise_value(vm, T_KeyError, k) : false;
}

value iotpy_get_slice(vm_t *vm, root container, root bounds) {
  value v = iotpy_get(vm, container);
  switch (layout_of(vm, v)) {
    case O_LIST:
    case O_TUPLE: return sequence_slice(vm, container, bounds);
    case O_STR: return str_slice(vm, container, bounds);
    case O_BYTES:
    case O_BYTEARRAY: return bytes_slice(vm, container, bounds);
    case O_RANGE: return range_slice(vm, container, bounds);
    case O_INSTANCE: return VALUE_TWIN;
    case O_DICT: return iotpy_raise(vm, T_TypeError, "unhashable type: 'slice'");
    default: return not_subscriptable(vm, v);
  }
}

bool iotpy_set_slice(vm_t *vm, root container, root bounds, root item) {
  value v = iotpy_get(vm, container);
  if (is_object(vm, v, O_LIST)) return list_set_slice(vm, container, bounds, item);
  if (is_object(vm, v, O_BYTEARRAY)) return bytearray_set_slice(vm, container, bounds, item);
  return iotpy_raise(vm, T_TypeError, "'%t' object does not support item assignment", v);
}

bool iotpy_delete_slice(vm_t *vm, root container, root bounds) {
  value v = iotpy_get(vm, container);
  if (is_object(vm, v, O_LIST)) return list_delete_slice(vm, container, bounds);
  return iotpy_raise(vm, T_TypeError, "'%t' object doesn't support item deletion", v);
}

// ---- membership
static value sequence_contains(vm_t *vm, root container, value item) {
  value *items;
  uint32_t count;
  iotpy_sequence(vm, iotpy_get(vm, container), &items, &count);
  for (uint32_t i = 0; i < count; i++) {
    int equal = items[i] == item ? 1 : iotpy_equal(vm, items[i], item);
    if (equal == 1) return VALUE_TRUE;
    if (equal != 0) return equal == 2 ? VALUE_TWIN : VALUE_ERROR;
  }
  return VALUE_FALSE;
}

int32_t find_bytes(const uint8_t *in, uint32_t bytes, const uint8_t *wanted, uint32_t length, uint32_t from);

static value str_contains(vm_t *vm, value v, value item) {
  if (!is_string(vm, item)) return iotpy_raise(vm, T_TypeError, "'in <string>' requires string as left operand, not %t", item);
  text in = iotpy_text(vm, v), wanted = iotpy_text(vm, item);
  return from_bool(find_bytes(in.data, in.bytes, wanted.data, wanted.bytes, 0) >= 0);
}

static value bytes_contains(vm_t *vm, value v, value item) {
  const uint8_t *in, *wanted;
  uint32_t bytes, length;
  uint8_t byte;
  iotpy_bytes_view(vm, v, &in, &bytes);
  if (iotpy_bytes_view(vm, item, &wanted, &length)) return from_bool(find_bytes(in, bytes, wanted, length, 0) >= 0);
  if (!byte_of(vm, item, &byte)) return VALUE_ERROR;
  return from_bool(find_bytes(in, bytes, &byte, 1, 0) >= 0);
}

static value iterated_contains(vm_t *vm, root container, root item) {
  value made = iotpy_iterator(vm, container);
  if (!made || made == VALUE_TWIN) return made;
  root iterator = iotpy_push(vm, made);
  for (;;) {
    value next = iotpy_iterate(vm, iterator);
    if (next == VALUE_ERROR || next == VALUE_TWIN) return next;
    if (next == VALUE_STOP) break;
    int equal = iotpy_equal(vm, next, iotpy_get(vm, item));
    if (equal == 0) continue;
    if (equal == 2) return iotpy_give_back(vm, container, iterator, iotpy_push(vm, next), 1);
    if (equal != 1) return VALUE_ERROR;
    iotpy_pop(vm, iterator);
    return VALUE_TRUE;
  }
  iotpy_pop(vm, iterator);
  return VALUE_FALSE;
}

value iotpy_contains(vm_t *vm, root container, root item) {
  value v = iotpy_get(vm, container), wanted = iotpy_get(vm, item);
  int32_t entry;
  switch (layout_of(vm, v)) {
    case O_LIST:
    case O_TUPLE: return sequence_contains(vm, container, wanted);
    case O_DICT:
    case O_SET:
      entry = table_find(vm, v, wanted);
      return entry >= 0 ? VALUE_TRUE : entry == FIND_NONE ? VALUE_FALSE : entry == FIND_TWIN ? VALUE_TWIN : VALUE_ERROR;
    case O_STR: return str_contains(vm, v, wanted);
    case O_BYTES:
    case O_BYTEARRAY: return bytes_contains(vm, v, wanted);
    case O_RANGE: return from_bool(range_contains(vm, v, wanted));
    case O_VIEW:
      if (iotpy_fields(vm, v)[0] != from_int(0)) return iterated_contains(vm, container, item);
      entry = table_find(vm, iotpy_fields(vm, v)[1], wanted);
      return entry >= 0 ? VALUE_TRUE : entry == FIND_NONE ? VALUE_FALSE : VALUE_ERROR;
    case O_ITERATOR: return iterated_contains(vm, container, item);
    case O_GENERATOR: return VALUE_TWIN;
    default:
      if (iotpy_defines(vm, v, STR___iter__) || iotpy_defines(vm, v, STR___getitem__)) return VALUE_TWIN;
      return iotpy_raise(vm, T_TypeError, "argument of type '%t' is not iterable", v);
  }
}

// _contains(container, item): `item in container`.
value native__contains(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  return iotpy_contains(vm, arguments, arguments + 1);
}

value iotpy_length(vm_t *vm, value v) {
  const uint8_t *data;
  uint32_t bytes;
  switch (layout_of(vm, v)) {
    case O_LIST: return iotpy_fields(vm, v)[0];
    case O_TUPLE: return from_int((int32_t)iotpy_tuple_length(vm, v));
    case O_DICT:
    case O_SET: return from_int((int32_t)table_live(vm, v));
    case O_STR: return from_int((int32_t)iotpy_text_length(iotpy_text(vm, v)));
    case O_BYTES:
    case O_BYTEARRAY: return iotpy_bytes_view(vm, v, &data, &bytes), from_int((int32_t)bytes);
    case O_RANGE: return range_length(vm, v);
    case O_VIEW: return from_int((int32_t)table_live(vm, iotpy_fields(vm, v)[1]));
    default:
      if (iotpy_defines(vm, v, STR___len__)) return VALUE_TWIN;
      return iotpy_raise(vm, T_TypeError, "object of type '%t' has no len()", v);
  }
}
