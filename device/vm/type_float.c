// float: an IEEE double in two words after the header, which need not lie on an 8-byte boundary. + - * / are the compiler's; floor
// division, modulo, rounding and hashing follow CPython's Objects/floatobject.c on top of the exact functions of number.h.
#include "number.h"
#include "types.h"

bool is_float(value v) { return is_object(v, O_FLOAT); }

double iotpy_float_of(value v) {
  double d;
  __builtin_memcpy(&d, iotpy_words(v) + 1, sizeof d);
  return d;
}

value iotpy_float(double d) {
  value v = iotpy_new(O_FLOAT, 0, 3);
  if (v) __builtin_memcpy(iotpy_words(v) + 1, &d, sizeof d);
  return v;
}

// ---- arithmetic
// a % b with the sign of b, and the matching whole quotient.
static double modulo(double a, double b, double *quotient) {
  double rest = double_finite(a) && !double_nan(b) ? iotpy_fmod(a, b) : DOUBLE_NAN;
  double whole = (a - rest) / b;
  if (rest != 0) {
    if ((b < 0) != (rest < 0)) rest += b, whole -= 1;
  } else {
    rest = double_copysign(0, double_negative(b));
  }
  if (whole != 0) {
    double floored = iotpy_floor(whole);
    *quotient = whole - floored > 0.5 ? floored + 1 : floored;
  } else {
    *quotient = double_copysign(0, double_negative(a / b));
  }
  return rest;
}

static value power(double a, double b) {
  if (a == 0 && b < 0 && double_finite(b)) return iotpy_raise(T_ZeroDivisionError, "0.0 cannot be raised to a negative power");
  if (a < 0 && double_finite(a) && double_finite(b) && iotpy_floor(b) != b)
    return iotpy_raise(T_ValueError, "negative number cannot be raised to a fractional power");
  double d = iotpy_pow(a, b);
  if (!double_finite(d) && !double_nan(d) && double_finite(a) && double_finite(b))
    return iotpy_raise(T_OverflowError, "(34, 'Numerical result out of range')");
  return iotpy_float(d);
}

value iotpy_float_binary(enum binary_operator op, double a, double b) {
  double quotient;
  switch (op) {
    case OP_ADD_: return iotpy_float(a + b);
    case OP_SUB_: return iotpy_float(a - b);
    case OP_MUL_: return iotpy_float(a * b);
    case OP_DIV_:
      if (b == 0) return iotpy_raise(T_ZeroDivisionError, "float division by zero");
      return iotpy_float(a / b);
    case OP_FLOORDIV_:
      if (b == 0) return iotpy_raise(T_ZeroDivisionError, "float floor division by zero");
      modulo(a, b, &quotient);
      return iotpy_float(quotient);
    case OP_MOD_:
      if (b == 0) return iotpy_raise(T_ZeroDivisionError, "float modulo");
      return iotpy_float(modulo(a, b, &quotient));
    default: return power(a, b);
  }
}

// m * 2^e modulo the prime 2^31 - 1, where 2^31 is 1: fractions have a hash in the same field, and whole numbers that of the int.
uint32_t iotpy_double_hash(double d) {
  if (!double_finite(d)) return double_nan(d) ? 0 : d < 0 ? (uint32_t)-314159 : 314159;
  int32_t e;
  uint64_t m = iotpy_double_split(d, &e);
  uint32_t turn = (uint32_t)(e + 31 * 40) % 31;
  uint64_t hash = (m >> 31) + (m & 0x7FFFFFFF);
  hash = (hash << turn) % 0x7FFFFFFF;
  return d < 0 ? -(uint32_t)hash : (uint32_t)hash;
}

// ---- rounding
// To `digits` decimal places, half to even on the exact value; infinite when that overflows.
static double round_decimal(double d, int32_t digits) {
  uint8_t text[40];
  int32_t point;
  if (digits > 323 || !double_finite(d) || d == 0) return d;
  if (digits < -308) return double_copysign(0, double_negative(d));
  iotpy_double_digits(d, DIGITS_SIGNIFICANT, 1, text, &point);
  if (point + digits > 17) return d;  // 17 digits tell every double from its neighbours
  uint32_t used, count = iotpy_double_digits(d, DIGITS_FRACTION, digits, text + 1, &point);
  if (count == 0) return double_copysign(0, double_negative(d));
  text[0] = double_negative(d) ? '-' : '+';
  int32_t exponent = point - (int32_t)count;
  uint32_t n = 1 + count, magnitude = (uint32_t)(exponent < 0 ? -exponent : exponent);
  text[n++] = 'e';
  text[n++] = exponent < 0 ? '-' : '+';
  for (uint32_t unit = 100; unit; unit /= 10) text[n++] = (uint8_t)('0' + magnitude / unit % 10);
  return iotpy_double_parse(text, n, &used);
}

static value round_whole(double d) {
  if (double_finite(d)) {
    double floored = iotpy_floor(d), above = d - floored;
    bool odd = iotpy_floor(floored / 2) * 2 != floored;
    d = above > 0.5 || (above == 0.5 && odd) ? floored + 1 : floored;
  }
  return iotpy_int_from_double(d);
}

// An int to a negative number of digits: half to even of what lies below 10^-digits.
static value round_int(root number, int32_t digits) {
  if (digits >= 0) return iotpy_int_unary('+', number);
  if (-digits > 20000) return from_int(0);
  root ten = iotpy_push_words(2), unit = ten + 1;
  *ten = from_int(10);
  *unit = from_int(-digits);
  value v = iotpy_int_binary(OP_POW_, ten, unit);
  if (!v) return v;
  *unit = v;
  v = iotpy_int_binary(OP_MOD_, number, unit);
  if (!v) return v;
  *ten = v;
  v = iotpy_int_binary(OP_SUB_, number, ten);  // down to a multiple
  if (!v) return v;
  root rest = iotpy_push_words(2), down = rest + 1;
  *down = v;
  v = iotpy_int_binary(OP_ADD_, ten, ten);
  if (!v) return v;
  int side = iotpy_int_compare(v, *unit);
  if (side == 0) {
    v = iotpy_int_binary(OP_FLOORDIV_, down, unit);
    if (!v) return v;
    *rest = v;
    *ten = from_int(1);
    v = iotpy_int_binary(OP_AND_, rest, ten);
    side = v == from_int(1) ? 1 : -1;
  }
  v = side > 0 ? iotpy_int_binary(OP_ADD_, down, unit) : *down;
  iotpy_pop(ten);
  return v;
}

value native_round(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0], places = arguments[1];
  int32_t digits = 0;
  bool whole = places == VALUE_UNBOUND || places == VALUE_NONE;
  if (!iotpy_is_number(v)) {
    if (is_object(v, O_INSTANCE)) return VALUE_TWIN;
    return iotpy_raise(T_TypeError, "type %t doesn't define __round__ method", v);
  }
  if (!whole && !iotpy_to_index_clamped(places, &digits)) return VALUE_ERROR;
  if (!is_float(v)) return round_int(arguments, whole || digits > 0 ? 0 : digits < -30000 ? -30000 : digits);
  double d = iotpy_float_of(v);
  if (whole) return round_whole(d);
  double rounded = round_decimal(d, digits);
  if (double_finite(d) && !double_finite(rounded)) return iotpy_raise(T_OverflowError, "rounded value too large to represent");
  return iotpy_float(rounded);
}

// ---- from text
static bool is_space(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31); }

static bool is_word(const uint8_t *data, uint32_t bytes, const char *word, uint32_t length) {
  if (bytes != length) return false;
  for (uint32_t i = 0; i < length; i++)
    if ((data[i] | 32) != word[i]) return false;
  return true;
}

value iotpy_float_parse(const uint8_t *data, uint32_t bytes, double *out) {
  
  uint32_t used;
  while (bytes > 0 && is_space(data[bytes - 1])) bytes--;
  while (bytes > 0 && is_space(*data)) data++, bytes--;
  *out = iotpy_double_parse_python(data, bytes, &used);
  if (used == bytes && bytes > 0) return VALUE_NONE;
  bool negative = bytes && *data == '-';
  if (negative || (bytes && *data == '+')) data++, bytes--;
  if (is_word(data, bytes, "inf", 3) || is_word(data, bytes, "infinity", 8)) *out = DOUBLE_INF;
  else if (is_word(data, bytes, "nan", 3)) *out = DOUBLE_NAN;
  else return VALUE_UNBOUND;
  *out = double_copysign(*out, negative);
  return VALUE_NONE;
}

value native_float(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0];
  double d = 0;
  const uint8_t *data;
  uint32_t bytes;
  if (v == VALUE_UNBOUND) return iotpy_float(0);
  if (is_float(v)) return v;
  if (iotpy_is_number(v)) return iotpy_to_double(v, &d) ? iotpy_float(d) : VALUE_ERROR;
  if (is_string(v)) {
    text t = iotpy_text(v);
    data = t.data, bytes = t.bytes;
  } else if (!iotpy_bytes_view(v, &data, &bytes)) {
    if (iotpy_defines(v, STR___float__) || iotpy_defines(v, STR___index__)) return VALUE_TWIN;
    return iotpy_raise(T_TypeError, "float() argument must be a string or a real number, not '%t'", v);
  }
  if (iotpy_float_parse(data, bytes, &d) == VALUE_NONE) return iotpy_float(d);
  return iotpy_raise(T_ValueError, "could not convert string to float: %r", v);
}

// ---- methods
value native_float_dot_is_integer(root arguments, uint32_t count) {
  (void)count;
  double d = iotpy_float_of(arguments[0]);
  return from_bool(double_finite(d) && iotpy_floor(d) == d);
}

value native_float_dot_hex(root arguments, uint32_t count) {
  (void)count;
  double d = iotpy_float_of(arguments[0]);
  char out[IOTPY_FLOAT_TEXT];
  if (!double_finite(d)) return iotpy_string(out, iotpy_double_repr(d, out));
  uint64_t bits = double_bits(d), fraction = bits & ((1ull << 52) - 1);
  int32_t e = (int32_t)(bits >> 52 & 2047);
  uint32_t n = 0;
  if (double_negative(d)) out[n++] = '-';
  out[n++] = '0', out[n++] = 'x';
  out[n++] = e ? '1' : '0';
  out[n++] = '.';
  for (uint32_t i = 0; i < 13 && (d != 0 || i == 0); i++) out[n++] = "0123456789abcdef"[fraction >> (48 - 4 * i) & 15];
  out[n++] = 'p';
  int32_t exponent = d == 0 ? 0 : e ? e - 1023 : -1022;
  out[n++] = exponent < 0 ? '-' : '+';
  uint32_t magnitude = (uint32_t)(exponent < 0 ? -exponent : exponent);
  for (uint32_t unit = 1000; unit; unit /= 10)
    if (unit == 1 || magnitude >= unit) out[n++] = (char)('0' + magnitude / unit % 10);
  return iotpy_string(out, n);
}
