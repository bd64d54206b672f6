// JSON as CPython's json module writes and reads it. Nesting is bounded by IOTPY_NEST_MAX, because both directions recurse in C.
#include "number.h"
#include "frame.h"
#include "table.h"

// ---- writing. Pieces go to a builder (json.dumps) or straight out through iotpy_port_emit (results).
struct writer {
  builder b;             // of dumps; else the small buffer below is flushed
  bool streaming, failed, ascii, sort_keys;
  root indent;           // str of one step, or 0
  root item_separator, key_separator;  // str, or 0
  uint32_t held;
  uint8_t hold[64];
};

static void flush(struct writer *w) {
  if (w->held > 0) iotpy_port_emit(vm->host, w->hold, w->held);
  w->held = 0;
}

static void put(struct writer *w, const void *data, uint32_t bytes) {
  if (!w->streaming) return builder_add(&w->b, data, bytes);
  if (w->held + bytes > sizeof w->hold) flush(w);
  if (bytes > sizeof w->hold) return iotpy_port_emit(vm->host, data, bytes);
  __builtin_memcpy(w->hold + w->held, data, bytes);
  w->held += bytes;
}
static void put_c(struct writer *w, const char *c) { put(w, c, (uint32_t)__builtin_strlen(c)); }

static void put_string(struct writer *w, root string) {
  if (!w->streaming) return builder_add_string(&w->b, *string);
  text t = iotpy_text(*string);
  put(w, t.data, t.bytes);
}

static void put_escape(struct writer *w, uint32_t c) {
  char out[6] = {'\\', 'u'};
  for (uint32_t i = 0; i < 4; i++) out[2 + i] = "0123456789abcdef"[c >> 4 * (3 - i) & 15];
  put(w, out, 6);
}

static void put_char(struct writer *w, uint32_t c) {
  static const char escapes[] = "\b\t\n\f\r\"\\", letters[] = "btnfr\"\\";
  uint8_t utf8[4];
  for (uint32_t i = 0; i < 7; i++) {
    const char pair[2] = {'\\', letters[i]};
    if ((uint32_t)escapes[i] == c) return put(w, pair, 2);
  }
  if (c < 0x20 || (w->ascii && c >= 0x7F && c < 0x10000 && c != 0x7F)) return put_escape(w, c);
  if (w->ascii && c >= 0x10000) {
    put_escape(w, 0xD800 + ((c - 0x10000) >> 10));
    return put_escape(w, 0xDC00 + ((c - 0x10000) & 0x3FF));
  }
  put(w, utf8, utf8_write(utf8, c));
}

static bool plain(uint8_t c) { return c >= 0x20 && c != '"' && c != '\\' && c < 0x80; }

static void put_quoted(struct writer *w, root string) {
  text t = iotpy_text(*string);
  put(w, "\"", 1);
  for (uint32_t at = 0; at < t.bytes && !w->b.failed;) {
    uint32_t from = at;
    t = iotpy_text(*string);
    while (at < t.bytes && plain(t.data[at])) at++;
    if (at > from && w->streaming) put(w, t.data + from, at - from);
    else if (at > from) builder_add_part(&w->b, string, from, at);
    else put_char(w, utf8_read(t.data, &at));
  }
  put(w, "\"", 1);
}

static void put_float(struct writer *w, double d) {
  char out[IOTPY_FLOAT_TEXT];
  if (double_nan(d)) return put_c(w, "NaN");
  if (!double_finite(d)) return put_c(w, d > 0 ? "Infinity" : "-Infinity");
  put(w, out, iotpy_double_repr(d, out));
}

static bool put_int(struct writer *w, root v) {
  char out[12];
  value x = *v;
  if (is_int(x)) {
    uint32_t n = int_of(x) < 0 ? 0u - (uint32_t)int_of(x) : (uint32_t)int_of(x), at = sizeof out;
    do out[--at] = (char)('0' + n % 10); while ((n /= 10) > 0);
    if (int_of(x) < 0) out[--at] = '-';
    put(w, out + at, (uint32_t)sizeof out - at);
    return true;
  }
  value made = iotpy_int_text(v, 10, 0);
  if (!made) return false;
  root string = iotpy_push(made);
  put_string(w, string);
  iotpy_pop(string);
  return true;
}

static bool write(struct writer *w, root v, uint32_t depth);

static void new_line(struct writer *w, uint32_t depth) {
  if (!w->indent) return;
  put(w, "\n", 1);
  for (uint32_t i = 0; i < depth; i++) put_string(w, w->indent);
}

static void separate(struct writer *w, uint32_t depth) {
  if (w->item_separator) put_string(w, w->item_separator);
  else put_c(w, w->indent ? "," : ", ");
  new_line(w, depth);
}

static bool write_list(struct writer *w, root v, uint32_t depth) {
  value *items;
  uint32_t count;
  iotpy_sequence(*v, &items, &count);
  put(w, "[", 1);
  if (count > 0) new_line(w, depth + 1);
  root item = iotpy_push(VALUE_NONE);
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) separate(w, depth + 1);
    iotpy_sequence(*v, &items, &count);
    *item = items[i];
    if (!write(w, item, depth + 1)) return false;
  }
  iotpy_pop(item);
  if (count > 0) new_line(w, depth);
  put(w, "]", 1);
  return true;
}

// Keys that are no strings become their JSON text.
static bool write_key(struct writer *w, root key) {
  value k = *key;
  if (is_string(k)) return put_quoted(w, key), true;
  put(w, "\"", 1);
  if (k == VALUE_NONE) put_c(w, "null");
  else if (is_bool(k)) put_c(w, k == VALUE_TRUE ? "true" : "false");
  else if (is_float(k)) put_float(w, iotpy_float_of(k));
  else if (!is_integer(k)) return iotpy_raise(T_TypeError, "keys must be str, int, float, bool or None, not %t", k), false;
  else if (!put_int(w, key)) return false;
  put(w, "\"", 1);
  return true;
}

static bool write_pair(struct writer *w, root key, root item, bool first, uint32_t depth) {
  if (!first) separate(w, depth + 1);
  if (!write_key(w, key)) return false;
  if (w->key_separator) put_string(w, w->key_separator);
  else put(w, ": ", 2);
  return write(w, item, depth + 1);
}

// The keys in sorted order as a list.
static value sorted_keys(root dict) {
  bool twin;
  value list = iotpy_list_of(dict);
  if (!list) return VALUE_ERROR;
  root keys = iotpy_push(list);
  if (!iotpy_sort(keys, keys, false, &twin)) return VALUE_ERROR;
  list = *keys;
  iotpy_pop(keys);
  return list;
}

static bool write_dict(struct writer *w, root v, uint32_t depth) {
  value *entry;
  bool first = true;
  put(w, "{", 1);
  if (iotpy_dict_length(*v) > 0) new_line(w, depth + 1);
  root keys = iotpy_push(VALUE_NONE), item = iotpy_push(VALUE_NONE), key = iotpy_push(VALUE_NONE);
  if (w->sort_keys) {
    value sorted = sorted_keys(v);
    if (!sorted) return false;
    *keys = sorted;
    for (uint32_t i = 0; i < iotpy_list_length(*keys); i++, first = false) {
      *key = iotpy_list_items(*keys)[i];
      *item = iotpy_dict_get(*v, *key);
      if (!write_pair(w, key, item, first, depth)) return false;
    }
  } else {
    for (uint32_t position = 0; table_next(*v, &position, &entry); first = false) {
      *key = entry[0];
      *item = entry[1];
      if (!write_pair(w, key, item, first, depth)) return false;
    }
  }
  iotpy_pop(keys);
  if (!first) new_line(w, depth);
  put(w, "}", 1);
  return true;
}

static bool write(struct writer *w, root v, uint32_t depth) {
  value x = *v;
  if (w->b.failed) return false;
  if (is_int(x)) return put_int(w, v);
  if (is_string(x)) return put_quoted(w, v), true;
  if (x == VALUE_NONE) return put(w, "null", 4), true;
  if (is_bool(x)) return put_c(w, x == VALUE_TRUE ? "true" : "false"), true;
  if (is_float(x)) return put_float(w, iotpy_float_of(x)), true;
  if (is_integer(x)) return put_int(w, v);
  bool dict = is_object(x, O_DICT);
  if (!dict && !is_object(x, O_LIST) && !is_object(x, O_TUPLE)) return iotpy_raise(T_TypeError, "Object of type %t is not JSON serializable", x), false;
  if (depth > IOTPY_NEST_MAX) return iotpy_raise(T_ValueError, "Circular reference detected, or nested deeper than %d", IOTPY_NEST_MAX), false;
  if (!iotpy_step()) return false;
  if (!iotpy_room(8)) return false;
  return dict ? write_dict(w, v, depth) : write_list(w, v, depth);
}

// indent: an int or a str; the text of one step.
static bool take_indent(struct writer *w, value indent) {
  int32_t spaces;
  if (indent == VALUE_UNBOUND || indent == VALUE_NONE) return true;
  if (is_string(indent)) return w->indent = iotpy_push(indent), true;
  if (!iotpy_to_index(indent, &spaces)) return false;
  if (spaces > 64) spaces = 64;
  value made = iotpy_string_room(spaces < 0 ? 0 : (uint32_t)spaces, true);
  if (!made) return false;
  for (int32_t i = 0; i < spaces; i++) ((uint8_t *)iotpy_fields(made))[i] = ' ';
  w->indent = iotpy_push(made);
  return true;
}

static bool flag(value v, bool otherwise) { return v == VALUE_UNBOUND ? otherwise : iotpy_truth(v) == 1; }

value native_json_dot_dumps(root arguments, uint32_t count) {
  (void)count;
  value *items;
  uint32_t length;
  struct writer w = {.ascii = flag(arguments[4], true), .sort_keys = flag(arguments[3], false)};
  root mark = iotpy_push(VALUE_NONE);
  if (!take_indent(&w, arguments[1])) return VALUE_ERROR;
  value separators = arguments[2];
  if (separators != VALUE_UNBOUND && separators != VALUE_NONE) {
    if (!iotpy_sequence(separators, &items, &length) || length != 2 || !is_string(items[0]) || !is_string(items[1]))
      return iotpy_raise(T_TypeError, "separators must be a tuple (item_separator, key_separator)");
    w.item_separator = iotpy_push(items[0]);
    w.key_separator = iotpy_push(items[1]);
  }
  builder_begin(&w.b);
  if (!write(&w, arguments, 0)) return VALUE_ERROR;
  value made = builder_end(&w.b);
  if (made) iotpy_pop(mark);
  return made;
}

bool iotpy_json_write(root v) {
  struct writer w = {.streaming = true, .ascii = true};
  bool ok = write(&w, v, 0);
  if (ok) flush(&w);
  return ok;
}

// ---- reading. The text lies outside the arena, or in a str, which moves: `look` finds it anew after everything that allocates.
struct reader { const uint8_t *data; root string; uint32_t bytes, at; };

static const uint8_t *look(struct reader *r) {
  if (r->string) r->data = iotpy_text(*r->string).data;
  return r->data;
}
static int32_t peek(const struct reader *r) { return r->at < r->bytes ? r->data[r->at] : -1; }

static value bad(struct reader *r, const char *what, uint32_t at) {
  const uint8_t *data = look(r);
  uint32_t line = 1, start = 0;
  for (uint32_t i = 0; i < at && i < r->bytes; i++) if (data[i] == '\n') { line++; start = i + 1; }
  uint32_t column = iotpy_text_length((text){data + start, at - start, false}) + 1, index = iotpy_text_length((text){data, at, false});
  return iotpy_raise(T_JSONDecodeError, "%s: line %u column %u (char %u)", what, line, column, index);
}

// Goes to the next token.
static void skip(struct reader *r) {
  const uint8_t *data = look(r);
  while (r->at < r->bytes && (data[r->at] == ' ' || data[r->at] == '\n' || data[r->at] == '\t' || data[r->at] == '\r')) r->at++;
}

static bool take_word(struct reader *r, const char *word) {
  uint32_t length = (uint32_t)__builtin_strlen(word);
  if (r->bytes - r->at < length || __builtin_memcmp(r->data + r->at, word, length) != 0) return false;
  r->at += length;
  return true;
}

static bool digit_at(const struct reader *r, uint32_t at) { return at < r->bytes && r->data[at] >= '0' && r->data[at] <= '9'; }

// A run of bytes of the text as a str [gc].
static value piece(struct reader *r, uint32_t from, uint32_t bytes) {
  return r->string ? string_part(r->string, from, bytes) : iotpy_string(r->data + from, bytes);
}

static value read_number(struct reader *r) {
  uint32_t from = r->at, at = from, used;
  const uint8_t *data = r->data;
  bool whole = true;
  if (data[at] == '-') at++;
  if (!digit_at(r, at)) return take_word(r, "-Infinity") ? iotpy_float(-DOUBLE_INF) : bad(r, "Expecting value", from);
  if (data[at] == '0') at++;
  else while (digit_at(r, at)) at++;
  if (at < r->bytes && data[at] == '.' && digit_at(r, at + 1)) {
    whole = false;
    for (at++; digit_at(r, at);) at++;
  }
  if (at < r->bytes && (data[at] | 32) == 'e') {
    uint32_t exponent = at + 1;
    if (exponent < r->bytes && (data[exponent] == '+' || data[exponent] == '-')) exponent++;
    if (digit_at(r, exponent)) {
      whole = false;
      for (at = exponent; digit_at(r, at);) at++;
    }
  }
  r->at = at;
  if (!whole) return iotpy_float(iotpy_double_parse(data + from, at - from, &used));
  if (at - from <= 9) {
    int32_t n = 0;
    bool negative = data[from] == '-';
    for (uint32_t i = from + negative; i < at; i++) n = 10 * n + (data[i] - '0');
    return from_int(negative ? -n : n);
  }
  value string = piece(r, from, at - from);
  if (!string) return VALUE_ERROR;
  root kept = iotpy_push(string);
  bool negative = iotpy_text(string).data[0] == '-';
  value v = iotpy_int_parse(kept, negative, at - from - negative, 10);
  if (!v) return VALUE_ERROR;
  if (negative) {
    *kept = v;
    if (!(v = iotpy_int_unary('-', kept))) return VALUE_ERROR;
  }
  iotpy_pop(kept);
  return v;
}

static int32_t read_hex4(const struct reader *r, uint32_t at) {
  int32_t code = 0;
  const uint8_t *data = r->data;
  for (uint32_t i = 0; i < 4; i++) {
    int32_t c = at + i < r->bytes ? data[at + i] : 0;
    int32_t digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
    if (digit < 0) return -1;
    code = code << 4 | digit;
  }
  return code;
}

// After a backslash: adds the character; false when it is none.
static bool read_escape(struct reader *r, builder *b) {
  static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  int32_t c = peek(r);
  for (uint32_t i = 0; i < 8; i++) {
    if (c != letters[i]) continue;
    r->at++;
    builder_add(b, &meanings[i], 1);
    return true;
  }
  int32_t code = c == 'u' ? read_hex4(r, r->at + 1) : -1;
  if (code < 0) return bad(r, c == 'u' ? "Invalid \\uXXXX escape" : "Invalid \\escape", c == 'u' ? r->at + 1 : r->at - 1), false;
  r->at += 5;
  if (code >= 0xD800 && code < 0xDC00 && peek(r) == '\\' && r->at + 1 < r->bytes && r->data[r->at + 1] == 'u') {
    int32_t low = read_hex4(r, r->at + 2);
    if (low >= 0xDC00 && low < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      r->at += 6;
    }
  }
  builder_add_char(b, code >= 0xD800 && code < 0xE000 ? 0xFFFD : (uint32_t)code);
  return true;
}

static value read_text(struct reader *r) {
  uint32_t open = r->at++, end = r->at;
  const uint8_t *data = r->data;
  while (end < r->bytes && data[end] != '"' && data[end] != '\\' && data[end] >= 0x20) end++;
  if (end < r->bytes && data[end] == '"') {  // nothing to decode
    uint32_t from = r->at;
    r->at = end + 1;
    return piece(r, from, end - from);
  }
  builder b;
  builder_begin(&b);
  for (;;) {
    uint8_t run[32];
    uint32_t length = 0;
    data = look(r);
    while (r->at < r->bytes && length < sizeof run && data[r->at] != '"' && data[r->at] != '\\' && data[r->at] >= 0x20) run[length++] = data[r->at++];
    if (length > 0) {
      builder_add(&b, run, length);
      if (b.failed) return VALUE_ERROR;
      continue;
    }
    int32_t c = peek(r);
    if (c < 0) return bad(r, "Unterminated string starting at", open);
    if (c < 0x20) return bad(r, "Invalid control character at", r->at);
    r->at++;
    if (c == '"') return builder_end(&b);
    if (!read_escape(r, &b)) return VALUE_ERROR;
  }
}

static value read(struct reader *r, uint32_t depth);

static value read_list(struct reader *r, uint32_t depth) {
  value made = iotpy_list(0, 0);
  if (!made) return VALUE_ERROR;
  root list = iotpy_push(made), item = iotpy_push(VALUE_NONE);
  r->at++;
  skip(r);
  if (peek(r) == ']') r->at++;
  else for (;;) {
    value v = read(r, depth + 1);
    if (!v) return VALUE_ERROR;
    *item = v;
    if (!iotpy_list_append(list, item)) return VALUE_ERROR;
    skip(r);
    int32_t c = peek(r);
    if (c != ',' && c != ']') return bad(r, "Expecting ',' delimiter", r->at);
    r->at++;
    if (c == ']') break;
    skip(r);
  }
  made = *list;
  iotpy_pop(list);
  return made;
}

// A key that is a constant's text becomes the constant: it takes no memory and is found quicker.
static value read_key(struct reader *r) {
  value key = read_text(r);
  if (!key) return VALUE_ERROR;
  value constant = image_find_string(iotpy_text(key));
  return constant ? constant : key;
}

static value read_dict(struct reader *r, uint32_t depth) {
  value made = iotpy_dict();
  if (!made) return VALUE_ERROR;
  root dict = iotpy_push(made), key = iotpy_push(VALUE_NONE), item = iotpy_push(VALUE_NONE);
  r->at++;
  skip(r);
  if (peek(r) == '}') r->at++;
  else for (;;) {
    if (peek(r) != '"') return bad(r, "Expecting property name enclosed in double quotes", r->at);
    value v = read_key(r);
    if (!v) return VALUE_ERROR;
    *key = v;
    skip(r);
    if (peek(r) != ':') return bad(r, "Expecting ':' delimiter", r->at);
    r->at++;
    skip(r);
    if (!(v = read(r, depth + 1))) return VALUE_ERROR;
    *item = v;
    if (!iotpy_dict_put(dict, key, item)) return VALUE_ERROR;
    skip(r);
    int32_t c = peek(r);
    if (c != ',' && c != '}') return bad(r, "Expecting ',' delimiter", r->at);
    r->at++;
    if (c == '}') break;
    skip(r);
  }
  made = *dict;
  iotpy_pop(dict);
  return made;
}

static value read(struct reader *r, uint32_t depth) {
  int32_t c = peek(r);
  if (c == '"') return read_text(r);
  if (c == '-' || (c >= '0' && c <= '9')) return read_number(r);
  if (c == '[' || c == '{') {
    if (depth >= IOTPY_NEST_MAX) return iotpy_raise(T_RecursionError, "JSON nested deeper than %d", IOTPY_NEST_MAX);
    if (!iotpy_room(16)) return VALUE_ERROR;
    return c == '[' ? read_list(r, depth) : read_dict(r, depth);
  }
  if (take_word(r, "null")) return VALUE_NONE;
  if (take_word(r, "true")) return VALUE_TRUE;
  if (take_word(r, "false")) return VALUE_FALSE;
  if (take_word(r, "NaN")) return iotpy_float(DOUBLE_NAN);
  if (take_word(r, "Infinity")) return iotpy_float(DOUBLE_INF);
  return bad(r, "Expecting value", r->at);
}

static value read_all(struct reader *r) {
  skip(r);
  value v = read(r, 0);
  if (!v) return VALUE_ERROR;
  skip(r);
  return r->at < r->bytes ? bad(r, "Extra data", r->at) : v;
}

value iotpy_json_parse(const uint8_t *data, uint32_t bytes) {
  uint32_t wrong;
  struct reader r = {.data = data, .bytes = bytes};
  if (!utf8_valid(data, bytes, &wrong)) return iotpy_raise(T_UnicodeDecodeError, "'utf-8' codec can't decode byte 0x%x in position %u: invalid start byte", data[wrong], wrong);
  return read_all(&r);
}

value native_json_dot_loads(root arguments, uint32_t count) {
  (void)count;
  value source = arguments[0];
  if (is_bytes(source)) {
    root places = iotpy_push_words(3);
    *places = source;
    for (uint32_t i = 1; i < 3; i++) places[i] = VALUE_UNBOUND;
    value bytes_to_str(root arguments);
    source = bytes_to_str(places);
    if (!source) return VALUE_ERROR;
    iotpy_pop(places);
    *arguments = source;
  }
  if (!is_string(source)) return iotpy_raise(T_TypeError, "the JSON object must be str, bytes or bytearray, not %t", source);
  struct reader r = {.string = arguments, .bytes = iotpy_text(source).bytes};
  return read_all(&r);
}
