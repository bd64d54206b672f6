// str.format: literal text and fields {name[.attribute][[key]][!conversion][:spec]}, where the spec may hold fields itself, one level deep.
#include "format.h"
#include "frame.h"

struct fields {
  root format;             // the str
  root arguments;          // of the native: self, positional..., dict of keywords or unbound
  uint32_t positional;
  int32_t automatic;       // next automatic number; -1: numbers are given
  bool numbered;           // a number has been used, of either kind
};

static uint8_t byte_at(const struct fields *f, uint32_t at) { return iotpy_text_data(*f->format)[at]; }

static value refuse(const char *message) { return iotpy_raise(T_ValueError, message); }

static value part(const struct fields *f, uint32_t from, uint32_t to) {
  builder b;
  builder_begin(&b);
  builder_add_part(&b, f->format, from, to);
  return builder_end(&b);
}

// The number that from..to spells, or -1.
static int32_t number_of(const struct fields *f, uint32_t from, uint32_t to) {
  int32_t n = 0;
  for (uint32_t i = from; i < to; i++) {
    uint8_t c = byte_at(f, i);
    if (c < '0' || c > '9' || n > 100000000) return -1;
    n = n * 10 + (c - '0');
  }
  return from < to ? n : -1;
}

// ---- the value of a field
static value first_value(struct fields *f, uint32_t from, uint32_t to) {
  int32_t n = number_of(f, from, to);
  if (from == to || n >= 0) {
    bool automatic = from == to;
    if (f->numbered && automatic != (f->automatic >= 0))
      return refuse(automatic ? "cannot switch from manual field specification to automatic field numbering"
                                  : "cannot switch from automatic field numbering to manual field specification");
    f->numbered = true;
    if (automatic) n = f->automatic++;
    else f->automatic = -1;
    if ((uint32_t)n >= f->positional) return iotpy_raise(T_IndexError, "Replacement index %d out of range for positional args tuple", n);
    return f->arguments[1 + (uint32_t)n];
  }
  value name = part(f, from, to), keywords = f->arguments[1 + f->positional];
  if (!name) return name;
  value v = is_object(keywords, O_DICT) ? iotpy_dict_get(keywords, name) : VALUE_UNBOUND;
  return v == VALUE_UNBOUND ? iotpy_raise_value(T_KeyError, name) : v;
}

static value attribute_of(const struct fields *f, root object, uint32_t from, uint32_t to) {
  bool binds;
  value name = part(f, from, to);
  if (!name) return name;
  name = attribute_name(*object, name);
  value v = attribute_find(*object, name, &binds);
  if (v == VALUE_UNBOUND) return attribute_error(*object, name);
  return binds ? attribute_bind(object, v) : v;
}

static value item_of(const struct fields *f, root object, uint32_t from, uint32_t to) {
  int32_t n = number_of(f, from, to);
  value key = n >= 0 ? from_int(n) : part(f, from, to);
  if (!key) return key;
  root r = iotpy_push(key);
  value v = iotpy_get_item(object, r);
  iotpy_pop(r);
  return v;
}

static bool ends_name(uint8_t c) { return c == '.' || c == '['; }

// The value that the name from..to means goes to `object`; VALUE_NONE, TWIN or error.
static value look_up(struct fields *f, root object, uint32_t from, uint32_t to) {
  uint32_t at = from;
  while (at < to && !ends_name(byte_at(f, at))) at++;
  value v = first_value(f, from, at);
  while (v && v != VALUE_TWIN) {
    *object = v;
    if (at >= to) return VALUE_NONE;
    bool item = byte_at(f, at) == '[';
    if (!item && byte_at(f, at) != '.') return refuse("Only '.' or '[' may follow ']' in format field specifier");
    from = ++at;
    while (at < to && (item ? byte_at(f, at) != ']' : !ends_name(byte_at(f, at)))) at++;
    if (item && at >= to) return refuse("Missing ']' in format string");
    if (at == from) return refuse("Empty attribute in format string");
    v = item ? item_of(f, object, from, at) : attribute_of(f, object, from, at);
    at += item;
  }
  return v;
}

static value convert(root object, uint8_t conversion) {
  if (conversion == 's') return iotpy_str(object);
  if (conversion == 'r') return iotpy_repr(object);
  if (conversion == 'a') return native_ascii(object, 1);
  char name[2] = {(char)conversion, 0};
  return iotpy_raise(T_ValueError, "Unknown conversion specifier %s", name);
}

// ---- fields and text
static value add_fields(struct fields *f, builder *b, uint32_t from, uint32_t to, uint32_t depth);

static value spec_of(struct fields *f, uint32_t from, uint32_t to, bool nested, uint32_t depth) {
  if (!nested) return part(f, from, to);
  builder b;
  builder_begin(&b);
  value v = add_fields(f, &b, from, to, depth + 1);
  return v == VALUE_NONE ? builder_end(&b) : v;
}

// Where the parts of the field that begins after its { end: the name, the conversion (0: none), the spec and the closing }.
struct layout {
  uint32_t name_end, spec, end;
  uint8_t conversion;
  bool nested;
};

static bool find_parts(const struct fields *f, uint32_t at, uint32_t to, struct layout *out) {
  *out = (struct layout){0};
  bool bracket = false;
  for (; at < to; at++) {
    uint8_t c = byte_at(f, at);
    if (c == '[') bracket = true;
    if (c == ']') bracket = false;
    if (c == '{' && !bracket) return refuse("unexpected '{' in field name"), false;
    if (!bracket && (c == '}' || c == ':' || c == '!')) break;
  }
  out->name_end = at;
  if (at < to && byte_at(f, at) == '!') {
    if (at + 2 >= to) return refuse("unmatched '{' in format spec"), false;
    out->conversion = byte_at(f, at + 1);
    at += 2;
    uint8_t c = byte_at(f, at);
    if (c != ':' && c != '}') return refuse(out->conversion == '}' ? "unmatched '{' in format spec" : "expected ':' after conversion specifier"), false;
  }
  out->spec = at + (at < to && byte_at(f, at) == ':');
  uint32_t depth = 0;
  for (at = out->spec; at < to; at++) {
    uint8_t c = byte_at(f, at);
    if (c == '{') depth++, out->nested = true;
    if (c == '}' && depth-- == 0) break;
  }
  if (at >= to) return refuse(out->spec > out->name_end ? "unmatched '{' in format spec" : "expected '}' before end of string"), false;
  out->end = at;
  return true;
}

static value add_field(struct fields *f, builder *b, uint32_t *at, uint32_t to, uint32_t depth) {
  struct layout parts;
  if (*at >= to) return refuse("Single '{' encountered in format string");
  if (!find_parts(f, *at, to, &parts)) return VALUE_ERROR;
  root object = iotpy_push_words(2), spec = object + 1;
  value v = look_up(f, object, *at, parts.name_end);
  if (v != VALUE_NONE) return v;
  if (parts.conversion) {
    v = convert(object, parts.conversion);
    if (!v || v == VALUE_TWIN) return v;
    *object = v;
  }
  v = spec_of(f, parts.spec, parts.end, parts.nested, depth);
  if (!v || v == VALUE_TWIN) return v;
  *spec = v;
  v = iotpy_format(object, spec);
  if (!v || v == VALUE_TWIN) return v;
  iotpy_pop(object);
  builder_add_string(b, v);
  *at = parts.end + 1;
  return b->failed ? VALUE_ERROR : VALUE_NONE;
}

// VALUE_NONE, TWIN or error.
static value add_fields(struct fields *f, builder *b, uint32_t from, uint32_t to, uint32_t depth) {
  if (depth > 1) return refuse("Max string recursion exceeded");
  for (uint32_t at = from; at < to;) {
    const uint8_t *data = iotpy_text_data(*f->format);
    while (at < to && data[at] != '{' && data[at] != '}') at++;
    builder_add_part(b, f->format, from, at);
    if (b->failed) return VALUE_ERROR;
    if (at >= to) break;
    uint8_t c = byte_at(f, at);
    if (at + 1 < to && byte_at(f, at + 1) == c) {
      builder_add_char(b, c);
      at += 2;
    } else if (c == '}') {
      return refuse("Single '}' encountered in format string");
    } else {
      at++;
      value v = add_field(f, b, &at, to, depth);
      if (v != VALUE_NONE) return v;
    }
    from = at;
  }
  return b->failed ? VALUE_ERROR : VALUE_NONE;
}

value native_str_dot_format(root arguments, uint32_t count) {
  struct fields f = {.format = arguments, .arguments = arguments, .positional = count - 2};
  builder b;
  builder_begin(&b);
  value v = add_fields(&f, &b, 0, iotpy_text(arguments[0]).bytes, 0);
  return v == VALUE_NONE ? builder_end(&b) : v;
}
