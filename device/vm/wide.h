// Numbers with 128-bit mantissas, made of integers only: what the elementary functions compute with.
#pragma once
#include "number.h"

struct wide {
  uint64_t hi, lo;   // the value is (hi + lo / 2^64) * 2^e; the top bit of hi is set unless the number is 0
  int32_t e;
  bool negative;
};

struct wide wide_of(double d);                                     // d finite
double wide_double(struct wide w);                                 // to nearest, ties to even
struct wide wide_normal(uint64_t hi, uint64_t lo, int32_t e, bool negative);
struct wide wide_multiply(struct wide a, struct wide b);           // within 3 units of the last of 128 bits
struct wide wide_add(struct wide a, struct wide b);
struct wide wide_divide(struct wide a, struct wide b);             // b not 0; of the upper halves, within a unit of the last of 128 bits
struct wide wide_sqrt(struct wide w);                              // 62 bits; lo tells a remainder

// ---- elementary.c. Results are good to about 2^-62; log to 2^-69, as powers need.
struct wide wide_log(uint64_t m, int32_t e);                       // of m * 2^e, m not 0
double wide_exp(struct wide w);
struct wide wide_atan2(struct wide y, struct wide x);              // not both 0
enum trigonometric { SINE, COSINE, TANGENT };
struct wide wide_trigonometric(enum trigonometric function, double d);
extern const struct wide wide_log2_e, wide_log10_e;                // 1 / log(2), 1 / log(10)
