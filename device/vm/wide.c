// Arithmetic on 128-bit mantissas, and the exact operations of math that are done on the bits of a double.
#include "wide.h"

// ---- 128-bit words
static struct wide shifted_right(struct wide w, uint32_t by) {
  if (by >= 128) w.hi = w.lo = 0;
  else if (by >= 64) w.lo = w.hi >> (by - 64), w.hi = 0;
  else if (by > 0) w.lo = w.lo >> by | w.hi << (64 - by), w.hi >>= by;
  w.e += (int32_t)by;
  return w;
}

struct wide wide_normal(uint64_t hi, uint64_t lo, int32_t e, bool negative) {
  if (hi == 0) hi = lo, lo = 0, e -= 64;
  uint32_t zeros = iotpy_leading_zeros(hi);
  if (zeros == 64) return (struct wide){.negative = negative};
  if (zeros) hi = hi << zeros | lo >> (64 - zeros), lo <<= zeros;
  return (struct wide){hi, lo, e - (int32_t)zeros, negative};
}

struct wide wide_of(double d) {
  int32_t e;
  uint64_t m = iotpy_double_split(d, &e);
  return wide_normal(m, 0, e, double_negative(d));
}

double wide_double(struct wide w) {
  double d = iotpy_double_round(w.hi, w.lo != 0, w.e);
  return w.negative ? -d : d;
}

struct wide wide_multiply(struct wide a, struct wide b) {
  uint64_t lo, rest;
  uint64_t hi = iotpy_multiply(a.hi, b.hi, &lo);
  uint64_t cross = iotpy_multiply(a.hi, b.lo, &rest);
  lo += cross;
  hi += lo < cross;
  cross = iotpy_multiply(a.lo, b.hi, &rest);
  lo += cross;
  hi += lo < cross;
  return wide_normal(hi, lo, a.e + b.e + 64, a.negative != b.negative);
}

struct wide wide_add(struct wide a, struct wide b) {
  if (a.hi == 0) return b;
  if (b.hi == 0) return a;
  if (a.e < b.e) {
    struct wide swap = a;
    a = b;
    b = swap;
  }
  bool subtract = a.negative != b.negative;
  if (!subtract) a = shifted_right(a, 1);  // room for the carry
  b = shifted_right(b, (uint32_t)(a.e - b.e));
  uint64_t lo = subtract ? a.lo - b.lo : a.lo + b.lo;
  uint64_t hi = subtract ? a.hi - b.hi - (a.lo < b.lo) : a.hi + b.hi + (lo < a.lo);
  if (subtract && (a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo))) {
    lo = -lo;
    hi = ~hi + (lo == 0);
    a.negative = !a.negative;
  }
  return wide_normal(hi, lo, a.e, a.negative);
}

struct wide wide_divide(struct wide a, struct wide b) {
  uint64_t rest;
  bool above = a.hi >= b.hi;
  uint64_t hi = iotpy_divide(above ? a.hi - b.hi : a.hi, b.hi, above ? 63 : 64, &rest);
  if (above) hi |= 1ull << 63;
  uint64_t lo = iotpy_divide(rest, b.hi, 64, &rest);
  return wide_normal(hi, lo, a.e - b.e - (above ? 63 : 64), a.negative != b.negative);
}

// Two bits of the radicand give one of the root; 62 of them leave room for the remainder in 64 bits.
struct wide wide_sqrt(struct wide w) {
  uint32_t odd = (uint32_t)w.e & 1;
  int32_t e = (w.e - (int32_t)odd) / 2;
  w = shifted_right(w, odd ? 1 : 2);
  uint64_t root = 0, rest = 0;
  for (uint32_t bit = 0; bit < 62; bit++) {
    rest = rest << 2 | w.hi >> 62;
    w.hi = w.hi << 2 | w.lo >> 62;
    w.lo <<= 2;
    uint64_t trial = root << 2 | 1;
    root <<= 1;
    if (rest >= trial) rest -= trial, root |= 1;
  }
  return wide_normal(root, (rest | w.hi | w.lo) != 0, e - 29, false);
}

// ---- exact operations on doubles
double iotpy_sqrt(double d) { return d > 0 && double_finite(d) ? wide_double(wide_sqrt(wide_of(d))) : d; }

double iotpy_floor(double d) {
  uint64_t bits = double_bits(d);
  int32_t e = (int32_t)(bits >> 52 & 2047) - 1023;
  if (e >= 52) return d;
  if (e < 0) return d == 0 ? d : double_negative(d) ? -1.0 : 0.0;
  uint64_t below = (1ull << (52 - e)) - 1;
  if ((bits & below) == 0) return d;
  if (double_negative(d)) bits += below;
  return double_from_bits(bits & ~below);
}

double iotpy_fmod(double a, double b) {
  if (!double_finite(b) || double_abs(a) < double_abs(b)) return a;
  int32_t a_exponent, b_exponent;
  uint64_t rest = iotpy_double_split(a, &a_exponent), m = iotpy_double_split(b, &b_exponent);
  rest %= m;
  for (; a_exponent > b_exponent; a_exponent--) {
    rest <<= 1;
    if (rest >= m) rest -= m;
  }
  double d = iotpy_double_round(rest, false, b_exponent);
  return double_negative(a) ? -d : d;
}
