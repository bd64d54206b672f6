// Decimal text of doubles, exact in both directions: the digits of any double at any precision, the shortest text that reads
// back as the same double (as CPython's repr), and the double nearest to any decimal text.
//
// Digits come one at a time from a fraction r / s of big integers on the C stack (Steele and White, "How to print
// floating-point numbers accurately", 1990; the common powers of two are cancelled, so 28 words hold every double).
// Parsing multiplies the first 19 digits by a 64-bit power of ten. Where that leaves the rounding in doubt, the digits of the
// midpoint between two doubles come from the same fraction and are compared with the text, so texts of any length are exact.
#include "number.h"
#include "types.h"

// ---- doubles as integers
uint32_t iotpy_leading_zeros(uint64_t m) {
  if (m == 0) return 64;
  return m >> 32 ? (uint32_t)__builtin_clz((uint32_t)(m >> 32)) : 32 + (uint32_t)__builtin_clz((uint32_t)m);
}

uint64_t iotpy_double_split(double d, int32_t *exponent) {
  uint64_t bits = double_bits(d);
  uint64_t m = bits & ((1ull << 52) - 1);
  int32_t e = (int32_t)(bits >> 52 & 2047);
  *exponent = e ? e - 1075 : -1074;
  return e ? m | 1ull << 52 : m;
}

// How m * 2^e falls on the grid of doubles: the mantissa below it and how far above that it lies, out of 2 * half.
struct grid {
  uint64_t mantissa, rest, half;
  int32_t exponent;  // of the mantissa
};

static struct grid grid_of(uint64_t m, int32_t e) {
  uint32_t zeros = iotpy_leading_zeros(m);
  m <<= zeros;
  e -= (int32_t)zeros;
  int32_t drop = e < -1085 ? -1074 - e : 11;
  for (; drop > 62; drop--) m = m >> 1 | (m & 1);
  e = e < -1085 ? -1074 : e + 11;
  uint64_t half = 1ull << (drop - 1);
  return (struct grid){m >> drop, m & (2 * half - 1), half, e};
}

static double grid_double(struct grid g, bool up) {
  if (g.exponent > 971) return DOUBLE_INF;
  // A carry out of the mantissa moves into the exponent, which is just what it should do.
  uint64_t mantissa = g.mantissa + up;
  return double_from_bits(mantissa + ((uint64_t)(g.exponent + 1074) << 52));
}

double iotpy_double_round(uint64_t m, bool sticky, int32_t e) {
  if (m == 0) return 0;
  struct grid g = grid_of(m, e);
  return grid_double(g, g.rest > g.half || (g.rest == g.half && (sticky || (g.mantissa & 1))));
}

uint64_t iotpy_multiply(uint64_t a, uint64_t b, uint64_t *low) {
  uint32_t a0 = (uint32_t)a, a1 = (uint32_t)(a >> 32), b0 = (uint32_t)b, b1 = (uint32_t)(b >> 32);
  uint64_t p = (uint64_t)a0 * b0;
  uint64_t middle = (uint64_t)a1 * b0 + (p >> 32);
  uint64_t other = (uint64_t)a0 * b1 + (uint32_t)middle;
  *low = other << 32 | (uint32_t)p;
  return (uint64_t)a1 * b1 + (middle >> 32) + (other >> 32);
}

uint64_t iotpy_divide(uint64_t a, uint64_t b, uint32_t bits, uint64_t *remainder) {
  uint64_t quotient = 0;
  for (; bits; bits--) {
    bool carry = a >> 63;
    a <<= 1;
    quotient <<= 1;
    if (carry || a >= b) a -= b, quotient |= 1;
  }
  *remainder = a;
  return quotient;
}

// ---- big integers: n words, least first
#define BIG_WORDS 28

static void big_multiply(uint32_t *a, uint32_t n, uint32_t by) {
  uint32_t carry = 0;
  for (uint32_t i = 0; i < n; i++) {
    uint64_t p = (uint64_t)a[i] * by + carry;
    a[i] = (uint32_t)p;
    carry = (uint32_t)(p >> 32);
  }
}

static void big_multiply_power_of_5(uint32_t *a, uint32_t n, uint32_t power) {
  for (; power >= 13; power -= 13) big_multiply(a, n, 1220703125);
  for (; power; power--) big_multiply(a, n, 5);
}

static void big_shift_left(uint32_t *a, uint32_t n, uint32_t bits) {
  uint32_t words = bits >> 5;
  bits &= 31;
  for (uint32_t i = n; i-- > 0;) {
    uint32_t high = i >= words ? a[i - words] : 0;
    uint32_t low = i > words ? a[i - words - 1] : 0;
    a[i] = bits ? high << bits | low >> (32 - bits) : high;
  }
}

// Sign of a + b - c. From the top: what c is ahead can be made up for by the words below only while it is 0 or 1.
static int big_compare_sum(const uint32_t *a, const uint32_t *b, const uint32_t *c, uint32_t n) {
  int64_t ahead = 0;
  while (n-- > 0) {
    ahead = ahead * ((int64_t)1 << 32) + c[n] - a[n] - (b ? b[n] : 0);
    if (ahead > 1) return -1;
    if (ahead < 0) return 1;
  }
  return ahead ? -1 : 0;
}

static bool big_zero(const uint32_t *a, uint32_t n) {
  while (n > 0 && a[n - 1] == 0) n--;
  return n == 0;
}

static void big_subtract_multiple(uint32_t *a, const uint32_t *b, uint32_t n, uint32_t times) {
  uint64_t borrow = 0;
  for (uint32_t i = 0; i < n; i++) {
    uint64_t p = (uint64_t)b[i] * times + borrow;
    borrow = (p >> 32) + (a[i] < (uint32_t)p);
    a[i] -= (uint32_t)p;
  }
}

// ---- the fraction that digits come from: r / s = value / 10^point, margin / s = half the gap to the next double
struct fraction {
  uint32_t r[BIG_WORDS], s[BIG_WORDS], margin[BIG_WORDS];
  uint32_t n;
  int32_t point;
};

// For m * 2^e, m not zero: 0.01 <= r / s < 1, and the point is at most one too small for a first digit that is not zero.
static void fraction_begin(struct fraction *f, uint64_t m, int32_t e) {
  __builtin_memset(f, 0, sizeof *f);
  int32_t log2 = e + 63 - (int32_t)iotpy_leading_zeros(m);
  int32_t k = (log2 * (log2 < 0 ? 315653 : 315652) >> 20) + 1;  // log10(2) * 2^20, rounded so that k is never too large
  int32_t shift = e - 2 - k;
  uint32_t tens = (uint32_t)(k < 0 ? -k : k);
  uint32_t bits = 100 + tens * 7 / 3 + (uint32_t)(shift < 0 ? -shift : shift);
  uint32_t n = bits / 32 < BIG_WORDS ? bits / 32 : BIG_WORDS;
  f->r[0] = (uint32_t)(m << 2), f->r[1] = (uint32_t)(m >> 30);
  f->s[0] = 1;
  f->margin[0] = 2;
  if (k > 0) {
    big_multiply_power_of_5(f->s, n, tens);
  } else {
    big_multiply_power_of_5(f->r, n, tens);
    big_multiply_power_of_5(f->margin, n, tens);
  }
  if (shift < 0) big_shift_left(f->s, n, (uint32_t)-shift);
  uint32_t top = n;
  while (f->s[top - 1] == 0) top--;
  uint32_t normal = ((uint32_t)__builtin_clz(f->s[top - 1]) + 28) & 31;  // s's top word gets 28 bits: 10 * s has as many words
  if (shift > 0) {
    big_shift_left(f->r, n, (uint32_t)shift + normal);
    big_shift_left(f->margin, n, (uint32_t)shift + normal);
  } else {
    big_shift_left(f->r, n, normal);
    big_shift_left(f->margin, n, normal);
  }
  big_shift_left(f->s, n, normal);
  while (n > 1 && f->s[n - 1] == 0) n--;
  f->n = n;
  f->point = k;
}

// Moves the point up when the value (and `with`, when given) reaches 1.
static void fraction_settle(struct fraction *f, const uint32_t *with, bool at_one) {
  if (big_compare_sum(f->r, with, f->s, f->n) >= (at_one ? 0 : 1)) {
    f->point++;
  } else {
    big_multiply(f->r, f->n, 10);
    big_multiply(f->margin, f->n, 10);
  }
}

// The next digit of r / s * 10 (already multiplied); leaves the rest in r.
static uint32_t fraction_digit(struct fraction *f) {
  uint32_t n = f->n;
  uint32_t digit = f->r[n - 1] / (f->s[n - 1] + 1);
  big_subtract_multiple(f->r, f->s, n, digit);
  while (big_compare_sum(f->r, NULL, f->s, n) >= 0) {
    big_subtract_multiple(f->r, f->s, n, 1);
    digit++;
  }
  return digit;
}

// ---- digits of a double
static uint32_t round_up(uint8_t *out, uint32_t count, int32_t *point) {
  while (count > 0 && out[count - 1] == '9') count--;
  if (count == 0) {
    out[0] = '1';
    ++*point;
    return 1;
  }
  out[count - 1]++;
  return count;
}

static uint32_t shortest(struct fraction *f, bool even, bool narrow, uint8_t *out) {
  uint32_t count = 0, n = f->n;
  fraction_settle(f, f->margin, even);
  for (;;) {
    uint32_t digit = fraction_digit(f);
    // Below a power of two the next double is only half as far away.
    int low = big_compare_sum(f->r, narrow ? f->r : NULL, f->margin, n);
    int high = big_compare_sum(f->r, f->margin, f->s, n);
    bool down = low < (even ? 1 : 0), up = high >= (even ? 0 : 1);
    if (down && up) {
      int middle = big_compare_sum(f->r, f->r, f->s, n);
      down = middle < 0 || (middle == 0 && digit % 2 == 0);
    }
    out[count++] = (uint8_t)('0' + digit + (up && !down));
    if (down || up) return count;
    big_multiply(f->r, n, 10);
    big_multiply(f->margin, n, 10);
  }
}

static uint32_t rounded(struct fraction *f, int32_t digits, uint8_t *out) {
  uint32_t count = 0;
  if (digits < 0) return 0;
  bool odd = false;
  for (; digits > 0 && !big_zero(f->r, f->n); digits--) {
    uint32_t digit = fraction_digit(f);
    odd = digit & 1;
    out[count++] = (uint8_t)('0' + digit);
    big_multiply(f->r, f->n, 10);
  }
  // r is ten times the rest by now.
  big_multiply(f->s, f->n, 5);
  int middle = big_compare_sum(f->r, NULL, f->s, f->n);
  if (middle > 0 || (middle == 0 && odd)) count = round_up(out, count, &f->point);
  while (count > 0 && out[count - 1] == '0') count--;
  return count;
}

uint32_t iotpy_double_digits(double d, enum digits_mode mode, int32_t n, uint8_t *out, int32_t *point) {
  struct fraction f;
  int32_t e;
  uint64_t m = iotpy_double_split(d, &e);
  *point = 1;
  if (m == 0) return 0;
  fraction_begin(&f, m, e);
  uint32_t count;
  if (mode == DIGITS_SHORTEST) {
    count = shortest(&f, !(m & 1), m == 1ull << 52 && e > -1074, out);
  } else {
    fraction_settle(&f, NULL, true);
    count = rounded(&f, mode == DIGITS_FRACTION ? f.point + n : n, out);
  }
  *point = count ? f.point : 1;
  return count;
}

// ---- layout
#define SHORT_PLACES 5
static const double short_powers[SHORT_PLACES] = {1, 10, 100, 1e3, 1e4};

static uint32_t layout_digits(uint8_t *out, const uint8_t *digits, uint32_t count, int32_t from, uint32_t length) {
  for (uint32_t i = 0; i < length; i++, from++) out[i] = from >= 0 && (uint32_t)from < count ? digits[from] : '0';
  return length;
}

static uint32_t layout_exponent(uint8_t *out, char form, int32_t exponent) {
  uint32_t n = 0, magnitude = (uint32_t)(exponent < 0 ? -exponent : exponent);
  out[n++] = (uint8_t)form;
  out[n++] = exponent < 0 ? '-' : '+';
  if (magnitude >= 100) out[n++] = (uint8_t)('0' + magnitude / 100);
  out[n++] = (uint8_t)('0' + magnitude / 10 % 10);
  out[n++] = (uint8_t)('0' + magnitude % 10);
  return n;
}

uint32_t iotpy_double_layout(uint8_t *out, char form, const uint8_t *digits, uint32_t count, int32_t point, uint32_t fraction, bool always_point) {
  bool plain = form == 'f';
  int32_t whole = plain ? point : 1;
  uint32_t n = 0;
  if (whole > 0) n = layout_digits(out, digits, count, 0, (uint32_t)whole);
  else out[n++] = '0';
  if (fraction || always_point) out[n++] = '.';
  n += layout_digits(out + n, digits, count, whole, fraction);
  if (!plain) n += layout_exponent(out + n, form, count ? point - 1 : 0);
  return n;
}

// Readings and prices: n / 10^places with few places. A decimal of at most 15 digits whose quotient is the double is the shortest such text when
// none with fewer places is.
static uint32_t short_digits(double d, uint8_t *out, int32_t *point) {
  for (uint32_t places = 0; places < SHORT_PLACES; places++) {
    double scaled = d * short_powers[places] + 0.5;
    if (!(scaled >= 1 && scaled < 4294967296.0)) continue;
    uint32_t n = (uint32_t)scaled, count = 0;
    if (n / short_powers[places] != d) continue;
    uint8_t backward[10] = {0};
    for (; n > 0; n /= 10) backward[count++] = (uint8_t)('0' + n % 10);
    *point = (int32_t)count - (int32_t)places;
    uint32_t zeros = 0;
    while (backward[zeros] == '0') zeros++;
    for (uint32_t i = count; i > zeros; i--) *out++ = backward[i - 1];
    return count - zeros;
  }
  return 0;
}

uint32_t iotpy_double_repr(double d, char *out) {
  uint8_t digits[20], *to = (uint8_t *)out;
  uint32_t sign = double_negative(d) && !double_nan(d);
  if (sign) *to++ = '-';
  if (!double_finite(d)) {
    __builtin_memcpy(to, double_nan(d) ? "nan" : "inf", 3);
    return sign + 3;
  }
  int32_t point;
  uint32_t count = short_digits(double_abs(d), digits, &point);
  if (count == 0) count = iotpy_double_digits(d, DIGITS_SHORTEST, 0, digits, &point);
  bool plain = point > -4 && point <= 16;
  int32_t fraction = (int32_t)count - (plain ? point : 1);
  if (fraction < plain) fraction = plain;
  return sign + iotpy_double_layout(to, plain ? 'f' : 'e', digits, count, point, (uint32_t)fraction, false);
}

// ---- parsing
struct decimal {
  const uint8_t *first, *end;  // from the first digit that is not zero to the end of the digits; a point and underscores may lie between
  uint64_t digits;             // the first 19
  uint32_t count;              // how many of them
  int32_t point;               // the value is 0.DDD * 10^point
  bool more;                   // digits other than zero follow
};

static bool digit_at(const uint8_t *at, const uint8_t *end) { return at < end && *at >= '0' && *at <= '9'; }

static const uint8_t *scan_digits(struct decimal *d, const uint8_t *at, const uint8_t *end, bool python, bool *seen_any) {
  bool fraction = false, seen = false;
  for (; at < end; at++) {
    if (*at == '_' && python && seen && digit_at(at + 1, end) && digit_at(at - 1, end)) continue;
    if (*at == '.' && !fraction) {
      fraction = true;
      continue;
    }
    if (!digit_at(at, end)) break;
    seen = true;
    uint32_t digit = *at - '0';
    if (d->first == NULL && digit == 0) {
      d->point -= fraction;
      continue;
    }
    if (d->first == NULL) d->first = at;
    d->point += !fraction;
    if (d->count < 19) d->digits = d->digits * 10 + digit, d->count++;
    else d->more |= digit != 0;
  }
  d->end = at;
  *seen_any = seen;
  return at;
}

static const uint8_t *scan_exponent(struct decimal *d, const uint8_t *at, const uint8_t *end, bool python) {
  const uint8_t *start = at++;
  bool negative = at < end && *at == '-';
  if (negative || (at < end && *at == '+')) at++;
  if (!digit_at(at, end)) return start;
  int32_t exponent = 0;
  for (; at < end; at++) {
    if (*at == '_' && python && digit_at(at + 1, end)) continue;
    if (!digit_at(at, end)) break;
    if (exponent < 100000000) exponent = exponent * 10 + (*at - '0');
  }
  d->point += negative ? -exponent : exponent;
  return at;
}

// m * 2^e times another such number, both with the top bit set.
static bool scale(uint64_t *m, int32_t *e, uint64_t by, int32_t by_exponent) {
  uint64_t low;
  *m = iotpy_multiply(*m, by, &low);
  *e += by_exponent + 64;
  if (!(*m >> 63)) *m = *m << 1 | low >> 63, low <<= 1, --*e;
  return low != 0;
}

// 10^n with the top bit set; true when it is not exact (beyond 10^27), within 26 units of the last place.
static bool power_of_10(uint32_t n, uint64_t *m, int32_t *e) {
  uint64_t base = 10ull << 60;
  int32_t base_exponent = -60;
  bool inexact = false;
  *m = 1ull << 63, *e = -63;
  for (;;) {
    if (n & 1) inexact |= scale(m, e, base, base_exponent);
    n >>= 1;
    if (n == 0) return inexact;
    inexact |= scale(&base, &base_exponent, base, base_exponent);
  }
}

// Sign of the text's value minus m * 2^e.
static int compare_digits(const struct decimal *d, uint64_t m, int32_t e) {
  struct fraction f;
  fraction_begin(&f, m, e);
  fraction_settle(&f, NULL, true);
  if (d->point != f.point) return d->point < f.point ? -1 : 1;
  for (const uint8_t *at = d->first; at < d->end; at++) {
    if (*at == '.' || *at == '_') continue;
    uint32_t wanted = *at - '0', digit = fraction_digit(&f);
    if (wanted != digit) return wanted < digit ? -1 : 1;
    big_multiply(f.r, f.n, 10);
  }
  return big_zero(f.r, f.n) ? 0 : -1;
}

static double decimal_double(const struct decimal *d) {
  int32_t places = (int32_t)d->count - d->point;
  if (places > 0 && places < SHORT_PLACES && d->digits >> 53 == 0 && !d->more) return (double)(int64_t)d->digits / short_powers[places];
  if (d->first == NULL || d->point < -330) return 0;
  if (d->point > 310) return DOUBLE_INF;
  int32_t tens = d->point - (int32_t)d->count;
  uint32_t zeros = iotpy_leading_zeros(d->digits);
  uint64_t m = d->digits << zeros, power, rest;
  int32_t e = -(int32_t)zeros, power_exponent;
  bool inexact = power_of_10((uint32_t)(tens < 0 ? -tens : tens), &power, &power_exponent) || d->more;
  bool sticky;
  if (tens >= 0) {
    sticky = scale(&m, &e, power, power_exponent);
  } else {
    bool above = m >= power;  // then the first of 64 quotient bits is a 1 before the point
    m = iotpy_divide(above ? m - power : m, power, above ? 63 : 64, &rest);
    if (above) m |= 1ull << 63;
    e -= (above ? 63 : 64) + power_exponent;
    sticky = rest != 0;
  }
  if (!inexact) return iotpy_double_round(m, sticky, e);
  struct grid g = grid_of(m, e);
  uint64_t doubt = g.rest > g.half ? g.rest - g.half : g.half - g.rest;
  if (doubt > 200) return grid_double(g, g.rest > g.half);
  int side = compare_digits(d, 2 * g.mantissa + 1, g.exponent - 1);
  return grid_double(g, side > 0 || (side == 0 && (g.mantissa & 1)));
}

static double parse(const uint8_t *data, uint32_t bytes, uint32_t *used, bool python) {
  const uint8_t *at = data, *end = data + bytes;
  struct decimal d = {0};
  bool negative = bytes && *at == '-', seen;
  if (negative || (bytes && *at == '+')) at++;
  at = scan_digits(&d, at, end, python, &seen);
  *used = 0;
  if (!seen) return 0;
  if (at < end && (*at | 32) == 'e') at = scan_exponent(&d, at, end, python);
  *used = (uint32_t)(at - data);
  double result = decimal_double(&d);
  return negative ? -result : result;
}

double iotpy_double_parse(const uint8_t *data, uint32_t bytes, uint32_t *used) { return parse(data, bytes, used, false); }
double iotpy_double_parse_python(const uint8_t *data, uint32_t bytes, uint32_t *used) { return parse(data, bytes, used, true); }
