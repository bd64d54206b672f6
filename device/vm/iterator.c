// Iterators over built-in values: an O_ITERATOR has a kind, its source, a position and something the kind needs besides.
#include "sequences.h"
#include "table.h"

bool range_parts(vm_t *vm, value v, int64_t *start, int64_t *step, int64_t *length);
value range_item(vm_t *vm, value v, value key);

static value make(vm_t *vm, enum iterator_kind kind, root source, value position, value extra) {
  root kept = iotpy_push(vm, position), more = iotpy_push(vm, extra);
  value v = iotpy_new(vm, O_ITERATOR, 0, ITERATOR_WORDS + 1);
  if (!v) return VALUE_ERROR;
  value *fields = iotpy_fields(vm, v);
  fields[ITERATOR_KIND] = from_int((int32_t)kind);
  fields[ITERATOR_SOURCE] = iotpy_get(vm, source);
  fields[ITERATOR_POSITION] = iotpy_get(vm, kept);
  fields[ITERATOR_EXTRA] = iotpy_get(vm, more);
  iotpy_pop(vm, kept);
  return v;
}

static value over_range(vm_t *vm, root source) {
  int64_t start, step, length;
  if (!range_parts(vm, iotpy_get(vm, source), &start, &step, &length)) return VALUE_ERROR;
  value remaining = iotpy_integer(vm, length);
  if (!remaining) return VALUE_ERROR;
  return make(vm, ITERATE_RANGE, source, iotpy_fields(vm, iotpy_get(vm, source))[0], remaining);
}

static value over_view(vm_t *vm, root source) {
  const value *fields = iotpy_fields(vm, iotpy_get(vm, source));
  enum iterator_kind kind = ITERATE_KEYS + (enum iterator_kind)int_of(fields[0]);
  root dict = iotpy_push(vm, fields[1]);
  value v = make(vm, kind, dict, from_int(0), from_int((int32_t)table_live(vm, iotpy_get(vm, dict))));
  if (v) iotpy_pop(vm, dict);
  return v;
}

value iotpy_iterator(vm_t *vm, root source) {
  value v = iotpy_get(vm, source);
  if (is_string(vm, v)) return make(vm, ITERATE_STR, source, from_int(0), VALUE_NONE);
  if (is_ref(v) || is_constant(v, KIND_CONSTANT)) {
    switch (header_type(*iotpy_words(vm, v))) {
      case O_LIST:
      case O_TUPLE: return make(vm, ITERATE_SEQUENCE, source, from_int(0), VALUE_NONE);
      case O_BYTES:
      case O_BYTEARRAY: return make(vm, ITERATE_BYTES, source, from_int(0), VALUE_NONE);
      case O_RANGE: return over_range(vm, source);
      case O_DICT:
      case O_SET: return make(vm, ITERATE_KEYS, source, from_int(0), from_int((int32_t)table_live(vm, v)));
      case O_VIEW: return over_view(vm, source);
      case O_ITERATOR: return v;
      case O_GENERATOR: return VALUE_TWIN;
      default:
        if (iotpy_defines(vm, v, STR___iter__) || iotpy_defines(vm, v, STR___getitem__)) return VALUE_TWIN;
    }
  }
  return iotpy_raise(vm, T_TypeError, "'%t' object is not iterable", v);
}

// ---- stepping
static value *fields_of(vm_t *vm, root iterator) { return iotpy_fields(vm, iotpy_get(vm, iterator)); }

static value finish(vm_t *vm, root iterator) {
  value *fields = fields_of(vm, iterator);
  fields[ITERATOR_KIND] = from_int(ITERATE_DONE);
  fields[ITERATOR_SOURCE] = VALUE_NONE;
  return VALUE_STOP;
}

static value step_sequence(vm_t *vm, root iterator) {
  value *fields = fields_of(vm, iterator), *items;
  uint32_t length, i = (uint32_t)int_of(fields[ITERATOR_POSITION]);
  iotpy_sequence(vm, fields[ITERATOR_SOURCE], &items, &length);
  if (i >= length) return finish(vm, iterator);
  fields[ITERATOR_POSITION] = from_int((int32_t)i + 1);
  return items[i];
}

static value step_reversed(vm_t *vm, root iterator) {
  value *fields = fields_of(vm, iterator), *items;
  uint32_t length;
  int32_t i = int_of(fields[ITERATOR_POSITION]) - 1;
  iotpy_sequence(vm, fields[ITERATOR_SOURCE], &items, &length);
  if (i < 0 || (uint32_t)i >= length) return finish(vm, iterator);
  fields[ITERATOR_POSITION] = from_int(i);
  return items[i];
}

static value step_str(vm_t *vm, root iterator) {
  value *fields = fields_of(vm, iterator);
  text t = iotpy_text(vm, fields[ITERATOR_SOURCE]);
  uint32_t from = (uint32_t)int_of(fields[ITERATOR_POSITION]), to = from;
  if (from >= t.bytes) return finish(vm, iterator);
  utf8_read(t.data, &to);
  fields[ITERATOR_POSITION] = from_int((int32_t)to);
  root source = iotpy_push(vm, fields[ITERATOR_SOURCE]);
  value v = string_part(vm, source, from, to - from);
  if (v) iotpy_pop(vm, source);
  return v;
}

static value step_bytes(vm_t *vm, root iterator) {
  value *fields = fields_of(vm, iterator);
  const uint8_t *data;
  uint32_t bytes, i = (uint32_t)int_of(fields[ITERATOR_POSITION]);
  iotpy_bytes_view(vm, fields[ITERATOR_SOURCE], &data, &bytes);
  if (i >= bytes) return finish(vm, iterator);
  fields[ITERATOR_POSITION] = from_int((int32_t)i + 1);
  return from_int(data[i]);
}

static value step_range(vm_t *vm, root iterator) {
  value *fields = fields_of(vm, iterator);
  int64_t remaining, number, step;
  iotpy_to_int64(vm, fields[ITERATOR_EXTRA], &remaining);
  iotpy_to_int64(vm, fields[ITERATOR_POSITION], &number);
  iotpy_to_int64(vm, iotpy_fields(vm, fields[ITERATOR_SOURCE])[2], &step);
  if (remaining <= 0) return finish(vm, iterator);
  root result = iotpy_push(vm, fields[ITERATOR_POSITION]);
  value next = iotpy_integer(vm, remaining > 1 ? number + step : number);
  if (!next) return VALUE_ERROR;
  fields_of(vm, iterator)[ITERATOR_POSITION] = next;
  value less = iotpy_integer(vm, remaining - 1);
  if (!less) return VALUE_ERROR;
  fields_of(vm, iterator)[ITERATOR_EXTRA] = less;
  next = iotpy_get(vm, result);
  iotpy_pop(vm, result);
  return next;
}

static value step_table(vm_t *vm, root iterator, enum iterator_kind kind) {
  value *fields = fields_of(vm, iterator), *entry;
  value table = fields[ITERATOR_SOURCE];
  uint32_t position = (uint32_t)int_of(fields[ITERATOR_POSITION]);
  if ((int32_t)table_live(vm, table) != int_of(fields[ITERATOR_EXTRA]))
    return iotpy_raise(vm, T_RuntimeError, is_object(vm, table, O_DICT) ? "dictionary changed size during iteration" : "Set changed size during iteration");
  if (!table_next(vm, table, &position, &entry)) return finish(vm, iterator);
  fields[ITERATOR_POSITION] = from_int((int32_t)position);
  if (kind == ITERATE_KEYS) return entry[0];
  if (kind == ITERATE_VALUES) return entry[1];
  root item = iotpy_push(vm, entry[1]), key = iotpy_push(vm, entry[0]);
  value pair = iotpy_tuple(vm, key, 2);
  if (pair) iotpy_pop(vm, item);
  return pair;
}

static value step_enumerate(vm_t *vm, root iterator) {
  root inner = iotpy_push(vm, fields_of(vm, iterator)[ITERATOR_SOURCE]);
  value next = iotpy_iterate(vm, inner);
  if (next == VALUE_ERROR || next == VALUE_TWIN) return next;
  iotpy_pop(vm, inner);
  if (next == VALUE_STOP) return finish(vm, iterator);
  root item = iotpy_push(vm, next), number = iotpy_push(vm, fields_of(vm, iterator)[ITERATOR_POSITION]), one = iotpy_push(vm, from_int(1));
  value following = iotpy_binary(vm, OP_ADD_, number, one, false);
  if (!following) return VALUE_ERROR;
  fields_of(vm, iterator)[ITERATOR_POSITION] = following;
  iotpy_pop(vm, one);
  value pair = iotpy_tuple(vm, number, 2);
  if (pair) iotpy_pop(vm, item);
  return pair;
}

static value unequal_lengths(vm_t *vm, uint32_t i, bool shorter) {
  return iotpy_raise(vm, T_ValueError, "zip() argument %u is %s than argument%s%u", i + 1, shorter ? "shorter" : "longer", i > 1 ? "s 1-" : " ", i);
}

// Is there another item anywhere behind the one that ended?
static value end_zip(vm_t *vm, root iterator, uint32_t ended) {
  if (fields_of(vm, iterator)[ITERATOR_EXTRA] != VALUE_TRUE) return finish(vm, iterator);
  if (ended > 0) return unequal_lengths(vm, ended, true);
  root inner = iotpy_push(vm, VALUE_NONE);
  value sources = fields_of(vm, iterator)[ITERATOR_SOURCE];
  for (uint32_t i = 1; i < iotpy_tuple_length(vm, sources); i++) {
    iotpy_put(vm, inner, iotpy_tuple_items(vm, fields_of(vm, iterator)[ITERATOR_SOURCE])[i]);
    value next = iotpy_iterate(vm, inner);
    if (next == VALUE_ERROR) return next;
    if (next != VALUE_STOP) return unequal_lengths(vm, i, false);
  }
  iotpy_pop(vm, inner);
  return finish(vm, iterator);
}

static value step_zip(vm_t *vm, root iterator) {
  uint32_t count = iotpy_tuple_length(vm, fields_of(vm, iterator)[ITERATOR_SOURCE]);
  if (count == 0) return finish(vm, iterator);
  value made = iotpy_new(vm, O_TUPLE, 0, count + 1);
  if (!made) return VALUE_ERROR;
  root tuple = iotpy_push(vm, made), inner = iotpy_push(vm, VALUE_NONE);
  for (uint32_t i = 0; i < count; i++) {
    iotpy_put(vm, inner, iotpy_tuple_items(vm, fields_of(vm, iterator)[ITERATOR_SOURCE])[i]);
    value next = iotpy_iterate(vm, inner);
    if (next == VALUE_ERROR || next == VALUE_TWIN) return next;
    if (next == VALUE_STOP) {
      iotpy_pop(vm, tuple);
      return end_zip(vm, iterator, i);
    }
    iotpy_tuple_items(vm, iotpy_get(vm, tuple))[i] = next;
  }
  made = iotpy_get(vm, tuple);
  iotpy_pop(vm, tuple);
  return made;
}

#define STEPS_BETWEEN_LOOKS 1024u  // at the clock: some milliseconds on a board
value iotpy_iterate(vm_t *vm, root iterator) {
  value v = iotpy_get(vm, iterator);
  if (!is_object(vm, v, O_ITERATOR)) {
    if (is_object(vm, v, O_GENERATOR) || is_object(vm, v, O_INSTANCE)) return VALUE_TWIN;
    return iotpy_raise(vm, T_TypeError, "'%t' object is not an iterator", v);
  }
  if ((++vm->steps & (STEPS_BETWEEN_LOOKS - 1)) == 0 && iotpy_port_overdue(vm->host)) return iotpy_raise(vm, T_TimeoutError, "the call has had its time");
  enum iterator_kind kind = (enum iterator_kind)int_of(iotpy_fields(vm, v)[ITERATOR_KIND]);
  switch (kind) {
    case ITERATE_SEQUENCE: return step_sequence(vm, iterator);
    case ITERATE_STR: return step_str(vm, iterator);
    case ITERATE_BYTES: return step_bytes(vm, iterator);
    case ITERATE_RANGE: return step_range(vm, iterator);
    case ITERATE_KEYS:
    case ITERATE_VALUES:
    case ITERATE_ITEMS: return step_table(vm, iterator, kind);
    case ITERATE_REVERSED: return step_reversed(vm, iterator);
    case ITERATE_ENUMERATE: return step_enumerate(vm, iterator);
    case ITERATE_ZIP: return step_zip(vm, iterator);
    default: return VALUE_STOP;
  }
}

value iotpy_give_back(vm_t *vm, root argument, root iterator, root taken, uint32_t count) {
  if (!is_object(vm, iotpy_get(vm, argument), O_ITERATOR)) return VALUE_TWIN;
  value made = iotpy_list(vm, taken, count);
  if (!made) return VALUE_ERROR;
  root list = iotpy_push(vm, made);
  if (!iotpy_list_extend(vm, list, iterator)) return VALUE_ERROR;
  iotpy_put(vm, argument, iotpy_get(vm, list));
  return VALUE_TWIN;
}

// ---- the functions that make them
value native_enumerate(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value start = argument(vm, arguments, 1);
  if (start == VALUE_UNBOUND) iotpy_put(vm, arguments + 1, start = from_int(0));
  if (!is_integer(vm, start)) return iotpy_raise(vm, T_TypeError, "'%t' object cannot be interpreted as an integer", start);
  value inner = iotpy_iterator(vm, arguments);
  if (!inner || inner == VALUE_TWIN) return inner;
  root source = iotpy_push(vm, inner);
  value v = make(vm, ITERATE_ENUMERATE, source, argument(vm, arguments, 1), VALUE_NONE);
  if (v) iotpy_pop(vm, source);
  return v;
}

value native_zip(vm_t *vm, root arguments, uint32_t count) {
  uint32_t sources = count - 1;  // the last argument is `strict`
  value strict = from_bool(argument(vm, arguments, sources) != VALUE_UNBOUND && iotpy_truth(vm, argument(vm, arguments, sources)) == 1);
  for (uint32_t i = 0; i < sources; i++) {
    value v = argument(vm, arguments, i);
    if (is_object(vm, v, O_GENERATOR) || is_object(vm, v, O_INSTANCE)) return VALUE_TWIN;
  }
  value made = iotpy_new(vm, O_TUPLE, 0, sources + 1);
  if (!made) return VALUE_ERROR;
  root tuple = iotpy_push(vm, made);
  for (uint32_t i = 0; i < sources; i++) {
    value inner = iotpy_iterator(vm, arguments + i);
    if (!inner || inner == VALUE_TWIN) return inner;
    iotpy_tuple_items(vm, iotpy_get(vm, tuple))[i] = inner;
  }
  made = make(vm, ITERATE_ZIP, tuple, from_int(0), strict);
  if (made) iotpy_pop(vm, tuple);
  return made;
}

value native_reversed(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value v = argument(vm, arguments, 0), *items;
  uint32_t length;
  if (is_object(vm, v, O_INSTANCE)) return VALUE_TWIN;
  if (is_object(vm, v, O_GENERATOR) || is_object(vm, v, O_ITERATOR) || is_set(vm, v) || iotpy_is_number(vm, v) || v == VALUE_NONE)
    return iotpy_raise(vm, T_TypeError, "'%t' object is not reversible", v);
  if (!iotpy_sequence(vm, v, &items, &length)) {
    value list = iotpy_list_of(vm, arguments);
    if (!list || list == VALUE_TWIN) return list;
    iotpy_put(vm, arguments, list);
    iotpy_sequence(vm, list, &items, &length);
  }
  return make(vm, ITERATE_REVERSED, arguments, from_int((int32_t)length), VALUE_NONE);
}

value native_map(vm_t *vm, root arguments, uint32_t count) { (void)vm; (void)arguments; (void)count; return VALUE_TWIN; }
value native_filter(vm_t *vm, root arguments, uint32_t count) { (void)vm; (void)arguments; (void)count; return VALUE_TWIN; }
