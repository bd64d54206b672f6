// Items, slices, membership and length of built-in containers: finds the type and hands over.
#include "table.h"

value str_item(root string, uint32_t index);
value str_slice(root string, root bounds);
value bytes_slice(root bytes, root bounds);
bool bytearray_set_slice(root array, root bounds, root item);
bool byte_of(value v, uint8_t *out);
value sequence_slice(root sequence, root bounds);
bool list_set_slice(root list, root bounds, root item);
bool list_delete_slice(root list, root bounds);
void list_remove_at(root list, uint32_t i);
value range_length(value v);
value range_item(value v, value key);
value range_slice(root range, root bounds);
bool range_contains(value v, value item);

static uint32_t layout_of(value v) {
  if (is_constant(v, KIND_STRING)) return O_STR;
  return is_ref(v) || is_constant(v, KIND_CONSTANT) ? header_type(*iotpy_words(v)) : O_TYPES;
}

// A slice object as key: its parts become three roots for `work`.
static root slice_words(root key) {
  root words = iotpy_push_words(3);
  for (uint32_t i = 0; i < 3; i++) words[i] = iotpy_fields(*key)[i];
  return words;
}

static value not_subscriptable(value v) { return iotpy_raise(T_TypeError, "'%t' object is not subscriptable", v); }

static value bytes_item(value v, value key, const char *what) {
  const uint8_t *data;
  uint32_t bytes, i;
  iotpy_bytes_view(v, &data, &bytes);
  return iotpy_item_index(key, bytes, what, &i) ? from_int(data[i]) : VALUE_ERROR;
}

static value sequence_item(value v, value key, const char *what) {
  value *items;
  uint32_t count, i;
  iotpy_sequence(v, &items, &count);
  return iotpy_item_index(key, count, what, &i) ? items[i] : VALUE_ERROR;
}

static value missing_key(value dict, value key) {
  value found = iotpy_dict_get(dict, key);
  return found == VALUE_UNBOUND ? iotpy_raise_value(T_KeyError, key) : found;
}

value iotpy_get_item(root container, root key) {
  value v = *container, k = *key;
  uint32_t i, layout = layout_of(v);
  if (is_object(k, O_SLICE) && layout != O_DICT && layout != O_INSTANCE) {
    root words = slice_words(key);
    value made = iotpy_get_slice(container, words);
    if (made) iotpy_pop(words);
    return made;
  }
  switch (layout) {
    case O_LIST: return sequence_item(v, k, "list");
    case O_TUPLE: return sequence_item(v, k, "tuple");
    case O_DICT: return missing_key(v, k);
    case O_STR:
      if (!is_integer(k) && !is_bool(k)) return iotpy_raise(T_TypeError, "string indices must be integers, not '%t'", k);
      return iotpy_item_index(k, iotpy_text_length(iotpy_text(v)), "string", &i) ? str_item(container, i) : VALUE_ERROR;
    case O_BYTES: return bytes_item(v, k, "index");
    case O_BYTEARRAY: return bytes_item(v, k, "bytearray");
    case O_RANGE: return range_item(v, k);
    case O_INSTANCE: return VALUE_TWIN;
    default: return not_subscriptable(v);
  }
}

bool iotpy_set_item(root container, root key, root item) {
  value v = *container, k = *key;
  uint32_t i;
  uint8_t byte;
  if (is_object(k, O_SLICE) && (is_object(v, O_LIST) || is_object(v, O_BYTEARRAY))) {
    root words = slice_words(key);
    bool ok = iotpy_set_slice(container, words, item);
    if (ok) iotpy_pop(words);
    return ok;
  }
  switch (layout_of(v)) {
    case O_LIST:
      if (!iotpy_item_index(k, iotpy_list_length(v), "list assignment", &i)) return false;
      iotpy_list_items(v)[i] = *item;
      return true;
    case O_DICT: return iotpy_dict_put(container, key, item);
    case O_BYTEARRAY:
      if (!iotpy_item_index(k, (uint32_t)int_of(iotpy_fields(v)[0]), "bytearray", &i) || !byte_of(*item, &byte)) return false;
      iotpy_bytes_data(iotpy_fields(v)[1])[i] = byte;
      return true;
    default: return iotpy_raise(T_TypeError, "'%t' object does not support item assignment", v);
  }
}

bool iotpy_delete_item(root container, root key) {
  value v = *container, k = *key;
  uint32_t i;
  if (is_object(k, O_SLICE) && is_object(v, O_LIST)) {
    root words = slice_words(key);
    bool ok = list_delete_slice(container, words);
    if (ok) iotpy_pop(words);
    return ok;
  }
  if (is_object(v, O_LIST)) {
    if (!iotpy_item_index(k, iotpy_list_length(v), "list assignment", &i)) return false;
    list_remove_at(container, i);
    return true;
  }
  if (!is_object(v, O_DICT)) return iotpy_raise(T_TypeError, "'%t' object doesn't support item deletion", v);
  int32_t entry = table_find(v, k);
  if (entry >= 0) return table_remove(v, (uint32_t)entry), true;
  return entry == FIND_NONE ? iotpy_raise_value(T_KeyError, k) : false;
}

value iotpy_get_slice(root container, root bounds) {
  value v = *container;
  switch (layout_of(v)) {
    case O_LIST:
    case O_TUPLE: return sequence_slice(container, bounds);
    case O_STR: return str_slice(container, bounds);
    case O_BYTES:
    case O_BYTEARRAY: return bytes_slice(container, bounds);
    case O_RANGE: return range_slice(container, bounds);
    case O_INSTANCE: return VALUE_TWIN;
    case O_DICT: return iotpy_raise(T_TypeError, "unhashable type: 'slice'");
    default: return not_subscriptable(v);
  }
}

bool iotpy_set_slice(root container, root bounds, root item) {
  value v = *container;
  if (is_object(v, O_LIST)) return list_set_slice(container, bounds, item);
  if (is_object(v, O_BYTEARRAY)) return bytearray_set_slice(container, bounds, item);
  return iotpy_raise(T_TypeError, "'%t' object does not support item assignment", v);
}

bool iotpy_delete_slice(root container, root bounds) {
  value v = *container;
  if (is_object(v, O_LIST)) return list_delete_slice(container, bounds);
  return iotpy_raise(T_TypeError, "'%t' object doesn't support item deletion", v);
}

// ---- membership
static value sequence_contains(root container, value item) {
  value *items;
  uint32_t count;
  iotpy_sequence(*container, &items, &count);
  for (uint32_t i = 0; i < count; i++) {
    int equal = items[i] == item ? 1 : iotpy_equal(items[i], item);
    if (equal == 1) return VALUE_TRUE;
    if (equal != 0) return equal == 2 ? VALUE_TWIN : VALUE_ERROR;
  }
  return VALUE_FALSE;
}

int32_t find_bytes(const uint8_t *in, uint32_t bytes, const uint8_t *wanted, uint32_t length, uint32_t from);

static value str_contains(value v, value item) {
  if (!is_string(item)) return iotpy_raise(T_TypeError, "'in <string>' requires string as left operand, not %t", item);
  text in = iotpy_text(v), wanted = iotpy_text(item);
  return from_bool(find_bytes(in.data, in.bytes, wanted.data, wanted.bytes, 0) >= 0);
}

static value bytes_contains(value v, value item) {
  const uint8_t *in, *wanted;
  uint32_t bytes, length;
  uint8_t byte;
  iotpy_bytes_view(v, &in, &bytes);
  if (iotpy_bytes_view(item, &wanted, &length)) return from_bool(find_bytes(in, bytes, wanted, length, 0) >= 0);
  if (!byte_of(item, &byte)) return VALUE_ERROR;
  return from_bool(find_bytes(in, bytes, &byte, 1, 0) >= 0);
}

static value iterated_contains(root container, root item) {
  value made = iotpy_iterator(container);
  if (!made || made == VALUE_TWIN) return made;
  root iterator = iotpy_push(made);
  for (;;) {
    value next = iotpy_iterate(iterator);
    if (next == VALUE_ERROR || next == VALUE_TWIN) return next;
    if (next == VALUE_STOP) break;
    int equal = iotpy_equal(next, *item);
    if (equal == 0) continue;
    if (equal == 2) return iotpy_give_back(container, iterator, iotpy_push(next), 1);
    if (equal != 1) return VALUE_ERROR;
    iotpy_pop(iterator);
    return VALUE_TRUE;
  }
  iotpy_pop(iterator);
  return VALUE_FALSE;
}

value iotpy_contains(root container, root item) {
  value v = *container, wanted = *item;
  int32_t entry;
  switch (layout_of(v)) {
    case O_LIST:
    case O_TUPLE: return sequence_contains(container, wanted);
    case O_DICT:
    case O_SET:
      entry = table_find(v, wanted);
      return entry >= 0 ? VALUE_TRUE : entry == FIND_NONE ? VALUE_FALSE : entry == FIND_TWIN ? VALUE_TWIN : VALUE_ERROR;
    case O_STR: return str_contains(v, wanted);
    case O_BYTES:
    case O_BYTEARRAY: return bytes_contains(v, wanted);
    case O_RANGE: return from_bool(range_contains(v, wanted));
    case O_VIEW:
      if (iotpy_fields(v)[0] != from_int(0)) return iterated_contains(container, item);
      entry = table_find(iotpy_fields(v)[1], wanted);
      return entry >= 0 ? VALUE_TRUE : entry == FIND_NONE ? VALUE_FALSE : VALUE_ERROR;
    case O_ITERATOR: return iterated_contains(container, item);
    case O_GENERATOR: return VALUE_TWIN;
    default:
      if (iotpy_defines(v, STR___iter__) || iotpy_defines(v, STR___getitem__)) return VALUE_TWIN;
      return iotpy_raise(T_TypeError, "argument of type '%t' is not iterable", v);
  }
}

// _contains(container, item): `item in container`.
value native__contains(root arguments, uint32_t count) {
  (void)count;
  return iotpy_contains(arguments, arguments + 1);
}

value iotpy_length(value v) {
  const uint8_t *data;
  uint32_t bytes;
  switch (layout_of(v)) {
    case O_LIST: return iotpy_fields(v)[0];
    case O_TUPLE: return from_int((int32_t)iotpy_tuple_length(v));
    case O_DICT:
    case O_SET: return from_int((int32_t)table_live(v));
    case O_STR: return from_int((int32_t)iotpy_text_length(iotpy_text(v)));
    case O_BYTES:
    case O_BYTEARRAY: return iotpy_bytes_view(v, &data, &bytes), from_int((int32_t)bytes);
    case O_RANGE: return range_length(v);
    case O_VIEW: return from_int((int32_t)table_live(iotpy_fields(v)[1]));
    default:
      if (iotpy_defines(v, STR___len__)) return VALUE_TWIN;
      return iotpy_raise(T_TypeError, "object of type '%t' has no len()", v);
  }
}
