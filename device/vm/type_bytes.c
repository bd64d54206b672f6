// bytes and bytearray. A bytearray is a length and an O_BUFFER of capacity; both share views of their bytes.
#include "sequences.h"

enum { ARRAY_LENGTH, ARRAY_BUFFER };

bool is_bytes(value v) { return is_object(v, O_BYTES) || is_object(v, O_BYTEARRAY); }

bool iotpy_bytes_view(value v, const uint8_t **data, uint32_t *bytes) {
  if (is_object(v, O_BYTES)) {
    const uint32_t *words = iotpy_words(v);
    *data = (const uint8_t *)(words + 1);
    *bytes = 4 * (header_words(words[0]) - 1) - (header_flags(words[0]) & 3);
    return true;
  }
  if (!is_object(v, O_BYTEARRAY)) return false;
  value buffer = iotpy_fields(v)[ARRAY_BUFFER];
  *bytes = (uint32_t)int_of(iotpy_fields(v)[ARRAY_LENGTH]);
  *data = buffer == VALUE_NONE ? (const uint8_t *)"" : (const uint8_t *)iotpy_fields(buffer);
  return true;
}

uint8_t *iotpy_bytes_data(value bytes) { return (uint8_t *)iotpy_fields(bytes); }

value iotpy_bytes(const uint8_t *data, uint32_t bytes) {
  value v = iotpy_raw(O_BYTES, bytes);
  if (v && data && bytes > 0) __builtin_memcpy(iotpy_bytes_data(v), data, bytes);
  return v;
}

bool byte_of(value v, uint8_t *out) {
  int32_t i;
  if (is_int(v)) i = int_of(v);
  else if (!is_integer(v) && !is_bool(v)) return iotpy_raise(T_TypeError, "'%t' object cannot be interpreted as an integer", v), false;
  else iotpy_to_index_clamped(v, &i);
  *out = (uint8_t)i;
  return (i >= 0 && i < 256) || iotpy_raise(T_ValueError, "byte must be in range(0, 256)");
}

// ---- growing
static bool array_resize(root array, uint32_t length) {
  value old = iotpy_fields(*array)[ARRAY_BUFFER];
  uint32_t room = old == VALUE_NONE ? 0 : 4 * (header_words(*iotpy_words(old)) - 1);
  uint32_t before = (uint32_t)int_of(iotpy_fields(*array)[ARRAY_LENGTH]);
  if (length > room) {
    root kept = iotpy_push(old);
    value made = old == VALUE_NONE ? iotpy_raw(O_BUFFER, length) : iotpy_grow(kept, 1 + (length + length / 8 + 7) / 4);
    iotpy_pop(kept);
    if (!made) return false;
    iotpy_fields(*array)[ARRAY_BUFFER] = made;
    if (old != VALUE_NONE) __builtin_memset(iotpy_bytes_data(made) + before, 0, length - before);
  } else if (length > before) {
    __builtin_memset(iotpy_bytes_data(old) + before, 0, length - before);
  }
  iotpy_fields(*array)[ARRAY_LENGTH] = from_int((int32_t)length);
  return true;
}

static value array_new(uint32_t length) {
  value v = iotpy_new(O_BYTEARRAY, 0, 3);
  if (!v) return VALUE_ERROR;
  iotpy_fields(v)[ARRAY_LENGTH] = from_int(0);
  root array = iotpy_push(v);
  if (length > 0 && !array_resize(array, length)) return VALUE_ERROR;
  v = *array;
  iotpy_pop(array);
  return v;
}

// A new bytes or bytearray with part of another's bytes.
static value part(root source, uint32_t from, uint32_t bytes, bool array) {
  const uint8_t *data;
  uint32_t all;
  value v = array ? array_new(bytes) : iotpy_raw(O_BYTES, bytes);
  if (!v || bytes == 0) return v;
  iotpy_bytes_view(*source, &data, &all);
  __builtin_memcpy(iotpy_bytes_data(array ? iotpy_fields(v)[ARRAY_BUFFER] : v), data + from, bytes);
  return v;
}

// ---- making: bytes(), bytes(n), bytes(iterable), bytes(str, encoding)
static bool utf8_named(value encoding) {
  if (encoding == VALUE_UNBOUND) return true;
  static const char *const names[] = {"utf-8", "utf8", "UTF-8", "ascii", "latin-1"};
  text t = is_string(encoding) ? iotpy_text(encoding) : (text){(const uint8_t *)"", 0, true};
  for (uint32_t i = 0; i < 4; i++) if (t.bytes == __builtin_strlen(names[i]) && __builtin_memcmp(t.data, names[i], t.bytes) == 0) return true;
  iotpy_raise(T_ValueError, "only the encodings utf-8 and ascii are here, not %r", encoding);
  return false;
}

static bool ascii_named(value encoding) { return encoding != VALUE_UNBOUND && is_string(encoding) && iotpy_text(encoding).bytes == 5 && iotpy_text(encoding).data[0] == 'a'; }

static value from_text(root string, value encoding, bool array) {
  if (!utf8_named(encoding)) return VALUE_ERROR;
  text t = iotpy_text(*string);
  if (ascii_named(encoding) && !t.ascii) return iotpy_raise(T_UnicodeEncodeError, "'ascii' codec can't encode characters: ordinal not in range(128)");
  value v = array ? array_new(t.bytes) : iotpy_raw(O_BYTES, t.bytes);
  if (!v || t.bytes == 0) return v;
  __builtin_memcpy(iotpy_bytes_data(array ? iotpy_fields(v)[ARRAY_BUFFER] : v), iotpy_text(*string).data, t.bytes);
  return v;
}

static value from_iterable(root source, bool array) {
  value list = iotpy_list_of(source), *items;
  uint32_t count;
  if (!list || list == VALUE_TWIN) return list;
  root kept = iotpy_push(list);
  iotpy_sequence(list, &items, &count);
  value v = array ? array_new(count) : iotpy_raw(O_BYTES, count);
  if (!v) return VALUE_ERROR;
  iotpy_sequence(*kept, &items, &count);
  uint8_t *out = count == 0 ? NULL : iotpy_bytes_data(array ? iotpy_fields(v)[ARRAY_BUFFER] : v);
  for (uint32_t i = 0; i < count; i++) if (!byte_of(items[i], &out[i])) return VALUE_ERROR;
  iotpy_pop(kept);
  return v;
}

static value construct(root arguments, bool array) {
  value source = arguments[0];
  const uint8_t *data;
  uint32_t bytes;
  int32_t length;
  if (source == VALUE_UNBOUND) return array ? array_new(0) : iotpy_raw(O_BYTES, 0);
  if (is_string(source)) {
    if (arguments[1] == VALUE_UNBOUND) return iotpy_raise(T_TypeError, "string argument without an encoding");
    return from_text(arguments, arguments[1], array);
  }
  if (iotpy_bytes_view(source, &data, &bytes)) return part(arguments, 0, bytes, array);
  if (!is_integer(source) && !is_bool(source)) return from_iterable(arguments, array);
  if (!iotpy_to_index(source, &length)) return VALUE_ERROR;
  if (length < 0) return iotpy_raise(T_ValueError, "negative count");
  return array ? array_new((uint32_t)length) : iotpy_raw(O_BYTES, (uint32_t)length);
}
value native_bytes(root arguments, uint32_t count) { (void)count; return construct(arguments, false); }
value native_bytearray(root arguments, uint32_t count) { (void)count; return construct(arguments, true); }

value native_str_dot_encode(root arguments, uint32_t count) { (void)count; return from_text(arguments, arguments[1], false); }

// ---- text
static value decode(root source, value encoding, value errors) {
  const uint8_t *data;
  uint32_t bytes, bad;
  if (!utf8_named(encoding)) return VALUE_ERROR;
  bool ascii = ascii_named(encoding);
  iotpy_bytes_view(*source, &data, &bytes);
  bool strict = errors == VALUE_UNBOUND || !is_string(errors) || iotpy_text(errors).data[0] == 's';
  bool valid = utf8_valid(data, bytes, &bad), plain = true;
  for (uint32_t i = 0; i < bytes && plain; i++) if (data[i] >= 0x80) { plain = false; if (ascii && valid) bad = i, valid = false; }
  if (valid) {
    value v = iotpy_string_room(bytes, plain);
    if (!v || bytes == 0) return v;
    iotpy_bytes_view(*source, &data, &bytes);
    __builtin_memcpy(iotpy_fields(v), data, bytes);
    return v;
  }
  if (strict) {
    return ascii ? iotpy_raise(T_UnicodeDecodeError, "'ascii' codec can't decode byte 0x%x in position %u: ordinal not in range(128)", data[bad], bad)
                 : iotpy_raise(T_UnicodeDecodeError, "'utf-8' codec can't decode byte 0x%x in position %u: invalid start byte", data[bad], bad);
  }
  bool ignore = iotpy_text(errors).data[0] == 'i';
  builder b;
  builder_begin(&b);
  for (uint32_t at = 0; at < bytes && !b.failed;) {
    iotpy_bytes_view(*source, &data, &bytes);
    uint32_t good = 0, left = bytes - at;
    utf8_valid(data + at, left > 4 ? 4 : left, &good);
    if (good == 0 && !utf8_valid(data + at, 1, &good)) {
      uint32_t length = data[at] >= 0xF0 ? 4 : data[at] >= 0xE0 ? 3 : 2;
      if (length <= left && utf8_valid(data + at, length, &good)) {
        uint32_t next = at;
        uint32_t c = utf8_read(data, &next);
        builder_add_char(&b, c);
        at = next;
        continue;
      }
      if (!ignore) builder_add_char(&b, 0xFFFD);
      at++;
      continue;
    }
    uint8_t byte = data[at++];
    builder_add(&b, &byte, 1);
  }
  return builder_end(&b);
}
value native_bytes_dot_decode(root arguments, uint32_t count) { (void)count; return decode(arguments, arguments[1], arguments[2]); }
value native_bytearray_dot_decode(root arguments, uint32_t count) { return native_bytes_dot_decode(arguments, count); }
value bytes_to_str(root arguments) { return decode(arguments, arguments[1], arguments[2]); }

value native_bytes_dot_hex(root arguments, uint32_t count) {
  (void)count;
  const uint8_t *data;
  uint32_t bytes;
  value separator = arguments[1];
  builder b;
  builder_begin(&b);
  iotpy_bytes_view(arguments[0], &data, &bytes);
  for (uint32_t i = 0; i < bytes && !b.failed; i++) {
    iotpy_bytes_view(arguments[0], &data, &bytes);
    const char pair[2] = {"0123456789abcdef"[data[i] >> 4], "0123456789abcdef"[data[i] & 15]};
    if (i > 0 && separator != VALUE_UNBOUND && is_string(separator)) builder_add_string(&b, arguments[1]);
    builder_add(&b, pair, 2);
  }
  return builder_end(&b);
}
value native_bytearray_dot_hex(root arguments, uint32_t count) { return native_bytes_dot_hex(arguments, count); }

static int32_t hex_digit(uint8_t c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

value native_bytes_dot_fromhex(root arguments, uint32_t count) {
  (void)count;
  if (!is_string(arguments[0])) return iotpy_raise(T_TypeError, "fromhex() argument must be str, not %t", arguments[0]);
  text t = iotpy_text(arguments[0]);
  value v = iotpy_raw(O_BYTES, t.bytes);
  if (!v) return VALUE_ERROR;
  t = iotpy_text(arguments[0]);
  uint32_t length = 0;
  for (uint32_t i = 0; i < t.bytes; i++) {
    if (t.data[i] == ' ' || (t.data[i] >= 9 && t.data[i] <= 13)) continue;
    int32_t high = hex_digit(t.data[i]), low = i + 1 < t.bytes ? hex_digit(t.data[i + 1]) : -1;
    if (high < 0 || low < 0) return iotpy_raise(T_ValueError, "non-hexadecimal number found in fromhex() arg at position %u", high < 0 ? i : i + 1);
    iotpy_bytes_data(v)[length++] = (uint8_t)(high << 4 | low);
    i++;
  }
  root whole = iotpy_push(v);
  v = part(whole, 0, length, false);
  if (v) iotpy_pop(whole);
  return v;
}

// ---- repr
void add_escape(builder *b, char kind, uint32_t c, uint32_t digits);
char repr_quote(const uint8_t *data, uint32_t bytes);

void add_bytes_repr(builder *b, root bytes) {
  const uint8_t *data;
  uint32_t length;
  bool array = is_object(*bytes, O_BYTEARRAY);
  iotpy_bytes_view(*bytes, &data, &length);
  char quote = repr_quote(data, length);
  builder_add_c(b, array ? "bytearray(b" : "b");
  builder_add(b, &quote, 1);
  for (uint32_t i = 0; i < length && !b->failed; i++) {
    iotpy_bytes_view(*bytes, &data, &length);
    char c = (char)data[i], pair[2] = {'\\', c};
    if (c == '\n') pair[1] = 'n';
    else if (c == '\r') pair[1] = 'r';
    else if (c == '\t') pair[1] = 't';
    else if (c != '\\' && c != quote) {
      if (data[i] < 0x20 || data[i] >= 0x7F) add_escape(b, 'x', data[i], 2);
      else builder_add(b, &c, 1);
      continue;
    }
    builder_add(b, pair, 2);
  }
  builder_add(b, &quote, 1);
  if (array) builder_add(b, ")", 1);
}

// ---- items and slices
value bytes_slice(root source, root bounds) {
  struct bounds s;
  const uint8_t *data;
  uint32_t length;
  bool array = is_object(*source, O_BYTEARRAY);
  iotpy_bytes_view(*source, &data, &length);
  if (!iotpy_bounds(bounds, length, &s)) return VALUE_ERROR;
  if (s.step == 1) return part(source, (uint32_t)s.start, s.count, array);
  value v = array ? array_new(s.count) : iotpy_raw(O_BYTES, s.count);
  if (!v || s.count == 0) return v;
  iotpy_bytes_view(*source, &data, &length);
  uint8_t *out = iotpy_bytes_data(array ? iotpy_fields(v)[ARRAY_BUFFER] : v);
  for (uint32_t i = 0; i < s.count; i++) out[i] = data[s.start + (int32_t)i * s.step];
  return v;
}

bool bytearray_set_slice(root array, root bounds, root item) {
  struct bounds s;
  const uint8_t *data;
  uint32_t added;
  value source = *item;
  if (!iotpy_bytes_view(source, &data, &added) || source == *array) {
    source = is_bytes(source) ? part(item, 0, added, false) : from_iterable(item, false);
    if (source == VALUE_TWIN) iotpy_raise(T_TypeError, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    if (!source || source == VALUE_TWIN) return false;
  }
  root from = iotpy_push(source);
  uint32_t length = (uint32_t)int_of(iotpy_fields(*array)[ARRAY_LENGTH]);
  if (!iotpy_bounds(bounds, length, &s)) return false;
  iotpy_bytes_view(*from, &data, &added);
  if (s.step != 1 && added != s.count) return iotpy_raise(T_ValueError, "attempt to assign bytes of size %u to extended slice of size %u", added, s.count);
  if (s.step == 1 && added > s.count && !array_resize(array, length + added - s.count)) return false;
  value v = *array;
  iotpy_bytes_view(*from, &data, &added);
  if (iotpy_fields(v)[ARRAY_BUFFER] == VALUE_NONE) return iotpy_pop(from), true;
  uint8_t *out = iotpy_bytes_data(iotpy_fields(v)[ARRAY_BUFFER]);
  if (s.step != 1) {
    for (uint32_t i = 0; i < added; i++) out[s.start + (int32_t)i * s.step] = data[i];
  } else {
    uint32_t end = (uint32_t)s.start + s.count;
    if (length > end) __builtin_memmove(out + (uint32_t)s.start + added, out + end, length - end);
    if (added > 0) __builtin_memcpy(out + s.start, data, added);
    iotpy_fields(v)[ARRAY_LENGTH] = from_int((int32_t)(length + added - s.count));
  }
  iotpy_pop(from);
  return true;
}

value iotpy_bytes_concat(root left, root right, bool in_place) {
  const uint8_t *data;
  uint32_t a, b;
  bool array = is_object(*left, O_BYTEARRAY);
  iotpy_bytes_view(*left, &data, &a);
  iotpy_bytes_view(*right, &data, &b);
  value v = VALUE_ERROR;
  if (array && in_place) v = array_resize(left, a + b) ? *left : VALUE_ERROR;
  else v = array ? array_new(a + b) : iotpy_raw(O_BYTES, a + b);
  if (!v || a + b == 0) return v;
  uint8_t *out = iotpy_bytes_data(array ? iotpy_fields(v)[ARRAY_BUFFER] : v);
  if (!(array && in_place)) {
    iotpy_bytes_view(*left, &data, &a);
    __builtin_memcpy(out, data, a);
  }
  bool same = *left == *right;
  iotpy_bytes_view(*right, &data, &b);
  __builtin_memmove(out + a, data, same && in_place ? a : b);
  return v;
}

// ---- methods
int32_t find_bytes(const uint8_t *in, uint32_t bytes, const uint8_t *wanted, uint32_t length, uint32_t from);

// The bytes argument i, or the single byte of an int, in *one.
static bool wanted_bytes(root arguments, uint32_t i, uint8_t *one, const uint8_t **data, uint32_t *bytes) {
  value v = arguments[i];
  if (iotpy_bytes_view(v, data, bytes)) return true;
  if (!is_integer(v)) return iotpy_raise(T_TypeError, "a bytes-like object is required, not '%t'", v), false;
  *data = one;
  *bytes = 1;
  return byte_of(v, one);
}

value native_bytes_dot_find(root arguments, uint32_t count) {
  (void)count;
  const uint8_t *in, *wanted;
  uint32_t bytes, length, from, to;
  uint8_t one;
  iotpy_bytes_view(arguments[0], &in, &bytes);
  if (!wanted_bytes(arguments, 1, &one, &wanted, &length) || !iotpy_range_arguments(arguments, 2, bytes, &from, &to)) return VALUE_ERROR;
  return from_int(from > to ? -1 : find_bytes(in, to, wanted, length, from));
}
value native_bytearray_dot_find(root arguments, uint32_t count) { return native_bytes_dot_find(arguments, count); }

value native_bytes_dot_count(root arguments, uint32_t count) {
  (void)count;
  const uint8_t *in, *wanted;
  uint32_t bytes, length, from, to;
  uint8_t one;
  int32_t found = 0;
  iotpy_bytes_view(arguments[0], &in, &bytes);
  if (!wanted_bytes(arguments, 1, &one, &wanted, &length) || !iotpy_range_arguments(arguments, 2, bytes, &from, &to)) return VALUE_ERROR;
  if (from > to) return from_int(0);
  if (length == 0) return from_int((int32_t)(to - from) + 1);
  for (int32_t at; (at = find_bytes(in, to, wanted, length, from)) >= 0; from = (uint32_t)at + length) found++;
  return from_int(found);
}

static value affix(root arguments, bool end) {
  const uint8_t *in, *wanted;
  uint32_t bytes, length, from, to;
  iotpy_bytes_view(arguments[0], &in, &bytes);
  if (!iotpy_bytes_view(arguments[1], &wanted, &length)) return iotpy_raise(T_TypeError, "%s first arg must be bytes or a tuple of bytes, not %t", end ? "endswith" : "startswith", arguments[1]);
  if (!iotpy_range_arguments(arguments, 2, bytes, &from, &to)) return VALUE_ERROR;
  if (from > to || length > to - from) return VALUE_FALSE;
  return from_bool(length == 0 || __builtin_memcmp(in + (end ? to - length : from), wanted, length) == 0);
}
value native_bytes_dot_startswith(root arguments, uint32_t count) { (void)count; return affix(arguments, false); }
value native_bytes_dot_endswith(root arguments, uint32_t count) { (void)count; return affix(arguments, true); }

value native_bytes_dot_join(root arguments, uint32_t count) {
  (void)count;
  value made = iotpy_list_of(arguments + 1);
  if (!made || made == VALUE_TWIN) return made;
  root list = iotpy_push(made), result = iotpy_push(VALUE_NONE), item = iotpy_push(VALUE_NONE);
  if (!(made = array_new(0))) return VALUE_ERROR;
  *result = made;
  for (uint32_t i = 0; i < iotpy_list_length(*list); i++) {
    *item = iotpy_list_items(*list)[i];
    if (!is_bytes(*item)) return iotpy_raise(T_TypeError, "sequence item %u: expected a bytes-like object, %t found", i, *item);
    if (i > 0 && !iotpy_bytes_concat(result, arguments, true)) return VALUE_ERROR;
    if (!iotpy_bytes_concat(result, item, true)) return VALUE_ERROR;
  }
  made = part(result, 0, (uint32_t)int_of(iotpy_fields(*result)[ARRAY_LENGTH]), false);
  if (made) iotpy_pop(list);
  return made;
}

static bool space(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13); }

static bool add_piece(root list, root arguments, uint32_t from, uint32_t to) {
  value piece = part(arguments, from, to - from, is_object(arguments[0], O_BYTEARRAY));
  if (!piece) return false;
  root item = iotpy_push(piece);
  bool ok = iotpy_list_append(list, item);
  if (ok) iotpy_pop(item);
  return ok;
}

value native_bytes_dot_split(root arguments, uint32_t count) {
  (void)count;
  const uint8_t *in, *wanted = NULL;
  uint32_t bytes, length = 0, from = 0;
  int32_t most = -1;
  bool spaces = arguments[1] == VALUE_UNBOUND || arguments[1] == VALUE_NONE;
  if (!spaces && !iotpy_bytes_view(arguments[1], &wanted, &length)) return iotpy_raise(T_TypeError, "a bytes-like object is required, not '%t'", arguments[1]);
  if (!spaces && length == 0) return iotpy_raise(T_ValueError, "empty separator");
  if (arguments[2] != VALUE_UNBOUND && !iotpy_to_index(arguments[2], &most)) return VALUE_ERROR;
  value made = iotpy_list(0, 0);
  if (!made) return VALUE_ERROR;
  root list = iotpy_push(made);
  for (;;) {
    iotpy_bytes_view(arguments[0], &in, &bytes);
    if (!spaces) iotpy_bytes_view(arguments[1], &wanted, &length);
    while (spaces && from < bytes && space(in[from])) from++;
    if (spaces && from == bytes) break;
    uint32_t to = from;
    int32_t at = -1;
    if (most != 0 && spaces) {
      while (to < bytes && !space(in[to])) to++;
      at = (int32_t)to;
    } else if (most != 0) {
      at = find_bytes(in, bytes, wanted, length, from);
    }
    to = at < 0 ? bytes : (uint32_t)at;
    if (!add_piece(list, arguments, from, to)) return VALUE_ERROR;
    if (at < 0) break;
    from = to + length;
    if (most > 0) most--;
  }
  made = *list;
  iotpy_pop(list);
  return made;
}

value native_bytes_dot_strip(root arguments, uint32_t count) {
  (void)count;
  const uint8_t *in, *set = NULL;
  uint32_t bytes, length = 0, from = 0, to;
  value chars = arguments[1];
  iotpy_bytes_view(arguments[0], &in, &bytes);
  bool spaces = !iotpy_bytes_view(chars, &set, &length);
  to = bytes;
#define STRIPPED(c) (spaces ? space(c) : find_bytes(set, length, &(c), 1, 0) >= 0)
  while (from < to && STRIPPED(in[from])) from++;
  while (to > from && STRIPPED(in[to - 1])) to--;
#undef STRIPPED
  return part(arguments, from, to - from, is_object(arguments[0], O_BYTEARRAY));
}

value native_bytes_dot_replace(root arguments, uint32_t count) {
  (void)count;
  const uint8_t *in, *old, *new_;
  uint32_t bytes, length, added, from = 0, next = 0;  // next: where empty bytes are found
  int32_t most = -1;
  if (!iotpy_bytes_view(arguments[1], &old, &length) || !iotpy_bytes_view(arguments[2], &new_, &added))
    return iotpy_raise(T_TypeError, "a bytes-like object is required, not '%t'", arguments[2]);
  if (arguments[3] != VALUE_UNBOUND && !iotpy_to_index(arguments[3], &most)) return VALUE_ERROR;
  root result = iotpy_push(VALUE_NONE), piece = iotpy_push(VALUE_NONE);
  value made = array_new(0);
  if (!made) return VALUE_ERROR;
  *result = made;
  for (;;) {
    iotpy_bytes_view(arguments[0], &in, &bytes);
    iotpy_bytes_view(arguments[1], &old, &length);
    int32_t at = most == 0 ? -1 : length > 0 ? find_bytes(in, bytes, old, length, from) : next <= bytes ? (int32_t)next : -1;
    uint32_t to = at < 0 ? bytes : (uint32_t)at;
    if (!(made = part(arguments, from, to - from, false))) return VALUE_ERROR;
    *piece = made;
    if (!iotpy_bytes_concat(result, piece, true)) return VALUE_ERROR;
    if (at < 0) break;
    if (!iotpy_bytes_concat(result, arguments + 2, true)) return VALUE_ERROR;
    from = to + length;
    next = from + 1;
    if (most > 0) most--;
  }
  made = part(result, 0, (uint32_t)int_of(iotpy_fields(*result)[ARRAY_LENGTH]), is_object(arguments[0], O_BYTEARRAY));
  if (made) iotpy_pop(result);
  return made;
}

value native_bytearray_dot_append(root arguments, uint32_t count) {
  (void)count;
  uint8_t byte;
  uint32_t length = (uint32_t)int_of(iotpy_fields(arguments[0])[ARRAY_LENGTH]);
  if (!byte_of(arguments[1], &byte) || !array_resize(arguments, length + 1)) return VALUE_ERROR;
  iotpy_bytes_data(iotpy_fields(arguments[0])[ARRAY_BUFFER])[length] = byte;
  return VALUE_NONE;
}

value native_bytearray_dot_extend(root arguments, uint32_t count) {
  (void)count;
  value made = is_bytes(arguments[1]) ? arguments[1] : from_iterable(arguments + 1, false);
  if (!made || made == VALUE_TWIN) return made;
  arguments[1] = made;
  return iotpy_bytes_concat(arguments, arguments + 1, true) ? VALUE_NONE : VALUE_ERROR;
}

value native_bytearray_dot_pop(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0], key = arguments[1];
  uint32_t length = (uint32_t)int_of(iotpy_fields(v)[ARRAY_LENGTH]), at = length - 1;
  if (length == 0) return iotpy_raise(T_IndexError, "pop from empty bytearray");
  if (key != VALUE_UNBOUND && !iotpy_item_index(key, length, "pop", &at)) return VALUE_ERROR;
  uint8_t *data = iotpy_bytes_data(iotpy_fields(v)[ARRAY_BUFFER]), byte = data[at];
  __builtin_memmove(data + at, data + at + 1, length - at - 1);
  iotpy_fields(v)[ARRAY_LENGTH] = from_int((int32_t)length - 1);
  return from_int(byte);
}

value native_bytearray_dot_clear(root arguments, uint32_t count) {
  (void)count;
  iotpy_fields(arguments[0])[ARRAY_LENGTH] = from_int(0);
  iotpy_fields(arguments[0])[ARRAY_BUFFER] = VALUE_NONE;
  return VALUE_NONE;
}
