// Doubles taken apart and put together, with integers only: what number_text.c, type_int.c, type_float.c and math.c share.
// Nothing here allocates or needs a machine; every result is the same bit for bit on every port.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline uint64_t double_bits(double d) {
  uint64_t bits;
  __builtin_memcpy(&bits, &d, sizeof bits);
  return bits;
}
static inline double double_from_bits(uint64_t bits) {
  double d;
  __builtin_memcpy(&d, &bits, sizeof d);
  return d;
}
static inline bool double_negative(double d) { return double_bits(d) >> 63; }  // also of -0.0 and nan
static inline double double_abs(double d) { return double_from_bits(double_bits(d) & ~(1ull << 63)); }
static inline double double_copysign(double d, bool negative) { return negative ? -double_abs(d) : double_abs(d); }
static inline bool double_finite(double d) { return (double_bits(d) >> 52 & 2047) != 2047; }
static inline bool double_nan(double d) { return d != d; }
// Of doubles: -1, 0, 1, or 2 when one is not a number. By their bits where comparing is a call of a library.
static inline int compare_doubles(double x, double y) {
#if defined(__wasm__) || defined(__x86_64__)
  return x < y ? -1 : x > y ? 1 : x == y ? 0 : 2;
#else
  int64_t a = (int64_t)double_bits(x), b = (int64_t)double_bits(y);
  uint64_t not_a_number = 0xffe0000000000000u;  // magnitudes above infinity's, without the sign
  if ((uint64_t)a << 1 > not_a_number || (uint64_t)b << 1 > not_a_number) return 2;
  if (a < 0) a = INT64_MIN - a;  // -0.0 becomes 0.0, and order that of integers
  if (b < 0) b = INT64_MIN - b;
  return a < b ? -1 : a > b;
#endif
}
#define DOUBLE_INF double_from_bits(2047ull << 52)
#define DOUBLE_NAN double_from_bits(0xFFF8ull << 48 & ~(1ull << 63))

// |d| = mantissa * 2^exponent, exactly; d finite. The mantissa of a normal number has 53 bits.
uint64_t iotpy_double_split(double d, int32_t *exponent);
// The double nearest to m * 2^e, ties to even; `sticky` says that the true value lies a little above. Infinite when too large.
double iotpy_double_round(uint64_t m, bool sticky, int32_t e);

uint32_t iotpy_leading_zeros(uint64_t m);                              // 64 for 0
uint64_t iotpy_multiply(uint64_t a, uint64_t b, uint64_t *low);        // upper half of the product
// Quotient bits of a / b with `bits` fraction bits: floor(a * 2^bits / b) for a < b; *remains tells a remainder.
uint64_t iotpy_divide(uint64_t a, uint64_t b, uint32_t bits, uint64_t *remainder);

// ---- decimal digits
enum digits_mode {
  DIGITS_SHORTEST,     // as few as tell the double from its neighbours, nearest to it: repr
  DIGITS_SIGNIFICANT,  // n digits
  DIGITS_FRACTION,     // n digits after the point
};
// Writes the digits (as '0'..'9', trailing zeros left out) of |d|, finite, correctly rounded, ties to even. The value is
// 0.DDD * 10^point; zero has no digits and point 1. `out` needs room for 17 digits, for n, or for point + n, and never for more than 770.
uint32_t iotpy_double_digits(double d, enum digits_mode mode, int32_t n, uint8_t *out, int32_t *point);
// Lays digits out as form 'f' or 'e' (or 'E') with `fraction` digits after the point; returns the length. Room: as iotpy_layout_room.
uint32_t iotpy_double_layout(uint8_t *out, char form, const uint8_t *digits, uint32_t count, int32_t point, uint32_t fraction, bool always_point);
static inline uint32_t iotpy_layout_room(int32_t point, uint32_t fraction) { return (point > 1 ? (uint32_t)point : 1) + fraction + 8; }
// As iotpy_double_parse; with underscores between digits allowed, as in Python's source and float(text).
double iotpy_double_parse_python(const uint8_t *data, uint32_t bytes, uint32_t *used);

// ---- math.c: functions on doubles that operators need too
double iotpy_fmod(double a, double b);       // exact; b not zero, both finite (or b infinite)
double iotpy_floor(double d);
double iotpy_sqrt(double d);                 // correctly rounded; d not negative
// a ** b for finite and infinite operands as C99's pow; a negative a needs a whole b. Infinite on overflow.
double iotpy_pow(double a, double b);
