// Integers of any size as sign and magnitude: what type_int.c, int_magnitude.c and int_text.c share.
#pragma once
#include "number.h"
#include "types.h"

// ---- int_magnitude.c: digits of 32 bits, least first; no vm, no allocation
int magnitude_compare(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count);  // neither has a leading zero
void magnitude_add(uint32_t *out /* a_count + 1 */, const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count);  // a_count >= b_count
void magnitude_subtract(uint32_t *out /* a_count; may be b */, const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count);  // a >= b
void magnitude_multiply(uint32_t *out /* a_count + b_count zeros */, const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count);
// a (a_count digits and a zero above them) becomes the remainder; quotient (a_count - b_count + 1 digits) may be NULL. a_count >= b_count >= 1.
void magnitude_divide(uint32_t *quotient, uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count);
void magnitude_add_small(uint32_t *a, uint32_t count, uint32_t by);
uint32_t magnitude_bits(const uint32_t *a, uint32_t count);
// The upper 64 bits, the first of them set, of a magnitude that is not 0: value = result * 2^exponent, and a little more when sticky.
uint64_t magnitude_top(const uint32_t *a, uint32_t count, int32_t *exponent, bool *sticky);

// ---- views
struct integer {
  const uint32_t *digits;  // in the arena, the image, or `own`: valid until the next [gc] call; do not copy the struct
  uint32_t count;          // 0 for zero
  bool negative;
  uint32_t own;
};
void integer_view(value v, struct integer *out);                          // of an int or bool
value integer_room(uint32_t count);                                       // an O_INT of `count` zero digits; OverflowError beyond the limit [gc]
value integer_settle(value room, bool negative);                          // without leading zeros, a small int where it fits
static inline uint32_t *integer_digits(value v) { return iotpy_words(v) + 1; }
bool is_int_or_bool(value v);
bool integer_argument(value v);                                           // is_int_or_bool, or TypeError
value iotpy_int_power_modulo(root base, root exponent, root modulus);  // pow(base, exponent, modulus) [gc]

// ---- int_text.c
uint32_t iotpy_digits(uint64_t magnitude, uint32_t base, uint8_t *end);   // writes digits (at least one) that end before `end`; how many
#define INT64_TEXT 72                                                     // room for sign, prefix and any 64-bit magnitude in any base
#define TOO_MANY_DIGITS "too many digits in integer"
