// Numbers with 128-bit mantissas, made of integers only: what the elementary functions compute with. Operations work in place.
#pragma once
#include "number.h"

struct wide {
  uint64_t hi, lo;   // the value is (hi + lo / 2^64) * 2^e; the top bit of hi is set unless the number is 0
  int32_t e;
  bool negative;
};

void wide_from(struct wide *w, double d);                          // d finite
void wide_from_fraction(struct wide *w, uint64_t fraction);        // fraction / 2^64
double wide_double(const struct wide *w);                          // to nearest, ties to even
void wide_normalise(struct wide *w);
void wide_multiply(struct wide *a, const struct wide *b);          // a *= b, within 3 units of the last of 128 bits; b may be a
void wide_add(struct wide *a, const struct wide *b);               // a += b
void wide_divide(struct wide *a, const struct wide *b);            // a /= b, of the upper halves, within a unit of the last of 128 bits; b not 0
void wide_sqrt(struct wide *w);                                    // 62 bits; lo tells a remainder

// ---- elementary.c. Results are good to about 2^-62; log to 2^-69, as powers need.
void wide_log(struct wide *w);                                     // w > 0
double wide_exp(struct wide *w);                                   // leaves rubbish in w
void wide_atan2(struct wide *y, struct wide *x);                   // the angle goes to y; not both 0
enum trigonometric { SINE, COSINE, TANGENT };
void wide_trigonometric(struct wide *w, enum trigonometric function, double d);
extern const struct wide wide_log2_e;                              // 1 / log(2)
