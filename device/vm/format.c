// format(value, spec): the mini-language of fill, align, sign, #, 0, width, grouping, precision and type for int, float, bool and str.
// A value is first turned into a field (sign, prefix, digits, rest) and then laid out once, so that every type shares alignment,
// grouping and filling.
#include "format.h"
#include "sequences.h"

// ---- laying out
static uint32_t grouped(uint32_t digits, uint32_t group) { return digits && group ? digits + (digits - 1) / group : digits; }

static uint8_t *put_fill(uint8_t *to, uint32_t fill, uint32_t count) {
  uint8_t bytes[4];
  uint32_t n = utf8_write(bytes, fill);
  for (; count > 0; count--)
    for (uint32_t i = 0; i < n; i++) *to++ = bytes[i];
  return to;
}

static uint8_t *put_digits(uint8_t *to, const uint8_t *digits, uint32_t given, uint32_t wanted, char separator, uint32_t group) {
  for (uint32_t left = wanted; left > 0; left--) {
    *to++ = left > given ? '0' : digits[given - left];
    if (group && left > 1 && (left - 1) % group == 0) *to++ = (uint8_t)separator;
  }
  return to;
}

value format_lay(const struct format_spec *spec, struct field *f) {
  uint32_t group = !spec->grouping || !f->digits ? 0 : spec->type == 'b' || spec->type == 'o' || (spec->type | 32) == 'x' ? 4 : 3;
  uint32_t head = (f->sign ? 1u : 0) + (f->prefix ? 2u : 0), wanted = f->digits > f->digits_min ? f->digits : f->digits_min;
  while (group && spec->fill == '0' && spec->align == '=' && head + grouped(wanted, group) + f->rest < spec->width) wanted++;
  uint32_t length = head + grouped(wanted, group) + f->rest, pad = spec->width > length ? spec->width - length : 0;
  uint32_t before = spec->align == '>' ? pad : spec->align == '^' ? pad / 2 : 0, inside = spec->align == '=' ? pad : 0;
  uint8_t fill[4];
  uint32_t bytes = length - f->rest + f->bytes - f->digits + pad * utf8_write(fill, spec->fill);
  value v = iotpy_string_room(bytes, f->ascii && (spec->fill < 0x80 || !pad));
  if (!v) return v;
  const uint8_t *data = (f->text ? iotpy_text(*f->text).data : f->room) + f->at;
  uint8_t *start = (uint8_t *)(uintptr_t)iotpy_text(v).data, *to = put_fill(start, spec->fill, before);
  if (f->sign) *to++ = (uint8_t)f->sign;
  if (f->prefix) *to++ = '0', *to++ = (uint8_t)f->prefix;
  to = put_fill(to, spec->fill, inside);
  uint8_t *body = to;
  to = put_digits(to, data, f->digits, wanted, spec->grouping, group);
  __builtin_memcpy(to, data + f->digits, f->bytes - f->digits);
  to += f->bytes - f->digits;
  for (; f->upper && body < to; body++)
    if (*body >= 'a' && *body <= 'z') *body -= 32;
  put_fill(to, spec->fill, pad - before - inside);
  if (f->text) iotpy_pop(f->text);
  return v;
}

// ---- fields
static char sign_of(const struct format_spec *spec, bool negative) { return negative ? '-' : spec->sign == '-' ? 0 : spec->sign; }

bool format_integer(const struct format_spec *spec, root v, struct field *f) {
  char type = spec->type;
  uint32_t base = type == 'b' ? 2 : type == 'o' ? 8 : (type | 32) == 'x' ? 16 : 10;
  bool negative = iotpy_int_negative(*v);
  int64_t i;
  *f = (struct field){.sign = sign_of(spec, negative), .upper = type == 'X', .ascii = true};
  if (spec->alternate && base != 10) f->prefix = type;
  if (iotpy_to_int64(*v, &i)) {
    f->bytes = iotpy_digits(negative ? -(uint64_t)i : (uint64_t)i, base, f->room + FIELD_ROOM);
    f->at = FIELD_ROOM - f->bytes;
  } else {
    value text = iotpy_int_text(v, base, 0);
    if (!text) return false;
    f->at = negative;
    f->bytes = iotpy_text(text).bytes - negative;
    f->text = iotpy_push(text);
  }
  f->digits = f->bytes;
  return true;
}

// How a double's digits are asked for and laid out.
struct style {
  enum digits_mode mode;
  int32_t digits;          // asked for
  char form;               // 'f' or 'e'; 'g': whichever suits, by the digits
  int32_t exponent_above;  // 'g': form e when the point lies beyond, or below -4
  bool dot_zero;           // 'g': a whole number shows ".0"
};

static struct style style_of(const struct format_spec *spec) {
  int32_t precision = spec->precision;
  char type = (char)(spec->type | 32);
  if (spec->type == 0 && precision < 0) return (struct style){DIGITS_SHORTEST, 0, 'g', 16, true};
  if (precision < 0) precision = 6;
  if (type == 'f' || spec->type == '%') return (struct style){DIGITS_FRACTION, precision, 'f', 0, false};
  if (type == 'e') return (struct style){DIGITS_SIGNIFICANT, precision + 1, 'e', 0, false};
  if (precision == 0) precision = 1;
  return (struct style){DIGITS_SIGNIFICANT, precision, 'g', spec->type ? precision : precision - 1, !spec->type};
}

static uint32_t fraction_of(const struct format_spec *spec, const struct style *style, char form, uint32_t count, int32_t point) {
  if (style->form == 'f') return (uint32_t)style->digits;
  if (style->form == 'e') return (uint32_t)style->digits - 1;
  int32_t shown = spec->alternate && style->mode == DIGITS_SIGNIFICANT ? style->digits : (int32_t)count;
  int32_t fraction = shown - (form == 'f' ? point : 1), least = style->dot_zero && form == 'f';
  return (uint32_t)(fraction > least ? fraction : least);
}

static bool format_finite(const struct format_spec *spec, double d, struct field *f) {
  struct style style = style_of(spec);
  int32_t e, point;
  uint64_t m = iotpy_double_split(d, &e);
  int32_t top = e + 64 - (int32_t)iotpy_leading_zeros(m), whole = m && top > 0 ? top * 31 / 100 + 2 : 1;  // at least the digits before the point
  uint32_t digits_room = style.mode == DIGITS_SHORTEST ? 17 : (uint32_t)style.digits + 2 + (style.mode == DIGITS_FRACTION ? (uint32_t)whole : 0);
  if (digits_room > 772) digits_room = 772;
  uint32_t room = digits_room + (uint32_t)style.digits + (uint32_t)(style.form == 'e' ? 1 : whole > 24 && style.form == 'f' ? whole : 24) + 10;
  uint8_t *digits = f->room, *out;
  if (room > FIELD_ROOM) {
    value text = iotpy_string_room(room, true);
    if (!text) return false;
    f->text = iotpy_push(text);
    digits = (uint8_t *)(uintptr_t)iotpy_text(text).data;
  }
  out = digits + digits_room;
  f->at = digits_room;
  uint32_t count = iotpy_double_digits(d, style.mode, style.digits, digits, &point);
  char form = style.form != 'g' ? style.form : count && (point <= -4 || point > style.exponent_above) ? 'e' : 'f';
  f->bytes = iotpy_double_layout(out, form, digits, count, point, fraction_of(spec, &style, form, count, point), spec->alternate);
  while (f->digits < f->bytes && out[f->digits] >= '0' && out[f->digits] <= '9') f->digits++;
  if (spec->type == '%') out[f->bytes++] = '%';
  return true;
}

bool format_double(const struct format_spec *spec, double d, struct field *f) {
  *f = (struct field){.sign = sign_of(spec, double_negative(d) && !double_nan(d)), .upper = spec->type >= 'E' && spec->type <= 'G', .ascii = true};
  if (spec->type == '%') d *= 100;
  if (double_finite(d)) {
    if (!format_finite(spec, d, f)) return false;
  } else {
    __builtin_memcpy(f->room, double_nan(d) ? "nan%" : "inf%", 4);
    f->bytes = spec->type == '%' ? 4 : 3;
  }
  f->rest = f->bytes - f->digits;
  return true;
}

bool format_character(value v, struct field *f) {
  int32_t code;
  if (!iotpy_to_index_clamped(v, &code)) return false;
  if (code < 0 || code > 0x10FFFF) {
    iotpy_raise(T_OverflowError, "%s arg not in range(0x110000)", "%c");
    return false;
  }
  *f = (struct field){.rest = 1, .ascii = code < 0x80};
  f->bytes = utf8_write(f->room, (uint32_t)code);
  return true;
}

void format_string(const struct format_spec *spec, root v, struct field *f) {
  text t = iotpy_text(*v);
  *f = (struct field){.text = v, .bytes = t.bytes, .rest = t.ascii ? t.bytes : iotpy_text_length(t), .ascii = t.ascii};
  if (spec->precision < 0 || (uint32_t)spec->precision >= f->rest) return;
  f->rest = (uint32_t)spec->precision;
  uint32_t at = 0;
  for (uint32_t i = 0; i < f->rest; i++)
    for (at++; (t.data[at] & 0xC0) == 0x80;) at++;
  f->bytes = at;
}

// ---- the spec
static bool refuse(const char *message) {
  iotpy_raise(T_ValueError, message);
  return false;
}

static const uint8_t *number_at(const uint8_t *at, const uint8_t *end, uint32_t *out) {
  uint32_t n = 0;
  for (; at < end && *at >= '0' && *at <= '9'; at++) {
    n = n * 10 + (*at - '0');
    if (n > FORMAT_WIDTH_MAX) return refuse("Too many decimal digits in format string"), NULL;
  }
  *out = n;
  return at;
}

static bool is_align(uint8_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

static const uint8_t *parse_fill(const uint8_t *at, const uint8_t *end, struct format_spec *spec, bool *aligned) {
  uint32_t n = 1;
  while (at + n < end && (at[n] & 0xC0) == 0x80) n++;
  *aligned = true;
  if (at + n < end && is_align(at[n])) {
    uint32_t code_point = n == 1 ? *at : *at & (0x7Fu >> n);
    for (uint32_t i = 1; i < n; i++) code_point = code_point << 6 | (at[i] & 63);
    spec->fill = code_point;
    spec->align = (char)at[n];
    return at + n + 1;
  }
  if (at < end && is_align(*at)) {
    spec->align = (char)*at;
    return at + 1;
  }
  *aligned = false;
  return at;
}

static const uint8_t *parse_grouping(const uint8_t *at, const uint8_t *end, struct format_spec *spec) {
  if (at < end && *at == ',') spec->grouping = ',', at++;
  if (at < end && *at == '_') {
    if (spec->grouping) return refuse("Cannot specify both ',' and '_'."), NULL;
    spec->grouping = '_', at++;
  }
  if (at < end && *at == ',' && spec->grouping == '_') return refuse("Cannot specify both ',' and '_'."), NULL;
  return at;
}

static bool contains(const char *set, char c) {
  for (; *set; set++)
    if (*set == c) return true;
  return false;
}

static bool check_grouping(const struct format_spec *spec, bool string) {
  char shown = spec->type ? spec->type : string ? 's' : 'd';
  if (!spec->grouping || contains("deEfFgG%", shown) || (spec->grouping == '_' && contains("boxX", shown))) return true;
  char grouping[2] = {spec->grouping, 0}, type[2] = {shown, 0};
  iotpy_raise(T_ValueError, "Cannot specify '%s' with '%s'.", grouping, type);
  return false;
}

// [[fill]align][sign][#][0][width][grouping][.precision][type]
static bool parse_spec(value text_value, bool string, struct format_spec *spec) {
  text t = iotpy_text(text_value);
  const uint8_t *at = t.data, *end = at + t.bytes;
  bool aligned;
  *spec = (struct format_spec){.fill = ' ', .precision = -1, .align = string ? '<' : '>'};
  at = parse_fill(at, end, spec, &aligned);
  bool had_fill = at - t.data > 1;
  if (at < end && (*at == '+' || *at == '-' || *at == ' ')) spec->sign = (char)*at++;
  if (at < end && *at == '#') spec->alternate = true, at++;
  if (at < end && *at == '0' && !had_fill) {
    spec->fill = '0';
    if (!aligned && !string) spec->align = '=';
    at++;
  }
  at = number_at(at, end, &spec->width);
  if (at) at = parse_grouping(at, end, spec);
  if (!at) return false;
  if (at < end && *at == '.') {
    uint32_t precision;
    const uint8_t *digits = ++at;
    at = number_at(at, end, &precision);
    if (!at) return false;
    if (at == digits) return refuse("Format specifier missing precision");
    spec->precision = (int32_t)precision;
  }
  if (end - at > 1) return refuse("Invalid format specifier");
  if (at < end) spec->type = (char)*at;
  return check_grouping(spec, string);
}

// ---- by type
static value unknown_type(const struct format_spec *spec, value v) {
  char type[2] = {spec->type, 0};
  return iotpy_raise(T_ValueError, "Unknown format code '%s' for object of type '%t'", type, v);
}

static value format_float(struct format_spec *spec, root v, double d) {
  struct field f;
  if (spec->type == 'n') spec->type = 'g';
  if (spec->type && !contains("eEfFgG%", spec->type)) return unknown_type(spec, *v);
  return format_double(spec, d, &f) ? format_lay(spec, &f) : VALUE_ERROR;
}

static value format_int(struct format_spec *spec, root v) {
  struct field f;
  if (spec->type && contains("eEfFgG%", spec->type)) {
    double d;
    return iotpy_to_double(*v, &d) ? format_float(spec, v, d) : VALUE_ERROR;
  }
  if (spec->type && !contains("dnboxXc", spec->type)) return unknown_type(spec, *v);
  if (spec->precision >= 0) return iotpy_raise(T_ValueError, "Precision not allowed in integer format specifier");
  if (spec->type != 'c') return format_integer(spec, v, &f) ? format_lay(spec, &f) : VALUE_ERROR;
  if (spec->sign) return iotpy_raise(T_ValueError, "Sign not allowed with integer format specifier 'c'");
  if (spec->alternate) return iotpy_raise(T_ValueError, "Alternate form (#) not allowed with integer format specifier 'c'");
  return format_character(*v, &f) ? format_lay(spec, &f) : VALUE_ERROR;
}

static value format_str(struct format_spec *spec, root v) {
  struct field f;
  if (spec->type && spec->type != 's') return unknown_type(spec, *v);
  if (spec->sign) return iotpy_raise(T_ValueError, "%s not allowed in string format specifier", spec->sign == ' ' ? "Space" : "Sign");
  if (spec->alternate) return iotpy_raise(T_ValueError, "Alternate form (#) not allowed in string format specifier");
  if (spec->align == '=') return iotpy_raise(T_ValueError, "'=' alignment not allowed in string format specifier");
  root kept = iotpy_push(*v);
  format_string(spec, kept, &f);
  return format_lay(spec, &f);
}

value iotpy_format(root v, root spec) {
  value what = *v;
  struct format_spec parsed;
  if (iotpy_defines(what, STR___format__)) return VALUE_TWIN;
  if (iotpy_text(*spec).bytes == 0) return iotpy_str(v);
  bool string = is_string(what);
  if (!string && !iotpy_is_number(what)) return iotpy_raise(T_TypeError, "unsupported format string passed to %t.__format__", what);
  if (!parse_spec(*spec, string, &parsed)) return VALUE_ERROR;
  if (string) return format_str(&parsed, v);
  return is_float(what) ? format_float(&parsed, v, iotpy_float_of(what)) : format_int(&parsed, v);
}

value native_format(root arguments, uint32_t count) {
  (void)count;
  value spec = arguments[1];
  if (spec != VALUE_UNBOUND && !is_string(spec)) return iotpy_raise(T_TypeError, "format() argument 2 must be str, not %t", spec);
  if (spec != VALUE_UNBOUND) return iotpy_format(arguments, arguments + 1);
  value empty = iotpy_string("", 0);
  if (!empty) return empty;
  root r = iotpy_push(empty);
  value v = iotpy_format(arguments, r);
  iotpy_pop(r);
  return v;
}
