// Arithmetic on 128-bit mantissas, and the exact operations of math that are done on the bits of a double.
#include "wide.h"

static void shift_right(struct wide *w, uint32_t by) {
  w->e += (int32_t)by;
  if (by >= 64) w->lo = w->hi, w->hi = 0, by -= 64;
  if (by >= 64) w->lo = 0;
  else if (by > 0) w->lo = w->lo >> by | w->hi << (64 - by), w->hi >>= by;
}

void wide_normalise(struct wide *w) {
  if (w->hi == 0) w->hi = w->lo, w->lo = 0, w->e -= 64;
  uint32_t zeros = iotpy_leading_zeros(w->hi);
  if (zeros == 64) w->e = 0;
  else if (zeros) w->hi = w->hi << zeros | w->lo >> (64 - zeros), w->lo <<= zeros, w->e -= (int32_t)zeros;
}

void wide_from_fraction(struct wide *w, uint64_t fraction) {
  *w = (struct wide){fraction, 0, -64, false};
  wide_normalise(w);
}

void wide_from(struct wide *w, double d) {
  *w = (struct wide){.negative = double_negative(d)};
  w->hi = iotpy_double_split(d, &w->e);
  wide_normalise(w);
}

double wide_double(const struct wide *w) { return double_copysign(iotpy_double_round(w->hi, w->lo != 0, w->e), w->negative); }

void wide_multiply(struct wide *a, const struct wide *b) {
  uint64_t lo, rest, cross[2] = {iotpy_multiply(a->hi, b->lo, &rest), iotpy_multiply(a->lo, b->hi, &rest)};
  uint64_t hi = iotpy_multiply(a->hi, b->hi, &lo);
  for (uint32_t i = 0; i < 2; i++) {
    lo += cross[i];
    hi += lo < cross[i];
  }
  *a = (struct wide){hi, lo, a->e + b->e + 64, a->negative != b->negative};
  wide_normalise(a);
}

void wide_add(struct wide *a, const struct wide *b) {
  if (b->hi == 0) return;
  struct wide small = *b;
  if (a->hi == 0 || a->e < b->e) {
    small = *a;
    *a = *b;
  }
  shift_right(a, 1);  // room for the carry
  if (small.hi) shift_right(&small, (uint32_t)(a->e - small.e));
  if (a->negative != small.negative) {
    small.lo = -small.lo;
    small.hi = ~small.hi + (small.lo == 0);
  }
  a->lo += small.lo;
  a->hi += small.hi + (a->lo < small.lo);
  if (a->hi >> 63 && a->negative != small.negative) {  // the smaller exponent had the larger mantissa
    a->lo = -a->lo;
    a->hi = ~a->hi + (a->lo == 0);
    a->negative = small.negative;
  }
  wide_normalise(a);
}

void wide_divide(struct wide *a, const struct wide *b) {
  uint64_t rest;
  bool above = a->hi >= b->hi;
  uint32_t bits = above ? 63 : 64;
  uint64_t hi = iotpy_divide(above ? a->hi - b->hi : a->hi, b->hi, bits, &rest);
  a->hi = above ? hi | 1ull << 63 : hi;
  a->lo = iotpy_divide(rest, b->hi, 64, &rest);
  a->e -= b->e + (int32_t)bits;
  a->negative ^= b->negative;
  wide_normalise(a);
}

// Two bits of the radicand give one of the root; 62 of them leave room for the remainder in 64 bits.
void wide_sqrt(struct wide *w) {
  uint32_t odd = (uint32_t)w->e & 1;
  int32_t e = (w->e - (int32_t)odd) / 2;
  shift_right(w, odd ? 1 : 2);
  uint64_t root = 0, rest = 0;
  for (uint32_t bit = 0; bit < 62; bit++) {
    rest = rest << 2 | w->hi >> 62;
    w->hi = w->hi << 2 | w->lo >> 62;
    w->lo <<= 2;
    uint64_t trial = root << 2 | 1;
    root <<= 1;
    if (rest >= trial) rest -= trial, root |= 1;
  }
  *w = (struct wide){root, (rest | w->hi | w->lo) != 0, e - 29, false};
  wide_normalise(w);
}

// ---- exact operations on doubles
double iotpy_sqrt(double d) {
  struct wide w;
  if (d == 0 || !double_finite(d)) return d;
  wide_from(&w, d);
  wide_sqrt(&w);
  return wide_double(&w);
}

double iotpy_floor(double d) {
  uint64_t bits = double_bits(d);
  int32_t e = (int32_t)(bits >> 52 & 2047) - 1023;
  if (e >= 52 || bits << 1 == 0) return d;
  if (e < 0) return bits >> 63 ? -1.0 : 0.0;
  uint64_t below = (1ull << (52 - e)) - 1;
  if (bits & below && bits >> 63) bits += below;
  return double_from_bits(bits & ~below);
}

double iotpy_fmod(double a, double b) {
  if (!double_finite(b) || double_bits(a) << 1 < double_bits(b) << 1) return a;
  int32_t a_exponent, b_exponent;
  uint64_t rest = iotpy_double_split(a, &a_exponent), m = iotpy_double_split(b, &b_exponent);
  for (rest %= m; a_exponent > b_exponent; a_exponent--) {
    rest <<= 1;
    if (rest >= m) rest -= m;
  }
  return double_copysign(iotpy_double_round(rest, false, b_exponent), double_negative(a));
}
