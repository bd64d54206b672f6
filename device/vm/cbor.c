// CBOR (RFC 8949) for events and results: what JSON has, plus byte strings, integers of any size (tags 2 and 3) and exact floats.
#include "number.h"
#include "frame.h"
#include "table.h"

enum { MAJOR_UINT, MAJOR_NEGATIVE, MAJOR_BYTES, MAJOR_TEXT, MAJOR_ARRAY, MAJOR_MAP, MAJOR_TAG, MAJOR_SIMPLE };

// ---- writing: shortest integers, floats as doubles, definite lengths
static void emit(const void *data, uint32_t bytes) { if (bytes > 0) iotpy_port_emit(vm->host, data, bytes); }

static void emit_head(uint32_t major, uint64_t n) {
  uint8_t out[9];
  uint32_t size = n < 24 ? 0 : n < 0x100 ? 1 : n < 0x10000 ? 2 : n < 0x100000000ull ? 4 : 8;
  out[0] = (uint8_t)(major << 5 | (size == 0 ? (uint32_t)n : size == 1 ? 24 : size == 2 ? 25 : size == 4 ? 26 : 27));
  for (uint32_t i = 0; i < size; i++) out[1 + i] = (uint8_t)(n >> 8 * (size - 1 - i));
  emit(out, 1 + size);
}

static void emit_float(double d) {
  uint8_t out[9] = {MAJOR_SIMPLE << 5 | 27};
  uint64_t bits = double_bits(d);
  for (uint32_t i = 0; i < 8; i++) out[1 + i] = (uint8_t)(bits >> 8 * (7 - i));
  emit(out, 9);
}

// An integer beyond 64 bits: its digits, most significant byte first; of -1 - n for negative ones.
static void emit_big(value v) {
  const uint32_t *words = iotpy_words(v);
  uint32_t digits = header_words(words[0]) - 1, bytes = 4 * digits;
  bool negative = header_flags(words[0]) & FLAG_NEGATIVE, borrow = negative;
  uint32_t lowest = 0;
  while (negative && words[1 + lowest] == 0) lowest++;  // digits below the first that is not 0 become all ones
  uint32_t top = words[digits] - (borrow && lowest == digits - 1 ? 1 : 0);
  while (bytes > 1 && (top >> 8 * ((bytes - 1) & 3)) == 0 && bytes > 4 * (digits - 1)) bytes--;
  emit_head(MAJOR_TAG, negative ? 3 : 2);
  emit_head(MAJOR_BYTES, bytes);
  while (bytes-- > 0) {
    uint32_t digit = iotpy_words(v)[1 + bytes / 4];
    if (negative && bytes / 4 <= lowest) digit = bytes / 4 < lowest ? 0xFFFFFFFFu : digit - 1;
    uint8_t byte = (uint8_t)(digit >> 8 * (bytes & 3));
    emit(&byte, 1);
  }
}

static void emit_integer(value v) {
  int64_t n;
  if (iotpy_to_int64(v, &n)) return n < 0 ? emit_head(MAJOR_NEGATIVE, (uint64_t)(-1 - n)) : emit_head(MAJOR_UINT, (uint64_t)n);
  const uint32_t *words = iotpy_words(v);
  bool negative = header_flags(words[0]) & FLAG_NEGATIVE;
  if (header_words(words[0]) == 3) {  // 64 bits of magnitude
    uint64_t magnitude = (uint64_t)words[2] << 32 | words[1];
    return emit_head(negative ? MAJOR_NEGATIVE : MAJOR_UINT, negative ? magnitude - 1 : magnitude);
  }
  emit_big(v);
}

static bool write(root v, uint32_t depth);

static bool write_list(root v, uint32_t depth) {
  value *items;
  uint32_t count;
  iotpy_sequence(*v, &items, &count);
  emit_head(MAJOR_ARRAY, count);
  root item = iotpy_push(VALUE_NONE);
  for (uint32_t i = 0; i < count; i++) {
    iotpy_sequence(*v, &items, &count);
    *item = items[i];
    if (!write(item, depth + 1)) return false;
  }
  iotpy_pop(item);
  return true;
}

static bool write_dict(root v, uint32_t depth) {
  value *entry;
  emit_head(MAJOR_MAP, iotpy_dict_length(*v));
  root key = iotpy_push(VALUE_NONE), item = iotpy_push(VALUE_NONE);
  for (uint32_t position = 0; table_next(*v, &position, &entry);) {
    *key = entry[0];
    *item = entry[1];
    if (!is_string(entry[0])) {  // as JSON has it: the key's text
      value text_of = is_bool(entry[0]) ? iotpy_string_from_c(entry[0] == VALUE_TRUE ? "true" : "false") : entry[0] == VALUE_NONE ? iotpy_string_from_c("null")
                      : iotpy_is_number(entry[0]) ? iotpy_str(key) : iotpy_raise(T_TypeError, "keys must be str, int, float, bool or None, not %t", entry[0]);
      if (!text_of) return false;
      *key = text_of;
    }
    if (!write(key, depth + 1) || !write(item, depth + 1)) return false;
  }
  iotpy_pop(key);
  return true;
}

static bool write(root v, uint32_t depth) {
  value x = *v;
  const uint8_t *data;
  uint32_t bytes;
  if (is_string(x)) {
    text t = iotpy_text(x);
    return emit_head(MAJOR_TEXT, t.bytes), emit(t.data, t.bytes), true;
  }
  if (x == VALUE_NONE || is_bool(x)) return emit_head(MAJOR_SIMPLE, x == VALUE_NONE ? 22 : x == VALUE_TRUE ? 21 : 20), true;
  if (is_float(x)) return emit_float(iotpy_float_of(x)), true;
  if (is_integer(x)) return emit_integer(x), true;
  if (iotpy_bytes_view(x, &data, &bytes)) return emit_head(MAJOR_BYTES, bytes), emit(data, bytes), true;
  bool dict = is_object(x, O_DICT);
  if (!dict && !is_object(x, O_LIST) && !is_object(x, O_TUPLE)) return iotpy_raise(T_TypeError, "Object of type %t is not JSON serializable", x), false;
  if (depth > IOTPY_NEST_MAX) return iotpy_raise(T_ValueError, "Circular reference detected, or nested deeper than %d", IOTPY_NEST_MAX), false;
  if (!iotpy_step()) return false;
  if (!iotpy_room(8)) return false;
  return dict ? write_dict(v, depth) : write_list(v, depth);
}

bool iotpy_cbor_write(root v) { return write(v, 0); }

// ---- reading
struct reader { const uint8_t *data; uint32_t bytes, at; };
struct head { uint32_t major, info; uint64_t n; };

static value malformed(struct reader *r, const char *what) { return iotpy_raise(T_ValueError, "malformed CBOR at byte %u: %s", r->at, what); }

static bool read_head(struct reader *r, struct head *h) {
  if (r->at >= r->bytes) return malformed(r, "it ends in the middle"), false;
  uint8_t first = r->data[r->at++];
  *h = (struct head){first >> 5, first & 31, first & 31};
  if (h->info < 24 || h->info == 31) return true;
  uint32_t size = 1u << (h->info - 24);
  if (h->info > 27) return malformed(r, "a reserved length"), false;
  if (r->bytes - r->at < size) return malformed(r, "it ends in the middle"), false;
  for (h->n = 0; size-- > 0;) h->n = h->n << 8 | r->data[r->at++];
  return true;
}

static bool has(struct reader *r, uint64_t n) {
  if (n <= r->bytes - r->at) return true;
  malformed(r, "it ends in the middle");
  return false;
}

static bool at_break(struct reader *r) {
  if (r->at >= r->bytes || r->data[r->at] != 0xFF) return false;
  r->at++;
  return true;
}

static double half(uint32_t bits) {
  int32_t exponent = bits >> 10 & 31;
  uint32_t fraction = bits & 1023;
  if (exponent == 31) return fraction ? DOUBLE_NAN : double_copysign(DOUBLE_INF, bits >> 15);
  double d = exponent == 0 ? iotpy_double_round(fraction, false, -24) : iotpy_double_round(fraction | 1024, false, exponent - 25);
  return double_copysign(fraction == 0 && exponent == 0 ? 0.0 : d, bits >> 15);
}

static double single(uint32_t bits) {
  float f;
  __builtin_memcpy(&f, &bits, 4);
  return (double)f;
}

static value read_big(struct reader *r, bool negative) {
  struct head h;
  if (!read_head(r, &h)) return VALUE_ERROR;
  if (h.major != MAJOR_BYTES || h.info == 31 || !has(r, h.n)) return malformed(r, "a number's digits are no byte string");
  if (h.n > 4 * IOTPY_INT_DIGITS_MAX) return iotpy_raise(T_OverflowError, "an integer of %u bytes is too large", (uint32_t)h.n);
  root result = iotpy_push(from_int(0)), other = iotpy_push(from_int(0)), shift = iotpy_push(from_int(24));
  for (uint32_t left = (uint32_t)h.n; left > 0;) {
    uint32_t take = left % 3 ? left % 3 : 3, digit = 0;
    for (uint32_t i = 0; i < take; i++) digit = digit << 8 | r->data[r->at++];
    *other = from_int((int32_t)digit);
    value v = iotpy_int_binary(OP_LSHIFT_, result, shift);
    if (!v) return VALUE_ERROR;
    *result = v;
    if (!(v = iotpy_int_binary(OP_OR_, result, other))) return VALUE_ERROR;
    *result = v;
    left -= take;
  }
  value v = negative ? iotpy_int_unary('~', result) : *result;
  if (v) iotpy_pop(result);
  return v;
}

static value unsigned_value(uint64_t n, bool negative) {
  if (n <= INT64_MAX) return iotpy_integer(negative ? -1 - (int64_t)n : (int64_t)n);
  uint8_t digits[9] = {MAJOR_BYTES << 5 | 8};
  for (uint32_t i = 0; i < 8; i++) digits[1 + i] = (uint8_t)(n >> 8 * (7 - i));
  struct reader inner = {digits, 9, 0};
  return read_big(&inner, negative);
}

static value read(struct reader *r, uint32_t depth);

// A byte or text string in pieces.
static value read_pieces(struct reader *r, uint32_t major) {
  builder b;
  builder_begin(&b);
  while (!at_break(r)) {
    struct head h;
    if (!read_head(r, &h)) return VALUE_ERROR;
    if (h.major != major || h.info == 31 || !has(r, h.n)) return malformed(r, "a piece of another kind");
    builder_add(&b, r->data + r->at, (uint32_t)h.n);
    r->at += (uint32_t)h.n;
    if (b.failed) return VALUE_ERROR;
  }
  value v = builder_end(&b);
  if (!v) return VALUE_ERROR;
  text t = iotpy_text(v);
  uint32_t wrong;
  if (major == MAJOR_TEXT) return utf8_valid(t.data, t.bytes, &wrong) ? v : malformed(r, "a text is not UTF-8");
  root kept = iotpy_push(v);
  value made = iotpy_raw(O_BYTES, t.bytes);
  if (!made) return VALUE_ERROR;
  if (t.bytes > 0) __builtin_memcpy(iotpy_bytes_data(made), iotpy_text(*kept).data, t.bytes);
  iotpy_pop(kept);
  return made;
}

static value read_run(struct reader *r, struct head h) {
  if (h.info == 31) return read_pieces(r, h.major);
  if (!has(r, h.n)) return VALUE_ERROR;
  const uint8_t *data = r->data + r->at;
  uint32_t wrong, bytes = (uint32_t)h.n;
  if (h.major == MAJOR_TEXT && !utf8_valid(data, bytes, &wrong)) return malformed(r, "a text is not UTF-8");
  r->at += bytes;
  if (h.major == MAJOR_BYTES) return iotpy_bytes(data, bytes);
  value constant = image_find_string((text){data, bytes, false});
  return constant ? constant : iotpy_string(data, bytes);
}

static value read_list(struct reader *r, struct head h, uint32_t depth) {
  value made = iotpy_list(0, 0);
  if (!made) return VALUE_ERROR;
  root list = iotpy_push(made), item = iotpy_push(VALUE_NONE);
  for (uint64_t i = 0; h.info == 31 ? !at_break(r) : i < h.n; i++) {
    value v = read(r, depth + 1);
    if (!v) return VALUE_ERROR;
    *item = v;
    if (!iotpy_list_append(list, item)) return VALUE_ERROR;
  }
  made = *list;
  iotpy_pop(list);
  return made;
}

static value read_map(struct reader *r, struct head h, uint32_t depth) {
  value made = iotpy_dict();
  if (!made) return VALUE_ERROR;
  root dict = iotpy_push(made), key = iotpy_push(VALUE_NONE), item = iotpy_push(VALUE_NONE);
  for (uint64_t i = 0; h.info == 31 ? !at_break(r) : i < h.n; i++) {
    value v = read(r, depth + 1);
    if (!v) return VALUE_ERROR;
    *key = v;
    if (!(v = read(r, depth + 1))) return VALUE_ERROR;
    *item = v;
    if (!iotpy_dict_put(dict, key, item)) return VALUE_ERROR;
  }
  made = *dict;
  iotpy_pop(dict);
  return made;
}

static value read_simple(struct reader *r, struct head h) {
  switch (h.info) {
    case 20: return VALUE_FALSE;
    case 21: return VALUE_TRUE;
    case 22:
    case 23: return VALUE_NONE;
    case 25: return iotpy_float(half((uint32_t)h.n));
    case 26: return iotpy_float(single((uint32_t)h.n));
    case 27: return iotpy_float(double_from_bits(h.n));
    default: return malformed(r, "a simple value that means nothing here");
  }
}

static value read(struct reader *r, uint32_t depth) {
  struct head h;
  if (!read_head(r, &h)) return VALUE_ERROR;
  if (h.info == 31 && (h.major < MAJOR_BYTES || h.major > MAJOR_MAP)) return malformed(r, "an unexpected break or length");
  switch (h.major) {
    case MAJOR_UINT: return unsigned_value(h.n, false);
    case MAJOR_NEGATIVE: return unsigned_value(h.n, true);
    case MAJOR_BYTES:
    case MAJOR_TEXT: return read_run(r, h);
    case MAJOR_TAG: return h.n == 2 || h.n == 3 ? read_big(r, h.n == 3) : malformed(r, "an unknown tag");
    case MAJOR_SIMPLE: return read_simple(r, h);
    default: break;
  }
  if (depth >= IOTPY_NEST_MAX) return iotpy_raise(T_RecursionError, "CBOR nested deeper than %d", IOTPY_NEST_MAX);
  if (!iotpy_room(16)) return VALUE_ERROR;
  return h.major == MAJOR_ARRAY ? read_list(r, h, depth) : read_map(r, h, depth);
}

value iotpy_cbor_parse(const uint8_t *data, uint32_t bytes) {
  struct reader r = {data, bytes, 0};
  value v = read(&r, 0);
  if (v && r.at < bytes) return malformed(&r, "bytes follow it");
  return v;
}

// ---- both encodings
value iotpy_json_parse(const uint8_t *data, uint32_t bytes);
bool iotpy_json_write(root v);

value iotpy_decode(enum iotpy_encoding encoding, const uint8_t *data, uint32_t bytes) {
  return encoding == IOTPY_JSON ? iotpy_json_parse(data, bytes) : iotpy_cbor_parse(data, bytes);
}
bool iotpy_encode(enum iotpy_encoding encoding, root v) { return encoding == IOTPY_JSON ? iotpy_json_write(v) : iotpy_cbor_write(v); }
