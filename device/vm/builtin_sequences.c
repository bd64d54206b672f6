// Built-in functions over iterables, characters and text, and the constructors of str, tuple and list.
#include "sequences.h"

value bytes_to_str(vm_t *vm, root arguments);

value native_str(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  if (argument(vm, arguments, 0) == VALUE_UNBOUND) return iotpy_string_room(vm, 0, true);
  if (argument(vm, arguments, 1) != VALUE_UNBOUND || argument(vm, arguments, 2) != VALUE_UNBOUND) {
    if (!is_bytes(vm, argument(vm, arguments, 0))) return iotpy_raise(vm, T_TypeError, "decoding to str: need a bytes-like object, %t found", argument(vm, arguments, 0));
    return bytes_to_str(vm, arguments);
  }
  return iotpy_str(vm, arguments);
}

value native_list(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  return argument(vm, arguments, 0) == VALUE_UNBOUND ? iotpy_list(vm, 0, 0) : iotpy_list_of(vm, arguments);
}

value native_tuple(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value v = argument(vm, arguments, 0);
  if (v == VALUE_UNBOUND) return iotpy_tuple(vm, 0, 0);
  if (is_object(vm, v, O_TUPLE)) return v;
  v = iotpy_list_of(vm, arguments);
  if (!v || v == VALUE_TWIN) return v;
  root list = iotpy_push(vm, v);
  uint32_t length = iotpy_list_length(vm, v);
  value tuple = iotpy_new(vm, O_TUPLE, 0, length + 1);
  if (!tuple) return VALUE_ERROR;
  if (length > 0) __builtin_memcpy(iotpy_tuple_items(vm, tuple), iotpy_list_items(vm, iotpy_get(vm, list)), 4 * length);
  iotpy_pop(vm, list);
  return tuple;
}

value native_len(vm_t *vm, root arguments, uint32_t count) { (void)count; return iotpy_length(vm, argument(vm, arguments, 0)); }
value native_iter(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value v = argument(vm, arguments, 0);
  if (iotpy_defines(vm, v, STR___iter__)) return VALUE_FRAME;
  return is_object(vm, v, O_GENERATOR) ? v : iotpy_iterator(vm, arguments);
}
value native_iterator_dot___next__(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value next = iotpy_iterate(vm, arguments);
  return next == VALUE_STOP ? iotpy_raise(vm, T_StopIteration, "") : next;
}

// any (stops at a true item) and all (stops at a false one)
static value search(vm_t *vm, root iterable, bool wanted) {
  value v = iotpy_iterator(vm, iterable);
  if (!v || v == VALUE_TWIN) return v;
  root iterator = iotpy_push(vm, v);
  for (;;) {
    value next = iotpy_iterate(vm, iterator);
    if (next == VALUE_ERROR || next == VALUE_TWIN) return next;
    if (next == VALUE_STOP) break;
    int truth = iotpy_truth(vm, next);
    if (truth == 2) return iotpy_give_back(vm, iterable, iterator, iotpy_push(vm, next), 1);
    if (truth != wanted) continue;
    iotpy_pop(vm, iterator);
    return from_bool(wanted);
  }
  iotpy_pop(vm, iterator);
  return from_bool(!wanted);
}
value native_any(vm_t *vm, root arguments, uint32_t count) { (void)count; return search(vm, arguments, true); }
value native_all(vm_t *vm, root arguments, uint32_t count) { (void)count; return search(vm, arguments, false); }

value native_chr(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  uint8_t utf8[4];
  int32_t c;
  if (!is_integer(vm, argument(vm, arguments, 0)) && !is_bool(argument(vm, arguments, 0)))
    return iotpy_raise(vm, T_TypeError, "'%t' object cannot be interpreted as an integer", argument(vm, arguments, 0));
  iotpy_to_index_clamped(vm, argument(vm, arguments, 0), &c);
  if (c < 0 || c > 0x10FFFF) return iotpy_raise(vm, T_ValueError, "chr() arg not in range(0x110000)");
  if (c >= 0xD800 && c < 0xE000) return iotpy_raise(vm, T_ValueError, "chr() of a surrogate: strings hold only whole characters here");
  return iotpy_string(vm, utf8, utf8_write(utf8, (uint32_t)c));
}

value native_ord(vm_t *vm, root arguments, uint32_t count) {
  (void)count;
  value v = argument(vm, arguments, 0);
  const uint8_t *data;
  uint32_t at = 0, bytes;
  if (is_string(vm, v)) {
    text t = iotpy_text(vm, v);
    uint32_t length = iotpy_text_length(t);
    if (length == 1) return from_int((int32_t)utf8_read(t.data, &at));
    return iotpy_raise(vm, T_TypeError, "ord() expected a character, but string of length %u found", length);
  }
  if (!iotpy_bytes_view(vm, v, &data, &bytes)) return iotpy_raise(vm, T_TypeError, "ord() expected string of length 1, but %t found", v);
  return bytes == 1 ? from_int(data[0]) : iotpy_raise(vm, T_TypeError, "ord() expected a character, but string of length %u found", bytes);
}

// print(*objects, sep, end): the line is put together first, so that output never mixes and a twin finds nothing printed.
value native_print(vm_t *vm, root arguments, uint32_t count) {
  uint32_t objects = count - 2;
  value separator = argument(vm, arguments, objects), end = argument(vm, arguments, objects + 1);
  builder b;
  builder_begin(vm, &b);
  for (uint32_t i = 0; i < objects; i++) {
    separator = argument(vm, arguments, objects);
    if (i > 0) {
      if (is_string(vm, separator)) builder_add_string(vm, &b, separator);
      else if (separator == VALUE_NONE || separator == VALUE_UNBOUND) builder_add(vm, &b, " ", 1);
      else return iotpy_raise(vm, T_TypeError, "sep must be None or a string, not %t", separator);
    }
    value string = iotpy_str(vm, arguments + i);
    if (!string) return VALUE_ERROR;
    if (string == VALUE_TWIN) return iotpy_pop(vm, b.buffer), VALUE_TWIN;
    builder_add_string(vm, &b, string);
  }
  end = argument(vm, arguments, objects + 1);
  if (is_string(vm, end)) builder_add_string(vm, &b, end);
  else if (end == VALUE_NONE || end == VALUE_UNBOUND) builder_add(vm, &b, "\n", 1);
  else return iotpy_raise(vm, T_TypeError, "end must be None or a string, not %t", end);
  value line = builder_end(vm, &b);
  if (!line) return VALUE_ERROR;
  text t = iotpy_text(vm, line);
  iotpy_port_print(vm->host, t.data, t.bytes);
  return VALUE_NONE;
}
