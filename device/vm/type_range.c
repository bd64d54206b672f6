// range and slice. A range's fields are ints of any size; what lies within 64 bits is computed, the rest is refused with OverflowError.
#include "sequences.h"

bool range_parts(value v, int64_t *start, int64_t *step, int64_t *length) {
  int64_t stop;
  const value *fields = iotpy_fields(v);
  iotpy_to_int64(fields[0], start);
  iotpy_to_int64(fields[1], &stop);
  iotpy_to_int64(fields[2], step);
  uint64_t span = 0, pace = *step > 0 ? (uint64_t)*step : 0 - (uint64_t)*step;
  if (*step > 0 && stop > *start) span = (uint64_t)stop - (uint64_t)*start;
  if (*step < 0 && stop < *start) span = (uint64_t)*start - (uint64_t)stop;
  uint64_t count = span == 0 ? 0 : (span - 1) / pace + 1;
  if (count > INT64_MAX) return iotpy_raise(T_OverflowError, "Python int too large to convert to C ssize_t"), false;
  *length = (int64_t)count;
  return true;
}

value native_range(root arguments, uint32_t count) {
  (void)count;
  value parts[3] = {from_int(0), arguments[0], from_int(1)};
  int64_t ignored;
  if (arguments[1] != VALUE_UNBOUND) {
    parts[0] = arguments[0];
    parts[1] = arguments[1];
    if (arguments[2] != VALUE_UNBOUND) parts[2] = arguments[2];
  }
  for (uint32_t i = 0; i < 3; i++) {
    if (!is_integer(parts[i]) && !is_bool(parts[i])) return iotpy_raise(T_TypeError, "'%t' object cannot be interpreted as an integer", parts[i]);
    if (!iotpy_to_int64(parts[i], &ignored)) return iotpy_raise(T_OverflowError, "range() takes integers of 64 bits here");
  }
  if (parts[2] == from_int(0) || parts[2] == VALUE_FALSE) return iotpy_raise(T_ValueError, "range() arg 3 must not be zero");
  root kept = iotpy_push_words(3);
  for (uint32_t i = 0; i < 3; i++) kept[i] = is_bool(parts[i]) ? from_int(parts[i] == VALUE_TRUE) : parts[i];
  value v = iotpy_new(O_RANGE, 0, 4);
  if (!v) return VALUE_ERROR;
  for (uint32_t i = 0; i < 3; i++) iotpy_fields(v)[i] = kept[i];
  iotpy_pop(kept);
  return v;
}

value range_length(value v) {
  int64_t start, step, length;
  if (!range_parts(v, &start, &step, &length)) return VALUE_ERROR;
  return iotpy_integer(length);
}

value range_item(value v, value key) {
  int64_t start, step, length, index;
  if (!is_integer(key) && !is_bool(key)) return iotpy_raise(T_TypeError, "range indices must be integers or slices, not %t", key);
  if (!range_parts(v, &start, &step, &length)) return VALUE_ERROR;
  bool fits = iotpy_to_int64(key, &index);
  if (fits && index < 0) index += length;
  if (!fits || index < 0 || index >= length) return iotpy_raise(T_IndexError, "range object index out of range");
  return iotpy_integer(start + index * step);
}

value range_slice(root range, root bounds) {
  int64_t start, step, length;
  struct bounds s;
  if (!range_parts(*range, &start, &step, &length)) return VALUE_ERROR;
  if (length > INT32_MAX / 2) return iotpy_raise(T_OverflowError, "the range is too long to be sliced");
  if (!iotpy_bounds(bounds, (uint32_t)length, &s)) return VALUE_ERROR;
  root parts = iotpy_push_words(3);
  const int64_t numbers[3] = {start + s.start * step, start + s.stop * step, step * s.step};
  for (uint32_t i = 0; i < 3; i++) {
    value number = iotpy_integer(numbers[i]);
    if (!number) return VALUE_ERROR;
    parts[i] = number;
  }
  value v = native_range(parts, 3);
  if (v) iotpy_pop(parts);
  return v;
}

// Position of a number in the range, or -1.
static int64_t range_find(value v, value item) {
  int64_t start, step, length, number;
  if (!range_parts(v, &start, &step, &length) || length == 0) return -1;
  if (!iotpy_to_int64(item, &number)) return -1;
  uint64_t distance = step > 0 ? (uint64_t)number - (uint64_t)start : (uint64_t)start - (uint64_t)number, pace = step > 0 ? (uint64_t)step : 0 - (uint64_t)step;
  if (step > 0 ? number < start : number > start) return -1;
  return distance % pace == 0 && distance / pace < (uint64_t)length ? (int64_t)(distance / pace) : -1;
}

static bool whole_float(value v, int64_t *out) {
  if (!is_float(v)) return false;
  double d = iotpy_float_of(v);
  if (!(d > -9e15 && d < 9e15)) return false;
  *out = (int64_t)d;
  return (double)*out == d;
}

bool range_contains(value v, value item) {
  int64_t number;
  if (whole_float(item, &number) && fits_int(number)) item = from_int((int32_t)number);
  return range_find(v, item) >= 0;
}

value native_range_dot_count(root arguments, uint32_t count) {
  (void)count;
  return from_int(range_contains(arguments[0], arguments[1]));
}

value native_range_dot_index(root arguments, uint32_t count) {
  (void)count;
  int64_t found = range_find(arguments[0], arguments[1]);
  return found >= 0 ? iotpy_integer(found) : iotpy_raise(T_ValueError, "%r is not in range", arguments[1]);
}

// Equal when they give the same numbers.
bool iotpy_range_equal(value a, value b) {
  int64_t start[2], step[2], length[2];
  if (!range_parts(a, &start[0], &step[0], &length[0]) || !range_parts(b, &start[1], &step[1], &length[1])) return false;
  if (length[0] != length[1]) return false;
  return length[0] == 0 || (start[0] == start[1] && (length[0] == 1 || step[0] == step[1]));
}

uint32_t iotpy_range_hash(value v) {
  int64_t start, step, length;
  if (!range_parts(v, &start, &step, &length)) return 0;
  return (uint32_t)(length * 31) + (length > 0 ? (uint32_t)start * 0x9E3779B1u : 0) + (length > 1 ? (uint32_t)step * 0x85EBCA6Bu : 0);
}

value native_slice(root arguments, uint32_t count) {
  (void)count;
  value v = iotpy_new(O_SLICE, 0, 4);
  if (!v) return VALUE_ERROR;
  bool one = arguments[1] == VALUE_UNBOUND;
  value *fields = iotpy_fields(v);
  fields[0] = one ? VALUE_NONE : arguments[0];
  fields[1] = arguments[one ? 0 : 1];
  fields[2] = arguments[2] == VALUE_UNBOUND ? VALUE_NONE : arguments[2];
  return v;
}
