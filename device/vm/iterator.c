// Iterators over built-in values: an O_ITERATOR has a kind, its source, a position and something the kind needs besides.
#include "sequences.h"
#include "table.h"

bool range_parts(value v, int64_t *start, int64_t *step, int64_t *length);
value range_item(value v, value key);

static value make(enum iterator_kind kind, root source, value position, value extra) {
  root kept = iotpy_push(position), more = iotpy_push(extra);
  value v = iotpy_new(O_ITERATOR, 0, ITERATOR_WORDS + 1);
  if (!v) return VALUE_ERROR;
  value *fields = iotpy_fields(v);
  fields[ITERATOR_KIND] = from_int((int32_t)kind);
  fields[ITERATOR_SOURCE] = *source;
  fields[ITERATOR_POSITION] = *kept;
  fields[ITERATOR_EXTRA] = *more;
  iotpy_pop(kept);
  return v;
}

static value over_range(root source) {
  int64_t start, step, length;
  if (!range_parts(*source, &start, &step, &length)) return VALUE_ERROR;
  value remaining = iotpy_integer(length);
  if (!remaining) return VALUE_ERROR;
  return make(ITERATE_RANGE, source, iotpy_fields(*source)[0], remaining);
}

static value over_view(root source) {
  const value *fields = iotpy_fields(*source);
  enum iterator_kind kind = ITERATE_KEYS + (enum iterator_kind)int_of(fields[0]);
  root dict = iotpy_push(fields[1]);
  value v = make(kind, dict, from_int(0), from_int((int32_t)table_live(*dict)));
  if (v) iotpy_pop(dict);
  return v;
}

value iotpy_iterator(root source) {
  value v = *source;
  if (is_string(v)) return make(ITERATE_STR, source, from_int(0), VALUE_NONE);
  if (is_ref(v) || is_constant(v, KIND_CONSTANT)) {
    switch (header_type(*iotpy_words(v))) {
      case O_LIST:
      case O_TUPLE: return make(ITERATE_SEQUENCE, source, from_int(0), VALUE_NONE);
      case O_BYTES:
      case O_BYTEARRAY: return make(ITERATE_BYTES, source, from_int(0), VALUE_NONE);
      case O_RANGE: return over_range(source);
      case O_DICT:
      case O_SET: return make(ITERATE_KEYS, source, from_int(0), from_int((int32_t)table_live(v)));
      case O_VIEW: return over_view(source);
      case O_ITERATOR: return v;
      case O_GENERATOR: return VALUE_TWIN;
      default:
        if (iotpy_defines(v, STR___iter__) || iotpy_defines(v, STR___getitem__)) return VALUE_TWIN;
    }
  }
  return iotpy_raise(T_TypeError, "'%t' object is not iterable", v);
}

// ---- stepping
static value *fields_of(root iterator) { return iotpy_fields(*iterator); }

static value finish(root iterator) {
  value *fields = fields_of(iterator);
  fields[ITERATOR_KIND] = from_int(ITERATE_DONE);
  fields[ITERATOR_SOURCE] = VALUE_NONE;
  return VALUE_STOP;
}

static value step_sequence(root iterator) {
  value *fields = fields_of(iterator), *items;
  uint32_t length, i = (uint32_t)int_of(fields[ITERATOR_POSITION]);
  iotpy_sequence(fields[ITERATOR_SOURCE], &items, &length);
  if (i >= length) return finish(iterator);
  fields[ITERATOR_POSITION] = from_int((int32_t)i + 1);
  return items[i];
}

static value step_reversed(root iterator) {
  value *fields = fields_of(iterator), *items;
  uint32_t length;
  int32_t i = int_of(fields[ITERATOR_POSITION]) - 1;
  iotpy_sequence(fields[ITERATOR_SOURCE], &items, &length);
  if (i < 0 || (uint32_t)i >= length) return finish(iterator);
  fields[ITERATOR_POSITION] = from_int(i);
  return items[i];
}

static value step_str(root iterator) {
  value *fields = fields_of(iterator);
  text t = iotpy_text(fields[ITERATOR_SOURCE]);
  uint32_t from = (uint32_t)int_of(fields[ITERATOR_POSITION]), to = from;
  if (from >= t.bytes) return finish(iterator);
  utf8_read(t.data, &to);
  fields[ITERATOR_POSITION] = from_int((int32_t)to);
  root source = iotpy_push(fields[ITERATOR_SOURCE]);
  value v = string_part(source, from, to - from);
  if (v) iotpy_pop(source);
  return v;
}

static value step_bytes(root iterator) {
  value *fields = fields_of(iterator);
  const uint8_t *data;
  uint32_t bytes, i = (uint32_t)int_of(fields[ITERATOR_POSITION]);
  iotpy_bytes_view(fields[ITERATOR_SOURCE], &data, &bytes);
  if (i >= bytes) return finish(iterator);
  fields[ITERATOR_POSITION] = from_int((int32_t)i + 1);
  return from_int(data[i]);
}

static value step_range(root iterator) {
  value *fields = fields_of(iterator);
  int64_t remaining, number, step;
  iotpy_to_int64(fields[ITERATOR_EXTRA], &remaining);
  iotpy_to_int64(fields[ITERATOR_POSITION], &number);
  iotpy_to_int64(iotpy_fields(fields[ITERATOR_SOURCE])[2], &step);
  if (remaining <= 0) return finish(iterator);
  root result = iotpy_push(fields[ITERATOR_POSITION]);
  value next = iotpy_integer(remaining > 1 ? number + step : number);
  if (!next) return VALUE_ERROR;
  fields_of(iterator)[ITERATOR_POSITION] = next;
  value less = iotpy_integer(remaining - 1);
  if (!less) return VALUE_ERROR;
  fields_of(iterator)[ITERATOR_EXTRA] = less;
  next = *result;
  iotpy_pop(result);
  return next;
}

static value step_table(root iterator, enum iterator_kind kind) {
  value *fields = fields_of(iterator), *entry;
  value table = fields[ITERATOR_SOURCE];
  uint32_t position = (uint32_t)int_of(fields[ITERATOR_POSITION]);
  if ((int32_t)table_live(table) != int_of(fields[ITERATOR_EXTRA]))
    return iotpy_raise(T_RuntimeError, is_object(table, O_DICT) ? "dictionary changed size during iteration" : "Set changed size during iteration");
  if (!table_next(table, &position, &entry)) return finish(iterator);
  fields[ITERATOR_POSITION] = from_int((int32_t)position);
  if (kind == ITERATE_KEYS) return entry[0];
  if (kind == ITERATE_VALUES) return entry[1];
  root item = iotpy_push(entry[1]), key = iotpy_push(entry[0]);
  value pair = iotpy_tuple(key, 2);
  if (pair) iotpy_pop(item);
  return pair;
}

static value step_enumerate(root iterator) {
  root inner = iotpy_push(fields_of(iterator)[ITERATOR_SOURCE]);
  value next = iotpy_iterate(inner);
  if (next == VALUE_ERROR || next == VALUE_TWIN) return next;
  iotpy_pop(inner);
  if (next == VALUE_STOP) return finish(iterator);
  root item = iotpy_push(next), number = iotpy_push(fields_of(iterator)[ITERATOR_POSITION]), one = iotpy_push(from_int(1));
  value following = iotpy_binary(OP_ADD_, number, one, false);
  if (!following) return VALUE_ERROR;
  fields_of(iterator)[ITERATOR_POSITION] = following;
  iotpy_pop(one);
  value pair = iotpy_tuple(number, 2);
  if (pair) iotpy_pop(item);
  return pair;
}

static value unequal_lengths(uint32_t i, bool shorter) {
  return iotpy_raise(T_ValueError, "zip() argument %u is %s than argument%s%u", i + 1, shorter ? "shorter" : "longer", i > 1 ? "s 1-" : " ", i);
}

// Is there another item anywhere behind the one that ended?
static value end_zip(root iterator, uint32_t ended) {
  if (fields_of(iterator)[ITERATOR_EXTRA] != VALUE_TRUE) return finish(iterator);
  if (ended > 0) return unequal_lengths(ended, true);
  root inner = iotpy_push(VALUE_NONE);
  value sources = fields_of(iterator)[ITERATOR_SOURCE];
  for (uint32_t i = 1; i < iotpy_tuple_length(sources); i++) {
    *inner = iotpy_tuple_items(fields_of(iterator)[ITERATOR_SOURCE])[i];
    value next = iotpy_iterate(inner);
    if (next == VALUE_ERROR) return next;
    if (next != VALUE_STOP) return unequal_lengths(i, false);
  }
  iotpy_pop(inner);
  return finish(iterator);
}

static value step_zip(root iterator) {
  uint32_t count = iotpy_tuple_length(fields_of(iterator)[ITERATOR_SOURCE]);
  if (count == 0) return finish(iterator);
  value made = iotpy_new(O_TUPLE, 0, count + 1);
  if (!made) return VALUE_ERROR;
  root tuple = iotpy_push(made), inner = iotpy_push(VALUE_NONE);
  for (uint32_t i = 0; i < count; i++) {
    *inner = iotpy_tuple_items(fields_of(iterator)[ITERATOR_SOURCE])[i];
    value next = iotpy_iterate(inner);
    if (next == VALUE_ERROR || next == VALUE_TWIN) return next;
    if (next == VALUE_STOP) {
      iotpy_pop(tuple);
      return end_zip(iterator, i);
    }
    iotpy_tuple_items(*tuple)[i] = next;
  }
  made = *tuple;
  iotpy_pop(tuple);
  return made;
}

#define STEPS_BETWEEN_LOOKS 1024u  // at the clock: some milliseconds on a board
#define FUEL_OF_STEPS 64           // that they cost
bool iotpy_step(void) {
  if ((++vm->steps & (STEPS_BETWEEN_LOOKS - 1)) != 0) return true;
  vm->fuel -= FUEL_OF_STEPS;
  return !iotpy_port_overdue(vm->host) || iotpy_raise(T_TimeoutError, "the call has had its time");
}

value iotpy_iterate(root iterator) {
  value v = *iterator;
  if (!is_object(v, O_ITERATOR)) {
    if (is_object(v, O_GENERATOR) || is_object(v, O_INSTANCE)) return VALUE_TWIN;
    return iotpy_raise(T_TypeError, "'%t' object is not an iterator", v);
  }
  if (!iotpy_step()) return VALUE_ERROR;
  enum iterator_kind kind = (enum iterator_kind)int_of(iotpy_fields(v)[ITERATOR_KIND]);
  switch (kind) {
    case ITERATE_SEQUENCE: return step_sequence(iterator);
    case ITERATE_STR: return step_str(iterator);
    case ITERATE_BYTES: return step_bytes(iterator);
    case ITERATE_RANGE: return step_range(iterator);
    case ITERATE_KEYS:
    case ITERATE_VALUES:
    case ITERATE_ITEMS: return step_table(iterator, kind);
    case ITERATE_REVERSED: return step_reversed(iterator);
    case ITERATE_ENUMERATE:
    case ITERATE_ZIP:
      if (!iotpy_room(8) || !iotpy_enter("")) return VALUE_ERROR;
      v = kind == ITERATE_ZIP ? step_zip(iterator) : step_enumerate(iterator);
      vm->nesting--;
      return v;
    default: return VALUE_STOP;
  }
}

value iotpy_give_back(root argument, root iterator, root taken, uint32_t count) {
  if (!is_object(*argument, O_ITERATOR)) return VALUE_TWIN;
  value made = iotpy_list(taken, count);
  if (!made) return VALUE_ERROR;
  root list = iotpy_push(made);
  if (!iotpy_list_extend(list, iterator)) return VALUE_ERROR;
  *argument = *list;
  return VALUE_TWIN;
}

// ---- the functions that make them
value native_enumerate(root arguments, uint32_t count) {
  (void)count;
  value start = arguments[1];
  if (start == VALUE_UNBOUND) arguments[1] = start = from_int(0);
  if (!is_integer(start)) return iotpy_raise(T_TypeError, "'%t' object cannot be interpreted as an integer", start);
  value inner = iotpy_iterator(arguments);
  if (!inner || inner == VALUE_TWIN) return inner;
  root source = iotpy_push(inner);
  value v = make(ITERATE_ENUMERATE, source, arguments[1], VALUE_NONE);
  if (v) iotpy_pop(source);
  return v;
}

value native_zip(root arguments, uint32_t count) {
  uint32_t sources = count - 1;  // the last argument is `strict`
  value strict = from_bool(arguments[sources] != VALUE_UNBOUND && iotpy_truth(arguments[sources]) == 1);
  for (uint32_t i = 0; i < sources; i++) {
    value v = arguments[i];
    if (is_object(v, O_GENERATOR) || is_object(v, O_INSTANCE)) return VALUE_TWIN;
  }
  value made = iotpy_new(O_TUPLE, 0, sources + 1);
  if (!made) return VALUE_ERROR;
  root tuple = iotpy_push(made);
  for (uint32_t i = 0; i < sources; i++) {
    value inner = iotpy_iterator(arguments + i);
    if (!inner || inner == VALUE_TWIN) return inner;
    iotpy_tuple_items(*tuple)[i] = inner;
  }
  made = make(ITERATE_ZIP, tuple, from_int(0), strict);
  if (made) iotpy_pop(tuple);
  return made;
}

value native_reversed(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0], *items;
  uint32_t length;
  if (is_object(v, O_INSTANCE)) return VALUE_TWIN;
  if (is_object(v, O_GENERATOR) || is_object(v, O_ITERATOR) || is_set(v) || iotpy_is_number(v) || v == VALUE_NONE)
    return iotpy_raise(T_TypeError, "'%t' object is not reversible", v);
  if (!iotpy_sequence(v, &items, &length)) {
    value list = iotpy_list_of(arguments);
    if (!list || list == VALUE_TWIN) return list;
    *arguments = list;
    iotpy_sequence(list, &items, &length);
  }
  return make(ITERATE_REVERSED, arguments, from_int((int32_t)length), VALUE_NONE);
}

// Their twins are generators, which say nothing before the first item is wanted.
static value lazily(root arguments, uint32_t count) {
  for (uint32_t i = 1; i < count; i++) {
    value iterator = iotpy_iterator(arguments + i);
    if (!iterator) return VALUE_ERROR;
    if (iterator != VALUE_TWIN) arguments[i] = iterator;
  }
  return VALUE_TWIN;
}
value native_map(root arguments, uint32_t count) { return lazily(arguments, count); }
value native_filter(root arguments, uint32_t count) { return lazily(arguments, count); }
