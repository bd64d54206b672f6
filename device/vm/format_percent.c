// text % values, as CPython's unicode_format.c: %[(key)][flags][width][.precision][h l L]conversion.
#include "format.h"

struct percent {
  root format, arguments;    // arguments: a tuple, a mapping or one value
  root item;                 // the value being formatted
  uint32_t at, end;          // in the format
  uint32_t next;             // argument that is taken next
  bool tuple, keyed;         // keyed: a (key) has been used
};

static uint8_t peek(const struct percent *p) { return p->at < p->end ? iotpy_text_data(*p->format)[p->at] : 0; }

static value incomplete(void) { return iotpy_raise(T_ValueError, "incomplete format"); }

// The next argument goes to p->item.
static bool take(struct percent *p) {
  value all = *p->arguments;
  uint32_t count = p->tuple ? iotpy_tuple_length(all) : 1;
  if (p->next >= count || p->keyed) {
    iotpy_raise(T_TypeError, "not enough arguments for format string");
    return false;
  }
  *p->item = p->tuple ? iotpy_tuple_items(all)[p->next] : all;
  p->next++;
  return true;
}

// A key in parentheses: the mapping's item goes to p->item.
static bool take_key(struct percent *p) {
  if (!is_object(*p->arguments, O_DICT)) {
    iotpy_raise(T_TypeError, "format requires a mapping");
    return false;
  }
  uint32_t start = ++p->at, depth = 1;
  for (; p->at < p->end; p->at++) {
    uint8_t c = peek(p);
    depth += (c == '(') - (uint32_t)(c == ')');
    if (depth == 0) break;
  }
  if (p->at >= p->end) {
    iotpy_raise(T_ValueError, "incomplete format key");
    return false;
  }
  builder b;
  builder_begin(&b);
  builder_add_part(&b, p->format, start, p->at++);
  value key = builder_end(&b);
  if (!key) return false;
  *p->item = key;
  value item = iotpy_get_item(p->arguments, p->item);
  if (!item) return false;
  *p->item = item;
  p->keyed = true;
  return true;
}

static void parse_flags(struct percent *p, struct format_spec *spec) {
  *spec = (struct format_spec){.fill = ' ', .precision = -1, .align = '>'};
  for (;; p->at++) {
    uint8_t c = peek(p);
    if (c == '-') spec->align = '<';
    else if (c == '+') spec->sign = '+';
    else if (c == ' ') spec->sign = spec->sign ? spec->sign : ' ';
    else if (c == '#') spec->alternate = true;
    else if (c == '0') spec->fill = '0';
    else return;
  }
}

// A width or precision: digits, or * for the next argument.
static bool parse_number(struct percent *p, int32_t *out) {
  *out = 0;
  if (peek(p) == '*') {
    p->at++;
    if (!take(p)) return false;
    if (!is_int_or_bool(*p->item)) {
      iotpy_raise(T_TypeError, "* wants int");
      return false;
    }
    return iotpy_to_index_clamped(*p->item, out);
  }
  for (uint8_t c; c = peek(p), c >= '0' && c <= '9'; p->at++) *out = *out > (int32_t)FORMAT_WIDTH_MAX ? *out : *out * 10 + (c - '0');
  return true;
}

static bool parse_spec(struct percent *p, struct format_spec *spec) {
  int32_t width;
  parse_flags(p, spec);
  bool keyed = p->keyed;
  p->keyed = false;  // a * takes from the tuple
  if (!parse_number(p, &width)) return false;
  if (width < 0) spec->align = '<', width = width == INT32_MIN ? INT32_MAX : -width;
  if (peek(p) == '.') {
    p->at++;
    if (!parse_number(p, &spec->precision)) return false;
    if (spec->precision < 0) spec->precision = 0;
  }
  p->keyed = keyed;
  if (width > (int32_t)FORMAT_WIDTH_MAX || spec->precision > (int32_t)FORMAT_WIDTH_MAX) {
    iotpy_raise(T_ValueError, "%s too big", width > (int32_t)FORMAT_WIDTH_MAX ? "width" : "precision");
    return false;
  }
  spec->width = (uint32_t)width;
  uint8_t c = peek(p);
  if (c == 'h' || c == 'l' || c == 'L') p->at++;
  return true;
}

// ---- conversions: each gives a str, TWIN or an error
static value percent_text(struct percent *p, struct format_spec *spec) {
  value v = spec->type == 's' ? iotpy_str(p->item) : spec->type == 'r' ? iotpy_repr(p->item) : native_ascii(p->item, 1);
  if (!v || v == VALUE_TWIN || (spec->width == 0 && spec->precision < 0)) return v;
  struct field f;
  root text = iotpy_push(v);
  spec->fill = ' ';
  format_string(spec, text, &f);
  return format_lay(spec, &f);
}

static value percent_character(struct percent *p, struct format_spec *spec) {
  struct field f;
  value v = *p->item;
  spec->fill = ' ';
  if (is_string(v) && iotpy_text_length(iotpy_text(v)) == 1) {
    spec->precision = -1;
    format_string(spec, iotpy_push(v), &f);
  } else if (!is_int_or_bool(v)) {
    return iotpy_raise(T_TypeError, "%s requires int or char", "%c");
  } else if (!format_character(v, &f)) {
    return VALUE_ERROR;
  }
  return format_lay(spec, &f);
}

static value percent_integer(struct percent *p, struct format_spec *spec, char conversion) {
  value v = *p->item;
  char name[3] = {'%', conversion, 0};
  if (is_float(v) && spec->type == 'd') {
    v = iotpy_int_from_double(iotpy_float_of(v));
    if (!v) return v;
    *p->item = v;
  } else if (!is_int_or_bool(v)) {
    if (is_object(v, O_INSTANCE)) return VALUE_TWIN;
    return iotpy_raise(T_TypeError, "%s format: %s is required, not %t", name, spec->type == 'd' ? "a real number" : "an integer", v);
  }
  struct field f;
  int32_t precision = spec->precision;
  spec->precision = -1;
  if (!format_integer(spec, p->item, &f)) return VALUE_ERROR;
  f.digits_min = precision > 0 ? (uint32_t)precision : 0;
  return format_lay(spec, &f);
}

static value percent_float(struct percent *p, struct format_spec *spec) {
  double d;
  value v = *p->item;
  if (!iotpy_is_number(v)) return is_object(v, O_INSTANCE) ? VALUE_TWIN : iotpy_raise(T_TypeError, "must be real number, not %t", v);
  struct field f;
  if (!iotpy_to_double(v, &d) || !format_double(spec, d, &f)) return VALUE_ERROR;
  return format_lay(spec, &f);
}

static value convert(struct percent *p, struct format_spec *spec, char conversion) {
  if (spec->fill == '0' && spec->align == '>') spec->align = '=';
  if (spec->align == '<') spec->fill = ' ';
  spec->type = conversion;
  switch (conversion) {
    case 's':
    case 'r':
    case 'a':
      spec->align = spec->align == '=' ? '>' : spec->align;
      return percent_text(p, spec);
    case 'c':
      spec->align = spec->align == '=' ? '>' : spec->align;
      return percent_character(p, spec);
    case 'd':
    case 'i':
    case 'u':
      spec->type = 'd';
      return percent_integer(p, spec, conversion);
    case 'o':
    case 'x':
    case 'X': return percent_integer(p, spec, conversion);
    default: return percent_float(p, spec);
  }
}

static bool is_conversion(uint8_t c) {
  for (const char *known = "diouxXeEfFgGcrsa"; *known; known++)
    if ((uint8_t)*known == c) return true;
  return false;
}

// One field, from after its %. Its text is added to b; VALUE_NONE, TWIN or error.
static value add_field(struct percent *p, builder *b) {
  struct format_spec spec;
  bool keyed = peek(p) == '(';
  if (keyed && !take_key(p)) return VALUE_ERROR;
  root kept = iotpy_push(*p->item);  // * puts its argument into p->item
  if (!parse_spec(p, &spec)) return VALUE_ERROR;
  if (p->at >= p->end) return incomplete();
  uint32_t at = p->at;
  uint8_t c = peek(p);
  p->at++;
  if (c == '%') {
    iotpy_pop(kept);
    builder_add_char(b, c);
    return b->failed ? VALUE_ERROR : VALUE_NONE;
  }
  if (!keyed && !take(p)) return VALUE_ERROR;
  if (keyed) *p->item = *kept;
  iotpy_pop(kept);
  if (!is_conversion(c)) {
    char name[2] = {(char)c, 0}, hex[3] = {"0123456789abcdef"[c >> 4], "0123456789abcdef"[c & 15], 0};
    return iotpy_raise(T_ValueError, "unsupported format character '%s' (0x%s) at index %u", name, hex, at);
  }
  value v = convert(p, &spec, (char)c);
  if (!v || v == VALUE_TWIN) return v;
  builder_add_string(b, v);
  return b->failed ? VALUE_ERROR : VALUE_NONE;
}

value iotpy_str_percent(root format, root arguments) {
  value all = *arguments;
  struct percent p = {.format = format, .arguments = arguments, .end = iotpy_text(*format).bytes, .tuple = is_object(all, O_TUPLE)};
  p.item = iotpy_push(VALUE_NONE);
  builder b;
  builder_begin(&b);
  while (p.at < p.end) {
    uint32_t start = p.at;
    const uint8_t *data = iotpy_text_data(*format);
    while (p.at < p.end && data[p.at] != '%') p.at++;
    builder_add_part(&b, format, start, p.at);
    if (p.at++ >= p.end) break;
    value v = add_field(&p, &b);
    if (v != VALUE_NONE) return v;
  }
  all = *arguments;
  bool all_used = p.tuple ? p.next >= iotpy_tuple_length(all) : p.next || p.keyed || is_object(all, O_DICT) || is_object(all, O_LIST);
  if (!all_used) return iotpy_raise(T_TypeError, "not all arguments converted during string formatting");
  value v = builder_end(&b);
  iotpy_pop(p.item);
  return v;
}
