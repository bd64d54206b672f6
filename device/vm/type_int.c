// int: small ints in the value itself, larger ones as O_INT (sign in a flag, magnitude in 32-bit digits, least first, never one that
// a small int could hold). bool counts as 0 and 1 everywhere. Operands that fit 64 bits take short paths; the rest work on magnitudes:
// measure both operands, make room for the result (which may move them), look at them again, compute, settle.
#include "integer.h"

bool is_integer(value v) { return is_int(v) || is_object(v, O_INT); }
bool is_int_or_bool(value v) { return is_int(v) || is_bool(v) || is_object(v, O_INT); }

bool integer_argument(value v) {
  if (is_int_or_bool(v)) return true;
  iotpy_raise(T_TypeError, "'%t' object cannot be interpreted as an integer", v);
  return false;
}

void integer_view(value v, struct integer *out) {
  if (is_int(v) || is_bool(v)) {
    int32_t i = is_int(v) ? int_of(v) : v == VALUE_TRUE;
    out->own = (uint32_t)(i < 0 ? -i : i);
    out->digits = &out->own;
    out->count = i != 0;
    out->negative = i < 0;
    return;
  }
  const uint32_t *words = iotpy_words(v);
  out->digits = words + 1;
  out->count = header_words(*words) - 1;
  out->negative = header_flags(*words) & FLAG_NEGATIVE;
}

value integer_room(uint32_t count) {
  if (count > IOTPY_INT_DIGITS_MAX + 1) return iotpy_raise(T_OverflowError, TOO_MANY_DIGITS);
  return iotpy_new(O_INT, 0, count + 1);
}

value integer_settle(value room, bool negative) {
  uint32_t *words = iotpy_words(room), words_count = header_words(*words), count = words_count - 1;
  while (count > 0 && words[count] == 0) count--;
  if (count > IOTPY_INT_DIGITS_MAX) return iotpy_raise(T_OverflowError, TOO_MANY_DIGITS);
  if (count == 0 || (count == 1 && words[1] <= (uint32_t)IOTPY_INT_MAX + negative)) {
    int32_t small = count ? (int32_t)words[1] : 0;
    iotpy_shrink(room, 1);
    return from_int(negative ? -small : small);
  }
  if (count + 1 < words_count) iotpy_shrink(room, count + 1);
  words = iotpy_words(room);
  *words = header_of(O_INT, negative ? FLAG_NEGATIVE : 0, count + 1);
  return room;
}

// ---- between C's integers and ours
value iotpy_integer(int64_t i) {
  if (fits_int(i)) return from_int((int32_t)i);
  uint64_t magnitude = i < 0 ? -(uint64_t)i : (uint64_t)i;
  uint32_t high = (uint32_t)(magnitude >> 32);
  value v = iotpy_new(O_INT, i < 0 ? FLAG_NEGATIVE : 0, high ? 3 : 2);
  if (!v) return v;
  uint32_t *digits = integer_digits(v);
  digits[0] = (uint32_t)magnitude;
  if (high) digits[1] = high;
  return v;
}

bool iotpy_to_int64(value v, int64_t *out) {
  if (is_int(v)) {
    *out = int_of(v);
    return true;
  }
  if (is_bool(v)) {
    *out = v == VALUE_TRUE;
    return true;
  }
  if (!is_object(v, O_INT)) return false;
  const uint32_t *words = iotpy_words(v);
  uint32_t count = header_words(*words) - 1;
  if (count > 2) return false;
  uint64_t magnitude = count == 2 ? (uint64_t)words[2] << 32 | words[1] : words[1];
  bool negative = header_flags(*words) & FLAG_NEGATIVE;
  if (magnitude > (uint64_t)INT64_MAX + negative) return false;
  *out = (int64_t)(negative ? -magnitude : magnitude);
  return true;
}

bool iotpy_to_index_clamped(value v, int32_t *out) {
  if (!integer_argument(v)) return false;
  int64_t i;
  if (!iotpy_to_int64(v, &i)) i = iotpy_int_negative(v) ? INT64_MIN : INT64_MAX;
  *out = i < INT32_MIN ? INT32_MIN : i > INT32_MAX ? INT32_MAX : (int32_t)i;
  return true;
}

bool iotpy_to_index(value v, int32_t *out) {
  if (is_int(v)) {
    *out = int_of(v);
    return true;
  }
  int64_t i;
  if (iotpy_to_int64(v, &i) && i >= INT32_MIN && i <= INT32_MAX) {
    *out = (int32_t)i;
    return true;
  }
  if (integer_argument(v)) iotpy_raise(T_OverflowError, "cannot fit 'int' into an index-sized integer");
  return false;
}

// The nearest double; infinite when too large.
static double int_double(value v) {
  if (is_int(v)) return int_of(v);
  struct integer a;
  integer_view(v, &a);
  if (a.count == 0) return 0;
  int32_t exponent;
  bool sticky;
  uint64_t top = magnitude_top(a.digits, a.count, &exponent, &sticky);
  double d = iotpy_double_round(top, sticky, exponent);
  return a.negative ? -d : d;
}

bool iotpy_to_double(value v, double *out) {
  if (is_float(v)) {
    *out = iotpy_float_of(v);
    return true;
  }
  if (!is_int_or_bool(v)) return false;
  *out = int_double(v);
  if (double_finite(*out)) return true;
  iotpy_raise(T_OverflowError, "int too large to convert to float");
  return false;
}

value iotpy_int_from_double(double d) {
  if (double_nan(d)) return iotpy_raise(T_ValueError, "cannot convert float NaN to integer");
  if (!double_finite(d)) return iotpy_raise(T_OverflowError, "cannot convert float infinity to integer");
  int32_t exponent;
  uint64_t m = iotpy_double_split(d, &exponent);
  if (exponent <= 0) {
    int64_t whole = exponent > -64 ? (int64_t)(m >> -exponent) : 0;
    return iotpy_integer(double_negative(d) ? -whole : whole);
  }
  value v = integer_room((uint32_t)exponent / 32 + 3);
  if (!v) return v;
  uint32_t *digits = integer_digits(v) + exponent / 32, shift = (uint32_t)exponent & 31;
  uint64_t low = m << shift;
  digits[0] = (uint32_t)low;
  digits[1] = (uint32_t)(low >> 32);
  if (shift) digits[2] = (uint32_t)(m >> (64 - shift));
  return integer_settle(v, double_negative(d));
}

// ---- questions
bool iotpy_int_negative(value v) {
  return is_int(v) ? int_of(v) < 0 : is_object(v, O_INT) && header_flags(*iotpy_words(v)) & FLAG_NEGATIVE;
}

bool iotpy_int_truth(value v) {
   // an O_INT is never zero
  return v != from_int(0) && v != VALUE_FALSE;
}

uint32_t iotpy_int_bit_length(value v) {
  struct integer a;
  integer_view(v, &a);
  return magnitude_bits(a.digits, a.count);
}

int iotpy_int_compare(value v, value w) {
  if (are_ints(v, w)) return int_of(v) < int_of(w) ? -1 : int_of(v) > int_of(w);
  struct integer a, b;
  integer_view(v, &a);
  integer_view(w, &b);
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  int order = magnitude_compare(a.digits, a.count, b.digits, b.count);
  return a.negative ? -order : order;
}

int iotpy_int_compare_double(value v, double d) {
  if (double_nan(d)) return 2;
  double near = int_double(v);
  if (near != d) return near < d ? -1 : 1;
  struct integer a;
  integer_view(v, &a);
  if (a.count < 2 || !double_finite(d)) return double_finite(d) ? 0 : a.negative ? 1 : -1;
  // The nearest double of the integer is d: what tells them apart is what rounding took or gave.
  int32_t a_exponent, d_exponent;
  bool sticky;
  uint64_t top = magnitude_top(a.digits, a.count, &a_exponent, &sticky), m = iotpy_double_split(d, &d_exponent);
  m <<= 11;  // as large as it is, d is normal; after rounding up to a power of two its exponent is one higher
  int order = a_exponent + 11 != d_exponent ? -1 : top != m ? (top < m ? -1 : 1) : sticky;
  return a.negative ? -order : order;
}

// Modulo the prime 2^31 - 1, as _Py_HashDouble does it modulo 2^61 - 1, so whole floats hash as their int.
uint32_t iotpy_int_hash(value v) {
  if (is_int(v)) return (uint32_t)int_of(v);
  struct integer a;
  integer_view(v, &a);
  uint64_t hash = 0;
  for (uint32_t i = a.count; i-- > 0;) hash = (hash << 32 | a.digits[i]) % 0x7FFFFFFF;
  return a.negative ? -(uint32_t)hash : (uint32_t)hash;
}

// ---- arithmetic
static value add_magnitudes(root left, root right, bool subtract) {
  struct integer a, b;
  integer_view(*left, &a);
  integer_view(*right, &b);
  value out = integer_room((a.count > b.count ? a.count : b.count) + 1);
  if (!out) return out;
  integer_view(*left, &a);
  integer_view(*right, &b);
  bool b_negative = b.negative != subtract;
  bool swap = magnitude_compare(a.digits, a.count, b.digits, b.count) < 0;
  const struct integer *x = swap ? &b : &a, *y = swap ? &a : &b;
  if (a.negative == b_negative) magnitude_add(integer_digits(out), x->digits, x->count, y->digits, y->count);
  else magnitude_subtract(integer_digits(out), x->digits, x->count, y->digits, y->count);
  return integer_settle(out, swap ? b_negative : a.negative);
}

static value multiply(root left, root right) {
  struct integer a, b;
  integer_view(*left, &a);
  integer_view(*right, &b);
  value out = integer_room(a.count + b.count);
  if (!out) return out;
  integer_view(*left, &a);
  integer_view(*right, &b);
  magnitude_multiply(integer_digits(out), a.digits, a.count, b.digits, b.count);
  return integer_settle(out, a.negative != b.negative);
}

// Quotient or remainder, rounded towards minus infinity.
static value divide(root left, root right, bool want_quotient) {
  struct integer a, b;
  integer_view(*left, &a);
  integer_view(*right, &b);
  uint32_t a_count = a.count > b.count ? a.count : b.count;  // a shorter dividend gets leading zeros
  value v = iotpy_new(O_INT, 0, a_count + 3);
  if (!v) return v;
  root rest = iotpy_push(v);
  value quotient = want_quotient ? iotpy_new(O_INT, 0, a_count - b.count + 3) : VALUE_NONE;
  if (!quotient) return quotient;
  v = *rest;
  iotpy_pop(rest);
  integer_view(*left, &a);
  integer_view(*right, &b);
  uint32_t *digits = integer_digits(v);
  __builtin_memcpy(digits, a.digits, a.count * 4);
  magnitude_divide(want_quotient ? integer_digits(quotient) : NULL, digits, a_count, b.digits, b.count);
  bool down = false;
  for (uint32_t i = 0; i < b.count && a.negative != b.negative; i++) down |= digits[i] != 0;
  if (want_quotient) {
    if (down) magnitude_add_small(integer_digits(quotient), a_count - b.count + 2, 1);
    return integer_settle(quotient, a.negative != b.negative);
  }
  if (down) magnitude_subtract(digits, b.digits, b.count, digits, b.count);
  return integer_settle(v, b.negative);
}

// Digit i of a number in two's complement; digits are asked for in order.
struct complement {
  struct integer of;
  bool carry;
};

static uint32_t complement_digit(struct complement *c, uint32_t i) {
  uint32_t digit = i < c->of.count ? c->of.digits[i] : 0;
  if (!c->of.negative) return digit;
  digit = ~digit + c->carry;
  c->carry = c->carry && digit == 0;
  return digit;
}

static uint32_t bits_of(enum binary_operator op, uint32_t a, uint32_t b) { return op == OP_AND_ ? a & b : op == OP_OR_ ? a | b : a ^ b; }

static value combine_bits(enum binary_operator op, root left, root right) {
  struct complement a = {.carry = true}, b = {.carry = true};
  integer_view(*left, &a.of);
  integer_view(*right, &b.of);
  uint32_t count = (a.of.count > b.of.count ? a.of.count : b.of.count) + 1;
  value out = integer_room(count);
  if (!out) return out;
  integer_view(*left, &a.of);
  integer_view(*right, &b.of);
  struct complement r = {.of = {.count = count, .negative = bits_of(op, a.of.negative, b.of.negative)}, .carry = true};
  uint32_t *digits = integer_digits(out);
  r.of.digits = digits;
  for (uint32_t i = 0; i < count; i++) {
    digits[i] = bits_of(op, complement_digit(&a, i), complement_digit(&b, i));
    digits[i] = complement_digit(&r, i);
  }
  return integer_settle(out, r.of.negative);
}

static value shift_left(root left, uint32_t by) {
  struct integer a;
  integer_view(*left, &a);
  if (a.count == 0) return from_int(0);
  if (by > IOTPY_INT_DIGITS_MAX * 32) return iotpy_raise(T_OverflowError, TOO_MANY_DIGITS);
  uint32_t words = by >> 5, bits = by & 31;
  value out = integer_room(a.count + words + (bits > 0));
  if (!out) return out;
  integer_view(*left, &a);
  uint32_t *digits = integer_digits(out) + words;
  for (uint32_t i = 0; i < a.count; i++) {
    digits[i] |= a.digits[i] << bits;
    if (bits) digits[i + 1] = a.digits[i] >> (32 - bits);
  }
  return integer_settle(out, a.negative);
}

static value shift_right(root left, uint32_t by) {
  struct integer a;
  integer_view(*left, &a);
  uint32_t words = by >> 5, bits = by & 31;
  if (words >= a.count) return from_int(a.negative ? -1 : 0);
  uint32_t count = a.count - words;
  value out = integer_room(count + 1);
  if (!out) return out;
  integer_view(*left, &a);
  uint32_t *digits = integer_digits(out);
  const uint32_t *from = a.digits + words;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t above = i + 1 < count ? from[i + 1] : 0;
    digits[i] = bits ? from[i] >> bits | above << (32 - bits) : from[i];
  }
  bool lost = from[0] & ((1u << bits) - 1);
  for (uint32_t i = 0; i < words; i++) lost |= a.digits[i] != 0;
  if (a.negative && lost) magnitude_add_small(digits, count + 1, 1);
  return integer_settle(out, a.negative);
}

static value shift(bool to_left, root left, root right) {
  value v = *right;
  if (iotpy_int_negative(v)) return iotpy_raise(T_ValueError, "negative shift count");
  int32_t by;
  iotpy_to_index_clamped(v, &by);
  return to_left ? shift_left(left, (uint32_t)by) : shift_right(left, (uint32_t)by);
}

// ---- true division, correctly rounded: an integer quotient of at least 55 bits, and whether anything remains
#define TRUE_DIVISION_TOO_LARGE "integer division result too large for a float"

static value true_divide(root left, root right) {
  double a = int_double(*left), b = int_double(*right);
  if (b == 0) return iotpy_raise(T_ZeroDivisionError, "division by zero");
  uint32_t a_bits = iotpy_int_bit_length(*left), b_bits = iotpy_int_bit_length(*right);
  if (a_bits <= 53 && b_bits <= 53) return iotpy_float(a / b);
  int32_t scale = 62 - (int32_t)a_bits + (int32_t)b_bits;
  bool negative = double_negative(a) != double_negative(b);
  if (a_bits == 0 || scale > 1200) return iotpy_float(negative ? -0.0 : 0.0);
  if (scale < -1000) return iotpy_raise(T_OverflowError, TRUE_DIVISION_TOO_LARGE);
  root x = iotpy_push(*left), y = iotpy_push(*right);
  value v = scale > 0 ? shift_left(x, (uint32_t)scale) : shift_left(y, (uint32_t)-scale);
  if (!v) return v;
  *(scale > 0 ? x : y) = v;
  v = divide(x, y, false);
  if (!v) return v;
  bool sticky = v != from_int(0);
  v = divide(x, y, true);
  if (!v) return v;
  iotpy_pop(x);
  int64_t quotient;
  iotpy_to_int64(v, &quotient);  // at most 63 bits and a sign
  // Rounded towards minus infinity, a negative quotient is one too large in magnitude when something remains.
  uint64_t m = negative ? -(uint64_t)quotient - sticky : (uint64_t)quotient;
  double d = iotpy_double_round(m, sticky, -scale);
  if (!double_finite(d)) return iotpy_raise(T_OverflowError, TRUE_DIVISION_TOO_LARGE);
  return iotpy_float(negative ? -d : d);
}

// ---- powers
static bool power_fits(value base, value exponent) {
  int64_t n;
  uint32_t bits = iotpy_int_bit_length(base);
  return bits < 2 || (iotpy_to_int64(exponent, &n) && n <= IOTPY_INT_DIGITS_MAX * 32 && (bits - 1) * (uint64_t)n <= IOTPY_INT_DIGITS_MAX * 32);
}

static bool bit_of(value v, uint32_t bit) {
  struct integer a;
  integer_view(v, &a);
  return a.digits[bit / 32] >> (bit & 31) & 1;
}

// r = r * by (mod `modulus` unless 0)
static bool step(root r, root by, root modulus) {
  value v = iotpy_int_binary(OP_MUL_, r, by);
  if (!v) return false;
  *r = v;
  if (!modulus) return true;
  v = iotpy_int_binary(OP_MOD_, r, modulus);
  *r = v ? v : VALUE_NONE;
  return v != 0;
}

// base ** exponent, from the exponent's highest bit down; the exponent is not negative.
static value raise_to(root base, root exponent, root modulus) {
  root r = iotpy_push(from_int(1));
  for (uint32_t bit = iotpy_int_bit_length(*exponent); bit-- > 0;) {
    if (!step(r, r, modulus)) return VALUE_ERROR;
    if (bit_of(*exponent, bit) && !step(r, base, modulus)) return VALUE_ERROR;
  }
  value v = *r;
  iotpy_pop(r);
  return v;
}

static value power(root left, root right) {
  value base = *left, exponent = *right;
  if (iotpy_int_negative(exponent)) {
    double a, b;
    if (!iotpy_to_double(base, &a) || !iotpy_to_double(exponent, &b)) return VALUE_ERROR;
    return iotpy_float_binary(OP_POW_, a, b);
  }
  if (!power_fits(base, exponent)) return iotpy_raise(T_OverflowError, TOO_MANY_DIGITS);
  return raise_to(left, right, 0);
}

// The inverse of root r modulo root m into r, by Euclid's algorithm: r = s * base (mod m) holds all along.
static bool invert(root r, root m) {
  root words = iotpy_push_words(5);
  root r0 = words, r1 = words + 1, s0 = words + 2, s1 = words + 3, q = words + 4;
  *r0 = *m;
  *r1 = *r;
  *s0 = from_int(0);
  *s1 = from_int(1);
  while (*r1 != from_int(0)) {
    value v = iotpy_int_binary(OP_FLOORDIV_, r0, r1);
    for (uint32_t pair = 0; v && pair < 2; pair++) {  // (x0, x1) = (x1, x0 - q * x1)
      root x0 = pair ? s0 : r0, x1 = pair ? s1 : r1;
      if (!pair) *q = v;
      v = iotpy_int_binary(OP_MUL_, q, x1);
      if (!v) break;
      *r = v;
      v = iotpy_int_binary(OP_SUB_, x0, r);
      if (!v) break;
      *x0 = *x1;
      *x1 = v;
    }
    if (!v) return false;
  }
  value gcd = *r0;
  *r = *s0;
  iotpy_pop(words);
  if (gcd == from_int(1) || gcd == from_int(-1)) return gcd == from_int(1) || step(r, iotpy_push(gcd), m);
  iotpy_raise(T_ValueError, "base is not invertible for the given modulus");
  return false;
}

#define MODULAR_WORK_MAX (1u << 24)  // digit products: about a second of a 50 MHz Cortex-M3 per four million

value iotpy_int_power_modulo(root base, root exponent, root modulus) {
  value m = iotpy_int_unary('+', modulus);  // True becomes 1
  if (m == from_int(0)) return iotpy_raise(T_ValueError, "pow() 3rd argument cannot be 0");
  uint64_t digits = iotpy_int_bit_length(m) / 32 + 1;
  if (digits * digits * iotpy_int_bit_length(*exponent) > MODULAR_WORK_MAX) return iotpy_raise(T_OverflowError, TOO_MANY_DIGITS);
  root e = iotpy_push(*exponent);
  modulus = iotpy_push(m);
  value v = iotpy_int_binary(OP_MOD_, base, modulus);
  if (!v) return v;
  root b = iotpy_push(v);
  if (iotpy_int_negative(*e)) {
    if (!invert(b, modulus)) return VALUE_ERROR;
    v = iotpy_int_unary('-', e);
    if (!v) return v;
    *e = v;
  }
  v = raise_to(b, e, modulus);
  if (!v) return v;
  *b = v;
  v = iotpy_int_binary(OP_MOD_, b, modulus);  // an exponent of 0 has left 1
  iotpy_pop(e);
  return v;
}

// ---- operators
static int64_t floor_divide(int64_t a, int64_t b, int64_t *rest) {
  int64_t quotient;
  if (a == (int32_t)a && b == (int32_t)b && a != INT32_MIN) {  // a machine instruction where 64 bits need a library
    quotient = (int32_t)a / (int32_t)b;
    *rest = (int32_t)a - (int32_t)quotient * (int32_t)b;
  } else {
    quotient = a / b;
    *rest = a - quotient * b;
  }
  if (*rest != 0 && (*rest < 0) != (b < 0)) {
    *rest += b;
    quotient--;
  }
  return quotient;
}

// The operators whose operands fit 64 bits and whose result surely does; false leaves it to magnitudes.
static bool binary_64(enum binary_operator op, int64_t a, int64_t b, int64_t *out) {
  int64_t rest;
  switch (op) {
    case OP_ADD_: return !__builtin_add_overflow(a, b, out);
    case OP_SUB_: return !__builtin_sub_overflow(a, b, out);
    case OP_MUL_: return *out = (int64_t)((uint64_t)a * (uint64_t)b), a == (int32_t)a && b == (int32_t)b;
    case OP_FLOORDIV_: return b != 0 && a != INT64_MIN && (*out = floor_divide(a, b, &rest), true);
    case OP_MOD_: return b != 0 && a != INT64_MIN && (floor_divide(a, b, out), true);
    case OP_AND_: return *out = a & b, true;
    case OP_OR_: return *out = a | b, true;
    case OP_XOR_: return *out = a ^ b, true;
    case OP_RSHIFT_: return b >= 0 && (*out = a >> (b < 63 ? b : 63), true);
    case OP_LSHIFT_:
      if (b < 0 || b > 31 || a != (int32_t)a) return false;
      *out = (int64_t)((uint64_t)a << b);
      return true;
    default: return false;
  }
}

value iotpy_int_binary(enum binary_operator op, root left, root right) {
  int64_t a, b, result;
  if (iotpy_to_int64(*left, &a) && iotpy_to_int64(*right, &b) && binary_64(op, a, b, &result))
    return iotpy_integer(result);
  switch (op) {
    case OP_ADD_:
    case OP_SUB_: return add_magnitudes(left, right, op == OP_SUB_);
    case OP_MUL_: return multiply(left, right);
    case OP_DIV_: return true_divide(left, right);
    case OP_FLOORDIV_:
    case OP_MOD_:
      if (!iotpy_int_truth(*right))
        return iotpy_raise(T_ZeroDivisionError, op == OP_MOD_ ? "integer modulo by zero" : "integer division or modulo by zero");
      return divide(left, right, op == OP_FLOORDIV_);
    case OP_POW_: return power(left, right);
    case OP_LSHIFT_:
    case OP_RSHIFT_: return shift(op == OP_LSHIFT_, left, right);
    default: return combine_bits(op, left, right);
  }
}

value iotpy_int_unary(char op, root operand) {
  int64_t i;
  if (op == '+' && !is_bool(*operand)) return *operand;
  if (iotpy_to_int64(*operand, &i) && i != INT64_MIN) return iotpy_integer(op == '-' ? -i : op == '~' ? ~i : i);
  root other = iotpy_push(from_int(op == '-' ? 0 : -1));  // ~x is -1 - x
  value v = add_magnitudes(other, operand, true);
  iotpy_pop(other);
  return v;
}
