// text % values, as CPython's unicode_format.c: %[(key)][flags][width][.precision][h l L]conversion.
#include "format.h"

struct percent {
  root format, arguments;    // arguments: a tuple, a mapping or one value
  root item;                 // the value being formatted
  uint32_t at, end;          // in the format
  uint32_t next;             // argument that is taken next
  bool tuple, keyed;         // keyed: a (key) has been used
};

static uint8_t peek(vm_t *vm, const struct percent *p) { return p->at < p->end ? iotpy_text(vm, iotpy_get(vm, p->format)).data[p->at] : 0; }

static value incomplete(vm_t *vm) { return iotpy_raise(vm, T_ValueError, "incomplete format"); }

// The next argument goes to p->item.
static bool take(vm_t *vm, struct percent *p) {
  value all = iotpy_get(vm, p->arguments);
  uint32_t count = p->tuple ? iotpy_tuple_length(vm, all) : 1;
  if (p->next >= count || p->keyed) {
    iotpy_raise(vm, T_TypeError, "not enough arguments for format string");
    return false;
  }
  iotpy_put(vm, p->item, p->tuple ? iotpy_tuple_items(vm, all)[p->next] : all);
  p->next++;
  return true;
}

// A key in parentheses: the mapping's item goes to p->item.
static bool take_key(vm_t *vm, struct percent *p) {
  if (!is_object(vm, iotpy_get(vm, p->arguments), O_DICT)) {
    iotpy_raise(vm, T_TypeError, "format requires a mapping");
    return false;
  }
  uint32_t start = ++p->at, depth = 1;
  for (; p->at < p->end; p->at++) {
    uint8_t c = peek(vm, p);
    depth += (c == '(') - (uint32_t)(c == ')');
    if (depth == 0) break;
  }
  if (p->at >= p->end) {
    iotpy_raise(vm, T_ValueError, "incomplete format key");
    return false;
  }
  builder b;
  builder_begin(vm, &b);
  builder_add_part(vm, &b, p->format, start, p->at++);
  value key = builder_end(vm, &b);
  if (!key) return false;
  iotpy_put(vm, p->item, key);
  value item = iotpy_get_item(vm, p->arguments, p->item);
  if (!item) return false;
  iotpy_put(vm, p->item, item);
  p->keyed = true;
  return true;
}

static void parse_flags(vm_t *vm, struct percent *p, struct format_spec *spec) {
  *spec = (struct format_spec){.fill = ' ', .precision = -1, .align = '>'};
  for (;; p->at++) {
    uint8_t c = peek(vm, p);
    if (c == '-') spec->align = '<';
    else if (c == '+') spec->sign = '+';
    else if (c == ' ') spec->sign = spec->sign ? spec->sign : ' ';
    else if (c == '#') spec->alternate = true;
    else if (c == '0') spec->fill = '0';
    else return;
  }
}

// A width or precision: digits, or * for the next argument.
static bool parse_number(vm_t *vm, struct percent *p, int32_t *out) {
  *out = 0;
  if (peek(vm, p) == '*') {
    p->at++;
    if (!take(vm, p)) return false;
    if (!is_int_or_bool(vm, iotpy_get(vm, p->item))) {
      iotpy_raise(vm, T_TypeError, "* wants int");
      return false;
    }
    return iotpy_to_index_clamped(vm, iotpy_get(vm, p->item), out);
  }
  for (uint8_t c; c = peek(vm, p), c >= '0' && c <= '9'; p->at++) *out = *out > (int32_t)FORMAT_WIDTH_MAX ? *out : *out * 10 + (c - '0');
  return true;
}

static bool parse_spec(vm_t *vm, struct percent *p, struct format_spec *spec) {
  int32_t width;
  parse_flags(vm, p, spec);
  bool keyed = p->keyed;
  p->keyed = false;  // a * takes from the tuple
  if (!parse_number(vm, p, &width)) return false;
  if (width < 0) spec->align = '<', width = width == INT32_MIN ? INT32_MAX : -width;
  if (peek(vm, p) == '.') {
    p->at++;
    if (!parse_number(vm, p, &spec->precision)) return false;
    if (spec->precision < 0) spec->precision = 0;
  }
  p->keyed = keyed;
  if (width > (int32_t)FORMAT_WIDTH_MAX || spec->precision > (int32_t)FORMAT_WIDTH_MAX) {
    iotpy_raise(vm, T_ValueError, "%s too big", width > (int32_t)FORMAT_WIDTH_MAX ? "width" : "precision");
    return false;
  }
  spec->width = (uint32_t)width;
  uint8_t c = peek(vm, p);
  if (c == 'h' || c == 'l' || c == 'L') p->at++;
  return true;
}

// ---- conversions: each gives a str, TWIN or an error
static value percent_text(vm_t *vm, struct percent *p, struct format_spec *spec) {
  value v = spec->type == 's' ? iotpy_str(vm, p->item) : spec->type == 'r' ? iotpy_repr(vm, p->item) : native_ascii(vm, p->item, 1);
  if (!v || v == VALUE_TWIN || (spec->width == 0 && spec->precision < 0)) return v;
  struct field f;
  root text = iotpy_push(vm, v);
  spec->fill = ' ';
  format_string(vm, spec, text, &f);
  return format_lay(vm, spec, &f);
}

static value percent_character(vm_t *vm, struct percent *p, struct format_spec *spec) {
  struct field f;
  value v = iotpy_get(vm, p->item);
  spec->fill = ' ';
  if (is_string(vm, v) && iotpy_text_length(iotpy_text(vm, v)) == 1) {
    spec->precision = -1;
    format_string(vm, spec, iotpy_push(vm, v), &f);
  } else if (!is_int_or_bool(vm, v)) {
    return iotpy_raise(vm, T_TypeError, "%s requires int or char", "%c");
  } else if (!format_character(vm, v, &f)) {
    return VALUE_ERROR;
  }
  return format_lay(vm, spec, &f);
}

static value percent_integer(vm_t *vm, struct percent *p, struct format_spec *spec, char conversion) {
  value v = iotpy_get(vm, p->item);
  char name[3] = {'%', conversion, 0};
  if (is_float(vm, v) && spec->type == 'd') {
    v = iotpy_int_from_double(vm, iotpy_float_of(vm, v));
    if (!v) return v;
    iotpy_put(vm, p->item, v);
  } else if (!is_int_or_bool(vm, v)) {
    if (is_object(vm, v, O_INSTANCE)) return VALUE_TWIN;
    return iotpy_raise(vm, T_TypeError, "%s format: %s is required, not %t", name, spec->type == 'd' ? "a real number" : "an integer", v);
  }
  struct field f;
  int32_t precision = spec->precision;
  spec->precision = -1;
  if (!format_integer(vm, spec, p->item, &f)) return VALUE_ERROR;
  f.digits_min = precision > 0 ? (uint32_t)precision : 0;
  return format_lay(vm, spec, &f);
}

static value percent_float(vm_t *vm, struct percent *p, struct format_spec *spec) {
  double d;
  value v = iotpy_get(vm, p->item);
  if (!iotpy_is_number(vm, v)) return is_object(vm, v, O_INSTANCE) ? VALUE_TWIN : iotpy_raise(vm, T_TypeError, "must be real number, not %t", v);
  struct field f;
  if (!iotpy_to_double(vm, v, &d) || !format_double(vm, spec, d, &f)) return VALUE_ERROR;
  return format_lay(vm, spec, &f);
}

static value convert(vm_t *vm, struct percent *p, struct format_spec *spec, char conversion) {
  if (spec->fill == '0' && spec->align == '>') spec->align = '=';
  if (spec->align == '<') spec->fill = ' ';
  spec->type = conversion;
  switch (conversion) {
    case 's':
    case 'r':
    case 'a':
      spec->align = spec->align == '=' ? '>' : spec->align;
      return percent_text(vm, p, spec);
    case 'c':
      spec->align = spec->align == '=' ? '>' : spec->align;
      return percent_character(vm, p, spec);
    case 'd':
    case 'i':
    case 'u':
      spec->type = 'd';
      return percent_integer(vm, p, spec, conversion);
    case 'o':
    case 'x':
    case 'X': return percent_integer(vm, p, spec, conversion);
    default: return percent_float(vm, p, spec);
  }
}

static bool is_conversion(uint8_t c) {
  for (const char *known = "diouxXeEfFgGcrsa"; *known; known++)
    if ((uint8_t)*known == c) return true;
  return false;
}

// One field, from after its %. Its text is added to b; VALUE_NONE, TWIN or error.
static value add_field(vm_t *vm, struct percent *p, builder *b) {
  struct format_spec spec;
  bool keyed = peek(vm, p) == '(';
  if (keyed && !take_key(vm, p)) return VALUE_ERROR;
  root kept = iotpy_push(vm, iotpy_get(vm, p->item));  // * puts its argument into p->item
  if (!parse_spec(vm, p, &spec)) return VALUE_ERROR;
  if (p->at >= p->end) return incomplete(vm);
  uint32_t at = p->at;
  uint8_t c = peek(vm, p);
  p->at++;
  if (c == '%') {
    iotpy_pop(vm, kept);
    builder_add_char(vm, b, c);
    return b->failed ? VALUE_ERROR : VALUE_NONE;
  }
  if (!keyed && !take(vm, p)) return VALUE_ERROR;
  if (keyed) iotpy_put(vm, p->item, iotpy_get(vm, kept));
  iotpy_pop(vm, kept);
  if (!is_conversion(c)) {
    char name[2] = {(char)c, 0}, hex[3] = {"0123456789abcdef"[c >> 4], "0123456789abcdef"[c & 15], 0};
    return iotpy_raise(vm, T_ValueError, "unsupported format character '%s' (0x%s) at index %u", name, hex, at);
  }
  value v = convert(vm, p, &spec, (char)c);
  if (!v || v == VALUE_TWIN) return v;
  builder_add_string(vm, b, v);
  return b->failed ? VALUE_ERROR : VALUE_NONE;
}

value iotpy_str_percent(vm_t *vm, root format, root arguments) {
  value all = iotpy_get(vm, arguments);
  struct percent p = {.format = format, .arguments = arguments, .end = iotpy_text(vm, iotpy_get(vm, format)).bytes, .tuple = is_object(vm, all, O_TUPLE)};
  p.item = iotpy_push(vm, VALUE_NONE);
  builder b;
  builder_begin(vm, &b);
  while (p.at < p.end) {
    uint32_t start = p.at;
    while (p.at < p.end && peek(vm, &p) != '%') p.at++;
    builder_add_part(vm, &b, format, start, p.at);
    if (p.at++ >= p.end) break;
    value v = add_field(vm, &p, &b);
    if (v != VALUE_NONE) return v;
  }
  all = iotpy_get(vm, arguments);
  bool all_used = p.tuple ? p.next >= iotpy_tuple_length(vm, all) : p.next || p.keyed || is_object(vm, all, O_DICT) || is_object(vm, all, O_LIST);
  if (!all_used) return iotpy_raise(vm, T_TypeError, "not all arguments converted during string formatting");
  value v = builder_end(vm, &b);
  iotpy_pop(vm, p.item);
  return v;
}
