// str: items, slices, concatenation, repr. Its methods are in str_methods.c.
#include "sequences.h"

value iotpy_str_concat(root left, root right) {
  text a = iotpy_text(*left), b = iotpy_text(*right);
  if (a.bytes == 0) return *right;
  if (b.bytes == 0) return *left;
  value v = iotpy_string_room(a.bytes + b.bytes, a.ascii && b.ascii);
  if (!v) return VALUE_ERROR;
  uint8_t *out = (uint8_t *)iotpy_fields(v);
  __builtin_memcpy(out, iotpy_text(*left).data, a.bytes);
  __builtin_memcpy(out + a.bytes, iotpy_text(*right).data, b.bytes);
  return v;
}

value str_item(root string, uint32_t index) {
  text t = iotpy_text(*string);
  uint32_t from = text_offset(t, index), to = from;
  utf8_read(t.data, &to);
  return string_part(string, from, to - from);
}

value str_slice(root string, root bounds) {
  struct bounds s;
  text t = iotpy_text(*string);
  if (!iotpy_bounds(bounds, iotpy_text_length(t), &s)) return VALUE_ERROR;
  if (s.step == 1) {
    uint32_t from = text_offset(t, (uint32_t)s.start), to = text_offset(t, (uint32_t)s.start + s.count);
    return string_part(string, from, to - from);
  }
  builder b;
  builder_begin(&b);
  for (uint32_t i = 0; i < s.count; i++) {
    t = iotpy_text(*string);
    uint32_t at = text_offset(t, (uint32_t)(s.start + (int32_t)i * s.step));
    builder_add_char(&b, utf8_read(t.data, &at));
  }
  return builder_end(&b);
}

// ---- repr
static bool printable(uint32_t c) {
  if (c < 0x7F) return c >= 0x20;
  if (c < 0xA1 || c == 0xAD) return false;
  return !((c >= 0x2028 && c <= 0x202E) || (c >= 0x2000 && c <= 0x200F) || (c >= 0xD800 && c < 0xF900) || c == 0xFEFF || c == 0x3000 || c > 0xE0000);
}

void add_escape(builder *b, char kind, uint32_t c, uint32_t digits) {
  char out[12] = {'\\', kind};
  for (uint32_t i = 0; i < digits; i++) out[2 + i] = "0123456789abcdef"[c >> 4 * (digits - 1 - i) & 15];
  builder_add(b, out, 2 + digits);
}

static void add_repr_char(builder *b, uint32_t c, char quote, bool ascii) {
  char pair[2] = {'\\', (char)c};
  switch (c) {
    case '\n': pair[1] = 'n'; break;
    case '\r': pair[1] = 'r'; break;
    case '\t': pair[1] = 't'; break;
    case '\\': break;
    default:
      if (c == (uint32_t)quote) break;
      if (printable(c) && (c < 0x80 || !ascii)) return builder_add_char(b, c);
      if (c < 0x100) return add_escape(b, 'x', c, 2);
      if (c < 0x10000) return add_escape(b, 'u', c, 4);
      return add_escape(b, 'U', c, 8);
  }
  builder_add(b, pair, 2);
}

char repr_quote(const uint8_t *data, uint32_t bytes) {
  bool single = false, twofold = false;
  for (uint32_t i = 0; i < bytes; i++) {
    single |= data[i] == '\'';
    twofold |= data[i] == '"';
  }
  return single && !twofold ? '"' : '\'';
}

void add_str_repr(builder *b, root string, bool ascii) {
  text t = iotpy_text(*string);
  char quote = repr_quote(t.data, t.bytes);
  builder_add(b, &quote, 1);
  for (uint32_t at = 0; at < t.bytes && !b->failed;) {
    t = iotpy_text(*string);
    add_repr_char(b, utf8_read(t.data, &at), quote, ascii);
  }
  builder_add(b, &quote, 1);
}

value iotpy_str_repr(root string, bool ascii) {
  builder b;
  builder_begin(&b);
  add_str_repr(&b, string, ascii);
  return builder_end(&b);
}
