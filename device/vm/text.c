// Strings as bytes of UTF-8: views, making them, the growing builder, code points. What Python sees of them is in type_str.c.
#include "types.h"

// ---- views
bool is_string(value v) { return is_constant(v, KIND_STRING) || is_object(v, O_STR); }

static uint32_t payload_bytes(uint32_t header) { return 4 * (header_words(header) - 1) - (header_flags(header) & 3); }

text iotpy_text(value string) {
  if (is_constant(string, KIND_STRING)) return iotpy_constant_text(payload_of(string));
  const uint32_t *words = iotpy_words(string);
  return (text){(const uint8_t *)(words + 1), payload_bytes(words[0]), !(header_flags(words[0]) & FLAG_NON_ASCII)};
}

static bool all_ascii(const uint8_t *data, uint32_t bytes) {
  for (uint32_t i = 0; i < bytes; i++) if (data[i] >= 0x80) return false;
  return true;
}

int iotpy_text_compare(text a, text b) {
  int order = __builtin_memcmp(a.data, b.data, a.bytes < b.bytes ? a.bytes : b.bytes);
  return order != 0 ? (order > 0 ? 1 : -1) : (a.bytes > b.bytes) - (a.bytes < b.bytes);
}

uint32_t iotpy_text_length(text t) {
  if (t.ascii) return t.bytes;
  uint32_t length = 0;
  for (uint32_t i = 0; i < t.bytes; i++) length += (t.data[i] & 0xC0) != 0x80;
  return length;
}

// ---- code points
uint32_t utf8_write(uint8_t *out, uint32_t c) {
  if (c < 0x80) { out[0] = (uint8_t)c; return 1; }
  if (c < 0x800) { out[0] = (uint8_t)(0xC0 | c >> 6); out[1] = (uint8_t)(0x80 | (c & 63)); return 2; }
  if (c < 0x10000) {
    out[0] = (uint8_t)(0xE0 | c >> 12);
    out[1] = (uint8_t)(0x80 | (c >> 6 & 63));
    out[2] = (uint8_t)(0x80 | (c & 63));
    return 3;
  }
  out[0] = (uint8_t)(0xF0 | c >> 18);
  out[1] = (uint8_t)(0x80 | (c >> 12 & 63));
  out[2] = (uint8_t)(0x80 | (c >> 6 & 63));
  out[3] = (uint8_t)(0x80 | (c & 63));
  return 4;
}

uint32_t utf8_read(const uint8_t *data, uint32_t *at) {  // of valid UTF-8
  uint32_t c = data[(*at)++];
  if (c < 0x80) return c;
  uint32_t more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
  c &= 0x3Fu >> more;
  while (more-- > 0) c = c << 6 | (data[(*at)++] & 63u);
  return c;
}

bool utf8_valid(const uint8_t *data, uint32_t bytes, uint32_t *bad) {
  for (uint32_t at = 0; at < bytes;) {
    uint32_t first = data[at], length = first < 0x80 ? 1 : first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
    *bad = at;
    if (length == 0 || length > bytes - at) return false;
    for (uint32_t i = 1; i < length; i++) if ((data[at + i] & 0xC0) != 0x80) return false;
    if (length == 3 && ((first == 0xE0 && data[at + 1] < 0xA0) || (first == 0xED && data[at + 1] >= 0xA0))) return false;
    if (length == 4 && ((first == 0xF0 && data[at + 1] < 0x90) || (first == 0xF4 && data[at + 1] >= 0x90))) return false;
    at += length;
  }
  return true;
}

uint32_t text_offset(text t, uint32_t index) {
  if (t.ascii) return index < t.bytes ? index : t.bytes;
  uint32_t at = 0;
  while (index > 0 && at < t.bytes) {
    at++;
    while (at < t.bytes && (t.data[at] & 0xC0) == 0x80) at++;
    index--;
  }
  return at;
}

// ---- making strings
value iotpy_raw(enum object_type type, uint32_t bytes) {
  uint32_t words = bytes / 4 + (bytes % 4 != 0);
  return iotpy_new(type, 4 * words - bytes, words + 1);
}

value iotpy_string_room(uint32_t bytes, bool ascii) {
  value v = iotpy_raw(O_STR, bytes);
  if (v && !ascii) *iotpy_words(v) |= FLAG_NON_ASCII << 7;
  return v;
}

value iotpy_string(const void *utf8, uint32_t bytes) {
  value v = iotpy_string_room(bytes, all_ascii(utf8, bytes));
  if (v && bytes > 0) __builtin_memcpy(iotpy_fields(v), utf8, bytes);
  return v;
}

value iotpy_string_from_c(const char *c) { return iotpy_string(c, (uint32_t)__builtin_strlen(c)); }

value string_part(root string, uint32_t from, uint32_t bytes) {
  text t = iotpy_text(*string);
  if (from == 0 && bytes == t.bytes) return *string;
  bool ascii = t.ascii || all_ascii(t.data + from, bytes);
  value v = iotpy_string_room(bytes, ascii);
  if (v && bytes > 0) __builtin_memcpy(iotpy_fields(v), iotpy_text(*string).data + from, bytes);
  return v;
}

// ---- the builder: an O_BUFFER that doubles
void builder_begin(builder *b) { *b = (builder){.buffer = iotpy_push(VALUE_NONE), .ascii = true}; }

// Room for `more` bytes; where they go, or NULL.
static uint8_t *builder_room(builder *b, uint32_t more) {
  if (b->failed) return NULL;
  value old = *b->buffer;
  uint32_t room = old == VALUE_NONE ? 0 : 4 * (header_words(*iotpy_words(old)) - 1);
  if (b->bytes + more > room) {
    uint32_t wanted = b->bytes + more, grown = room < 1024 ? 2 * room : room + room / 2;
    uint32_t bytes = wanted > grown ? (wanted < 24 ? 24 : wanted) : grown;
    value made = room > 0 ? iotpy_grow(b->buffer, 1 + (bytes + 3) / 4) : iotpy_raw(O_BUFFER, bytes);
    if (!made) { b->failed = true; return NULL; }
    *b->buffer = made;
  }
  uint8_t *at = (uint8_t *)iotpy_fields(*b->buffer) + b->bytes;
  b->bytes += more;
  return at;
}

void builder_add(builder *b, const void *data, uint32_t bytes) {
  uint8_t *at = bytes > 0 ? builder_room(b, bytes) : NULL;
  if (!at) return;
  __builtin_memcpy(at, data, bytes);
  b->ascii = b->ascii && all_ascii(data, bytes);
}

void builder_add_c(builder *b, const char *c) { builder_add(b, c, (uint32_t)__builtin_strlen(c)); }

void builder_add_char(builder *b, uint32_t code_point) {
  uint8_t utf8[4];
  builder_add(b, utf8, utf8_write(utf8, code_point));
}

void builder_add_part(builder *b, root string, uint32_t from, uint32_t to) {
  uint8_t *at = to > from ? builder_room(b, to - from) : NULL;
  if (!at) return;
  text t = iotpy_text(*string);
  __builtin_memcpy(at, t.data + from, to - from);
  b->ascii = b->ascii && (t.ascii || all_ascii(at, to - from));
}

void builder_add_string(builder *b, value string) {
  root kept = iotpy_push(string);
  builder_add_part(b, kept, 0, iotpy_text(string).bytes);
  iotpy_pop(kept);
}

value builder_end(builder *b) {
  value result = VALUE_ERROR;
  if (!b->failed && b->bytes == 0) {
    result = iotpy_string_room(0, true);
  } else if (!b->failed) {  // the buffer becomes the string
    result = *b->buffer;
    uint32_t words = b->bytes / 4 + (b->bytes % 4 != 0) + 1;
    iotpy_shrink(result, words);
    *iotpy_words(result) = header_of(O_STR, (4 * (words - 1) - b->bytes) | (b->ascii ? 0 : FLAG_NON_ASCII), words);
  }
  iotpy_pop(b->buffer);
  return result;
}
