// list and tuple. A list is its length and an O_ARRAY of capacity; a tuple is its items. Also what both share with other sequences: slices, repetition.
#include "sequences.h"

enum { LIST_LENGTH, LIST_ITEMS };
#define TRACEBACK_WORDS 8

// ---- arrays
bool iotpy_array_reserve(root owner, uint32_t field, uint32_t capacity) {
  value old = iotpy_fields(*owner)[field];
  uint32_t room = old == VALUE_NONE ? 0 : header_words(*iotpy_words(old)) - 1;
  if (room >= capacity) return true;
  root kept = iotpy_push(old);
  value made = room > 0 ? iotpy_grow(kept, capacity + 1) : iotpy_new(O_ARRAY, 0, capacity + 1);
  iotpy_pop(kept);
  if (made) iotpy_fields(*owner)[field] = made;
  return made;
}

static uint32_t grown(uint32_t length) { return length + length / 8 + (length < 8 ? 3 : 6); }

// ---- making and reading
value iotpy_tuple(const value *first, uint32_t count) {
  value v = iotpy_new(O_TUPLE, 0, count + 1);
  if (v && count > 0) __builtin_memcpy(iotpy_fields(v), first, 4 * count);
  return v;
}

value iotpy_list(const value *first, uint32_t count) {
  value v = iotpy_new(O_LIST, 0, 3);
  if (!v) return VALUE_ERROR;
  iotpy_fields(v)[LIST_LENGTH] = from_int(0);
  if (count == 0) return v;
  root list = iotpy_push(v);
  if (!iotpy_array_reserve(list, LIST_ITEMS, count)) return VALUE_ERROR;
  v = *list;
  __builtin_memcpy(iotpy_list_items(v), first, 4 * count);
  iotpy_fields(v)[LIST_LENGTH] = from_int((int32_t)count);
  iotpy_pop(list);
  return v;
}

uint32_t iotpy_list_length(value list) { return (uint32_t)int_of(iotpy_fields(list)[LIST_LENGTH]); }
value *iotpy_list_items(value list) {
  value items = iotpy_fields(list)[LIST_ITEMS];
  return items == VALUE_NONE ? NULL : iotpy_fields(items);
}
uint32_t iotpy_tuple_length(value tuple) {
  uint32_t header = *iotpy_words(tuple);
  return header_words(header) - 1 - (header_flags(header) & FLAG_DERIVED) / 2;  // class and fields stand behind the items
}
value *iotpy_tuple_items(value tuple) { return (value *)iotpy_words(tuple) + 1; }

bool iotpy_sequence(value v, value **items, uint32_t *count) {
  if (is_object(v, O_LIST)) {
    *items = iotpy_list_items(v);
    *count = iotpy_list_length(v);
    return true;
  }
  if (!is_object(v, O_TUPLE)) return false;
  *items = iotpy_tuple_items(v);
  *count = iotpy_tuple_length(v);
  return true;
}

static void set_length(value list, uint32_t length) { iotpy_fields(list)[LIST_LENGTH] = from_int((int32_t)length); }

// Makes the list `length` long; new items are None.
static bool list_resize(root list, uint32_t length) {
  uint32_t old = iotpy_list_length(*list);
  if (length > old && !iotpy_array_reserve(list, LIST_ITEMS, length)) return false;
  value v = *list;
  for (uint32_t i = length; i < old; i++) iotpy_list_items(v)[i] = VALUE_NONE;
  set_length(v, length);
  return true;
}

bool iotpy_list_append(root list, root item) {
  value v = *list;
  uint32_t length = iotpy_list_length(v);
  value items = iotpy_fields(v)[LIST_ITEMS];
  if (items == VALUE_NONE || header_words(*iotpy_words(items)) - 1 <= length) {
    bool ahead = iotpy_array_reserve(list, LIST_ITEMS, grown(length));
    if (!ahead) iotpy_clear();
    if (!ahead && !iotpy_array_reserve(list, LIST_ITEMS, length + 1 + TRACEBACK_WORDS)) return false;
    if (!ahead) iotpy_shrink(iotpy_fields(*list)[LIST_ITEMS], length + 2);  // the rest is for the traceback when memory runs out
    v = *list;
  }
  iotpy_list_items(v)[length] = *item;
  set_length(v, length + 1);
  return true;
}

// ---- concatenation, repetition
static value concat(root left, root right, bool list) {
  value *items;
  uint32_t a, b;
  iotpy_sequence(*left, &items, &a);
  iotpy_sequence(*right, &items, &b);
  value v = list ? iotpy_list(0, 0) : iotpy_new(O_TUPLE, 0, a + b + 1);
  if (!v) return VALUE_ERROR;
  root result = iotpy_push(v);
  if (list && !list_resize(result, a + b)) return VALUE_ERROR;
  v = *result;
  value *out = list ? iotpy_list_items(v) : iotpy_tuple_items(v);
  iotpy_sequence(*left, &items, &a);
  if (a > 0) __builtin_memcpy(out, items, 4 * a);
  iotpy_sequence(*right, &items, &b);
  if (b > 0) __builtin_memcpy(out + a, items, 4 * b);
  iotpy_pop(result);
  return v;
}

value iotpy_list_concat(root left, root right) { return concat(left, right, true); }
value iotpy_tuple_concat(root left, root right) { return concat(left, right, false); }

static value too_long(void) { return iotpy_raise(T_MemoryError, ""); }

static value repeat_items(root sequence, uint32_t count, bool list, bool in_place) {
  value *items;
  uint32_t length;
  iotpy_sequence(*sequence, &items, &length);
  if ((uint64_t)length * count > IOTPY_OBJECT_WORDS_MAX) return too_long();
  uint32_t total = length * count;
  value v = in_place ? *sequence : list ? iotpy_list(0, 0) : iotpy_new(O_TUPLE, 0, total + 1);
  if (!v) return VALUE_ERROR;
  root result = iotpy_push(v);
  if (list && !list_resize(result, total)) return VALUE_ERROR;
  v = *result;
  iotpy_sequence(*sequence, &items, &length);
  value *out = list ? iotpy_list_items(v) : iotpy_tuple_items(v);
  if (in_place) items = out, length = count > 0 ? total / count : 0;
  for (uint32_t i = in_place ? 1 : 0; i < count && length > 0; i++) __builtin_memcpy(out + i * length, items, 4 * length);
  iotpy_pop(result);
  return v;
}

static value repeat_raw(root sequence, uint32_t count) {
  const uint8_t *data;
  uint32_t bytes;
  value v = *sequence;
  bool string = is_string(v), array = is_object(v, O_BYTEARRAY);
  if (string) bytes = iotpy_text(v).bytes;
  else iotpy_bytes_view(v, &data, &bytes);
  if (bytes == 0) count = 0;
  if ((uint64_t)bytes * count > 4ull * IOTPY_OBJECT_WORDS_MAX) return too_long();
  value made = string ? iotpy_string_room(bytes * count, iotpy_text(v).ascii) : iotpy_raw(array ? O_BUFFER : O_BYTES, bytes * count);
  if (!made) return VALUE_ERROR;
  uint8_t *out = (uint8_t *)iotpy_fields(made);
  v = *sequence;
  if (string) data = iotpy_text(v).data;
  else iotpy_bytes_view(v, &data, &bytes);
  for (uint32_t i = 0; i < count; i++, out += bytes) if (bytes > 0) __builtin_memcpy(out, data, bytes);
  if (!array) return made;
  root buffer = iotpy_push(made);
  value result = iotpy_new(O_BYTEARRAY, 0, 3);
  if (!result) return VALUE_ERROR;
  iotpy_fields(result)[0] = from_int((int32_t)(bytes * count));
  iotpy_fields(result)[1] = *buffer;
  iotpy_pop(buffer);
  return result;
}

value iotpy_repeat(root sequence, int32_t count, bool in_place) {
  value v = *sequence;
  uint32_t times = count < 0 ? 0 : (uint32_t)count;
  if (is_object(v, O_LIST)) return repeat_items(sequence, times, true, in_place);
  if (is_object(v, O_TUPLE)) return times == 1 && !is_derived(*iotpy_words(v)) ? v : repeat_items(sequence, times, false, false);
  value result = repeat_raw(sequence, times);
  if (!result || !in_place || !is_object(v = *sequence, O_BYTEARRAY)) return result;
  for (uint32_t i = 0; i < 2; i++) iotpy_fields(v)[i] = iotpy_fields(result)[i];
  return v;
}

// ---- indexes and slices
static bool bound(value v, int32_t *out) { return v == VALUE_NONE || v == VALUE_UNBOUND || iotpy_to_index_clamped(v, out); }

static int32_t clamp(int32_t i, int32_t length, int32_t low, int32_t high) {
  if (i < 0) i = i < -length ? low : i + length;
  return i < low ? low : i > high ? high : i;
}

static bool bad_bound(value v) {
  if (v == VALUE_NONE || v == VALUE_UNBOUND || is_integer(v) || is_bool(v)) return false;
  iotpy_raise(T_TypeError, "slice indices must be integers or None or have an __index__ method");
  return true;
}

bool iotpy_bounds(root words, uint32_t length, struct bounds *out) {
  value start = *words, stop = words[1], step = words[2];
  if (bad_bound(start) || bad_bound(stop) || bad_bound(step)) return false;
  int32_t n = (int32_t)length;
  *out = (struct bounds){0, n, 1, 0};
  if (!bound(step, &out->step)) return false;
  if (out->step == 0) return iotpy_raise(T_ValueError, "slice step cannot be zero"), false;
  if (out->step < -INT32_MAX) out->step = -INT32_MAX;
  bool back = out->step < 0;
  int32_t low = back ? -1 : 0, high = back ? n - 1 : n;
  out->start = back ? n - 1 : 0;
  out->stop = back ? -1 : n;
  if (start != VALUE_NONE && start != VALUE_UNBOUND) { bound(start, &out->start); out->start = clamp(out->start, n, low, high); }
  if (stop != VALUE_NONE && stop != VALUE_UNBOUND) { bound(stop, &out->stop); out->stop = clamp(out->stop, n, low, high); }
  if (back && out->stop < out->start) out->count = (uint32_t)((out->start - out->stop - 1) / -out->step + 1);
  if (!back && out->start < out->stop) out->count = (uint32_t)((out->stop - out->start - 1) / out->step + 1);
  return true;
}

bool iotpy_item_index(value key, uint32_t length, const char *what, uint32_t *out) {
  int32_t i;
  if (is_int(key)) i = int_of(key);
  else if (!is_integer(key) && !is_bool(key)) {
    iotpy_raise(T_TypeError, "%s indices must be integers or slices, not %t", what, key);
    return false;
  } else iotpy_to_index_clamped(key, &i);
  if (i < 0) i += (int32_t)length;
  *out = (uint32_t)i;
  if (i >= 0 && (uint32_t)i < length) return true;
  iotpy_raise(T_IndexError, "%s index out of range", what);
  return false;
}

bool iotpy_range_arguments(root arguments, uint32_t first, uint32_t length, uint32_t *start, uint32_t *end) {
  int32_t n = (int32_t)length, from = 0, to = n;
  value a = arguments[first], b = arguments[first + 1];
  if (bad_bound(a) || bad_bound(b)) return false;
  bound(a, &from);
  bound(b, &to);
  *start = from > n ? (uint32_t)from : (uint32_t)clamp(from, n, 0, n);
  *end = (uint32_t)clamp(to, n, 0, n);
  return true;
}

value sequence_slice(root sequence, root bounds) {
  struct bounds s;
  value *items;
  uint32_t length;
  bool list = is_object(*sequence, O_LIST);
  iotpy_sequence(*sequence, &items, &length);
  if (!iotpy_bounds(bounds, length, &s)) return VALUE_ERROR;
  value v = list ? iotpy_list(0, 0) : iotpy_new(O_TUPLE, 0, s.count + 1);
  if (!v) return VALUE_ERROR;
  root result = iotpy_push(v);
  if (list && !list_resize(result, s.count)) return VALUE_ERROR;
  v = *result;
  iotpy_sequence(*sequence, &items, &length);
  value *out = list ? iotpy_list_items(v) : iotpy_tuple_items(v);
  for (uint32_t i = 0; i < s.count; i++) out[i] = items[s.start + (int32_t)i * s.step];
  iotpy_pop(result);
  return v;
}

// Puts `added` items (copied from roots or a list) in place of items start..start+removed.
static bool splice(root list, uint32_t start, uint32_t removed, root source, uint32_t added) {
  uint32_t old = iotpy_list_length(*list), length = old - removed + added;
  if (length > old && !list_resize(list, length)) return false;
  value v = *list, *items = iotpy_list_items(v);
  if (old > start + removed) __builtin_memmove(items + start + added, items + start + removed, 4 * (old - start - removed));
  if (length < old) list_resize(list, length);
  if (added > 0) __builtin_memcpy(items + start, iotpy_list_items(*source), 4 * added);
  return true;
}

bool list_set_slice(root list, root bounds, root item) {
  struct bounds s;
  value made = iotpy_list_of(item);  // a copy, which may be the list itself
  if (made == VALUE_TWIN) iotpy_raise(T_TypeError, "only a list, tuple or other built-in iterable can be assigned to a slice; write list(...) around it");
  if (made == VALUE_TWIN || !made) return false;
  root source = iotpy_push(made);
  if (!iotpy_bounds(bounds, iotpy_list_length(*list), &s)) return false;
  uint32_t added = iotpy_list_length(*source);
  bool ok = true;
  if (s.step == 1) ok = splice(list, (uint32_t)s.start, s.count, source, added);
  else if (added != s.count) ok = iotpy_raise(T_ValueError, "attempt to assign sequence of size %u to extended slice of size %u", added, s.count);
  else for (uint32_t i = 0; i < s.count; i++) iotpy_list_items(*list)[s.start + (int32_t)i * s.step] = iotpy_list_items(*source)[i];
  iotpy_pop(source);
  return ok;
}

bool list_delete_slice(root list, root bounds) {
  struct bounds s;
  value v = *list;
  uint32_t length = iotpy_list_length(v);
  if (!iotpy_bounds(bounds, length, &s)) return false;
  if (s.step < 0 && s.count > 0) {
    s.start += (int32_t)(s.count - 1) * s.step;
    s.step = -s.step;
  }
  value *items = iotpy_list_items(v);
  uint32_t kept = (uint32_t)s.start;
  for (uint32_t i = kept, gone = 0; i < length; i++) {
    if (gone < s.count && i == (uint32_t)s.start + gone * (uint32_t)s.step) gone++;
    else items[kept++] = items[i];
  }
  return s.count == 0 || list_resize(list, kept);
}

void list_remove_at(root list, uint32_t i) { splice(list, i, 1, 0, 0); }

value iotpy_list_of(root iterable) {
  value *items;
  uint32_t count;
  value v = iotpy_list(0, 0);
  if (!v) return VALUE_ERROR;
  root result = iotpy_push(v);
  if (iotpy_sequence(*iterable, &items, &count)) {
    if (!list_resize(result, count)) return VALUE_ERROR;
    iotpy_sequence(*iterable, &items, &count);
    if (count > 0) __builtin_memcpy(iotpy_list_items(*result), items, 4 * count);
  } else {
    value extended = iotpy_list_extend(result, iterable);
    if (extended == VALUE_ERROR) return VALUE_ERROR;
    if (extended == VALUE_TWIN) { iotpy_pop(result); return VALUE_TWIN; }
  }
  v = *result;
  iotpy_pop(result);
  return v;
}

value iotpy_list_extend(root list, root iterable) {
  value *items;
  uint32_t count;
  if (iotpy_sequence(*iterable, &items, &count)) {
    uint32_t length = iotpy_list_length(*list);
    if (!list_resize(list, length + count)) return VALUE_ERROR;
    iotpy_sequence(*iterable, &items, &count);
    if (*iterable == *list) count = length;
    if (count > 0) __builtin_memmove(iotpy_list_items(*list) + length, items, 4 * count);
    return *list;
  }
  value made = iotpy_iterator(iterable);
  if (!made || made == VALUE_TWIN) return made;
  root iterator = iotpy_push(made), item = iotpy_push(VALUE_NONE);
  for (bool first = true;; first = false) {
    value next = iotpy_iterate(iterator);
    if (next == VALUE_STOP) break;
    if (next == VALUE_TWIN && !first) next = iotpy_raise(T_RuntimeError, "an iterator changed its kind");
    if (next == VALUE_TWIN) { iotpy_pop(iterator); return VALUE_TWIN; }
    if (!next) return VALUE_ERROR;
    *item = next;
    if (!iotpy_list_append(list, item)) return VALUE_ERROR;
  }
  iotpy_pop(iterator);
  return *list;
}

// ---- methods
value native_list_dot_append(root arguments, uint32_t count) {
  (void)count;
  return iotpy_list_append(arguments, arguments + 1) ? VALUE_NONE : VALUE_ERROR;
}

value native_list_dot_clear(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0];
  iotpy_fields(v)[LIST_LENGTH] = from_int(0);
  iotpy_fields(v)[LIST_ITEMS] = VALUE_NONE;
  return VALUE_NONE;
}

value native_list_dot_copy(root arguments, uint32_t count) {
  (void)count;
  return iotpy_list_of(arguments);
}

// Index of the first item in from..to that equals argument 1; `to` when none; -1 error, -2 twin.
static int32_t find_item(root arguments, uint32_t from, uint32_t to) {
  for (uint32_t i = from; i < to; i++) {
    value *items;
    uint32_t length;
    iotpy_sequence(arguments[0], &items, &length);
    if (i >= length) break;
    int equal = items[i] == arguments[1] ? 1 : iotpy_equal(items[i], arguments[1]);
    if (equal < 0) return -1;
    if (equal == 2) return -2;
    if (equal) return (int32_t)i;
  }
  return (int32_t)to;
}

static value count_items(root arguments) {
  value *items;
  uint32_t length;
  int32_t found = 0;
  iotpy_sequence(arguments[0], &items, &length);
  for (uint32_t i = 0; i < length; i++) {
    iotpy_sequence(arguments[0], &items, &length);
    int equal = items[i] == arguments[1] ? 1 : iotpy_equal(items[i], arguments[1]);
    if (equal < 0) return VALUE_ERROR;
    if (equal == 2) return VALUE_TWIN;
    found += equal;
  }
  return from_int(found);
}

static value index_item(root arguments, const char *what) {
  value *items;
  uint32_t length, from, to;
  iotpy_sequence(arguments[0], &items, &length);
  if (!iotpy_range_arguments(arguments, 2, length, &from, &to)) return VALUE_ERROR;
  int32_t found = find_item(arguments, from, to);
  if (found == -2) return VALUE_TWIN;
  if (found == -1) return VALUE_ERROR;
  if (from < to && (uint32_t)found < to) return from_int(found);
  if (what[0] == 't') return iotpy_raise(T_ValueError, "tuple.index(x): x not in tuple");
  return iotpy_raise(T_ValueError, "%r is not in list", arguments[1]);
}

value native_list_dot_count(root arguments, uint32_t count) {
  (void)count;
  return count_items(arguments);
}
value native_list_dot_index(root arguments, uint32_t count) {
  (void)count;
  return index_item(arguments, "list");
}
value native_tuple_dot_count(root arguments, uint32_t count) {
  (void)count;
  return count_items(arguments);
}
value native_tuple_dot_index(root arguments, uint32_t count) {
  (void)count;
  return index_item(arguments, "tuple");
}

value native_list_dot_extend(root arguments, uint32_t count) {
  (void)count;
  value extended = iotpy_list_extend(arguments, arguments + 1);
  return extended == VALUE_ERROR || extended == VALUE_TWIN ? extended : VALUE_NONE;
}

value native_list_dot_insert(root arguments, uint32_t count) {
  (void)count;
  int32_t at;
  if (!iotpy_to_index_clamped(arguments[1], &at)) return VALUE_ERROR;
  uint32_t length = iotpy_list_length(arguments[0]);
  at = clamp(at, (int32_t)length, 0, (int32_t)length);
  if (!iotpy_list_append(arguments, arguments + 2)) return VALUE_ERROR;
  value *items = iotpy_list_items(arguments[0]);
  __builtin_memmove(items + at + 1, items + at, 4 * (length - (uint32_t)at));
  items[at] = arguments[2];
  return VALUE_NONE;
}

value native_list_dot_pop(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0], key = arguments[1];
  uint32_t length = iotpy_list_length(v), at = length - 1;
  if (length == 0) return iotpy_raise(T_IndexError, "pop from empty list");
  if (key != VALUE_UNBOUND && !iotpy_item_index(key, length, "pop", &at)) return VALUE_ERROR;
  value item = iotpy_list_items(v)[at];
  list_remove_at(arguments, at);
  return item;
}

value native_list_dot_remove(root arguments, uint32_t count) {
  (void)count;
  uint32_t length = iotpy_list_length(arguments[0]);
  int32_t found = find_item(arguments, 0, length);
  if (found < 0) return found == -2 ? VALUE_TWIN : VALUE_ERROR;
  if ((uint32_t)found == length) return iotpy_raise(T_ValueError, "list.remove(x): x not in list");
  list_remove_at(arguments, (uint32_t)found);
  return VALUE_NONE;
}

value native_list_dot_reverse(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0], *items = iotpy_list_items(v);
  for (uint32_t i = 0, j = iotpy_list_length(v); i + 1 < j; i++) {
    value kept = items[i];
    items[i] = items[--j];
    items[j] = kept;
  }
  return VALUE_NONE;
}
