// Built-in functions over iterables, characters and text, and the constructors of str, tuple and list.
#include "sequences.h"

value bytes_to_str(root arguments);

value native_str(root arguments, uint32_t count) {
  (void)count;
  if (arguments[0] == VALUE_UNBOUND) return iotpy_string_room(0, true);
  if (arguments[1] != VALUE_UNBOUND || arguments[2] != VALUE_UNBOUND) {
    if (!is_bytes(arguments[0])) return iotpy_raise(T_TypeError, "decoding to str: need a bytes-like object, %t found", arguments[0]);
    return bytes_to_str(arguments);
  }
  return iotpy_str(arguments);
}

value native_list(root arguments, uint32_t count) {
  (void)count;
  return arguments[0] == VALUE_UNBOUND ? iotpy_list(0, 0) : iotpy_list_of(arguments);
}

value native_tuple(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0];
  if (v == VALUE_UNBOUND) return iotpy_tuple(0, 0);
  if (is_object(v, O_TUPLE) && !is_derived(*iotpy_words(v))) return v;
  v = iotpy_list_of(arguments);
  if (!v || v == VALUE_TWIN) return v;
  root list = iotpy_push(v);
  uint32_t length = iotpy_list_length(v);
  value tuple = iotpy_new(O_TUPLE, 0, length + 1);
  if (!tuple) return VALUE_ERROR;
  if (length > 0) __builtin_memcpy(iotpy_tuple_items(tuple), iotpy_list_items(*list), 4 * length);
  iotpy_pop(list);
  return tuple;
}

value native_len(root arguments, uint32_t count) { (void)count; return iotpy_length(arguments[0]); }
value native_iter(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0];
  if (iotpy_defines(v, STR___iter__)) return VALUE_FRAME;
  return is_object(v, O_GENERATOR) ? v : iotpy_iterator(arguments);
}
value native_iterator_dot___next__(root arguments, uint32_t count) {
  (void)count;
  value next = iotpy_iterate(arguments);
  return next == VALUE_STOP ? iotpy_raise(T_StopIteration, "") : next;
}

// any (stops at a true item) and all (stops at a false one)
static value search(root iterable, bool wanted) {
  value v = iotpy_iterator(iterable);
  if (!v || v == VALUE_TWIN) return v;
  root iterator = iotpy_push(v);
  for (;;) {
    value next = iotpy_iterate(iterator);
    if (next == VALUE_ERROR || next == VALUE_TWIN) return next;
    if (next == VALUE_STOP) break;
    int truth = iotpy_truth(next);
    if (truth == 2) return iotpy_give_back(iterable, iterator, iotpy_push(next), 1);
    if (truth != wanted) continue;
    iotpy_pop(iterator);
    return from_bool(wanted);
  }
  iotpy_pop(iterator);
  return from_bool(!wanted);
}
value native_any(root arguments, uint32_t count) { (void)count; return search(arguments, true); }
value native_all(root arguments, uint32_t count) { (void)count; return search(arguments, false); }

value native_chr(root arguments, uint32_t count) {
  (void)count;
  uint8_t utf8[4];
  int32_t c;
  if (!is_integer(arguments[0]) && !is_bool(arguments[0]))
    return iotpy_raise(T_TypeError, "'%t' object cannot be interpreted as an integer", arguments[0]);
  iotpy_to_index_clamped(arguments[0], &c);
  if (c < 0 || c > 0x10FFFF) return iotpy_raise(T_ValueError, "chr() arg not in range(0x110000)");
  if (c >= 0xD800 && c < 0xE000) return iotpy_raise(T_ValueError, "chr() of a surrogate: strings hold only whole characters here");
  return iotpy_string(utf8, utf8_write(utf8, (uint32_t)c));
}

value native_ord(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0];
  const uint8_t *data;
  uint32_t at = 0, bytes;
  if (is_string(v)) {
    text t = iotpy_text(v);
    uint32_t length = iotpy_text_length(t);
    if (length == 1) return from_int((int32_t)utf8_read(t.data, &at));
    return iotpy_raise(T_TypeError, "ord() expected a character, but string of length %u found", length);
  }
  if (!iotpy_bytes_view(v, &data, &bytes)) return iotpy_raise(T_TypeError, "ord() expected string of length 1, but %t found", v);
  return bytes == 1 ? from_int(data[0]) : iotpy_raise(T_TypeError, "ord() expected a character, but string of length %u found", bytes);
}

// print(*objects, sep, end): the line is put together first, so that output never mixes and a twin finds nothing printed.
value native_print(root arguments, uint32_t count) {
  uint32_t objects = count - 2;
  value separator = arguments[objects], end = arguments[objects + 1];
  builder b;
  builder_begin(&b);
  for (uint32_t i = 0; i < objects; i++) {
    separator = arguments[objects];
    if (i > 0) {
      if (is_string(separator)) builder_add_string(&b, separator);
      else if (separator == VALUE_NONE || separator == VALUE_UNBOUND) builder_add(&b, " ", 1);
      else return iotpy_raise(T_TypeError, "sep must be None or a string, not %t", separator);
    }
    value string = iotpy_str(arguments + i);
    if (!string) return VALUE_ERROR;
    if (string == VALUE_TWIN) return iotpy_pop(b.buffer), VALUE_TWIN;
    builder_add_string(&b, string);
  }
  end = arguments[objects + 1];
  if (is_string(end)) builder_add_string(&b, end);
  else if (end == VALUE_NONE || end == VALUE_UNBOUND) builder_add(&b, "\n", 1);
  else return iotpy_raise(T_TypeError, "end must be None or a string, not %t", end);
  value line = builder_end(&b);
  if (!line) return VALUE_ERROR;
  text t = iotpy_text(line);
  iotpy_port_print(vm->host, t.data, t.bytes);
  return VALUE_NONE;
}
