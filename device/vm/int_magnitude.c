// Arithmetic on magnitudes: arrays of 32-bit digits, least first. Multiplication is the school's, division is Knuth's algorithm D
// (The Art of Computer Programming, 4.3.1) without the normalised copies: only the leading digits are shifted, on the fly.
#include "integer.h"

int magnitude_compare(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count) {
  if (a_count != b_count) return a_count < b_count ? -1 : 1;
  while (a_count-- > 0)
    if (a[a_count] != b[a_count]) return a[a_count] < b[a_count] ? -1 : 1;
  return 0;
}

void magnitude_add(uint32_t *out, const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count) {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < a_count; i++) {
    sum += (uint64_t)a[i] + (i < b_count ? b[i] : 0);
    out[i] = (uint32_t)sum;
    sum >>= 32;
  }
  out[a_count] = (uint32_t)sum;
}

void magnitude_subtract(uint32_t *out, const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count) {
  uint32_t borrow = 0;
  for (uint32_t i = 0; i < a_count; i++) {
    uint64_t difference = (uint64_t)a[i] - (i < b_count ? b[i] : 0) - borrow;
    out[i] = (uint32_t)difference;
    borrow = (uint32_t)(difference >> 32) & 1;
  }
}

void magnitude_multiply(uint32_t *out, const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count) {
  for (uint32_t i = 0; i < a_count; i++) {
    uint32_t carry = 0;
    for (uint32_t j = 0; j < b_count; j++) {
      uint64_t p = (uint64_t)a[i] * b[j] + out[i + j] + carry;
      out[i + j] = (uint32_t)p;
      carry = (uint32_t)(p >> 32);
    }
    out[i + b_count] = carry;
  }
}

// a -= b * times over b_count + 1 digits of a; true when it went below zero.
static bool subtract_multiple(uint32_t *a, const uint32_t *b, uint32_t b_count, uint32_t times) {
  uint32_t carry = 0;
  for (uint32_t i = 0; i < b_count; i++) {
    uint64_t p = (uint64_t)b[i] * times + carry;
    carry = (uint32_t)(p >> 32) + (a[i] < (uint32_t)p);
    a[i] -= (uint32_t)p;
  }
  bool below = a[b_count] < carry;
  a[b_count] -= carry;
  return below;
}

static void add_back(uint32_t *a, const uint32_t *b, uint32_t b_count) {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < b_count; i++) {
    sum += (uint64_t)a[i] + b[i];
    a[i] = (uint32_t)sum;
    sum >>= 32;
  }
  a[b_count] += (uint32_t)sum;
}

// 32 bits of the number whose digits end at `at`, shifted left by `shift`; digits below `bottom` count as 0.
static uint32_t shifted(const uint32_t *bottom, const uint32_t *at, uint32_t shift) {
  uint32_t high = at >= bottom ? *at : 0, low = at > bottom ? at[-1] : 0;
  return shift ? high << shift | low >> (32 - shift) : high;
}

void magnitude_divide(uint32_t *quotient, uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count) {
  const uint32_t *top = b + b_count - 1;
  uint32_t shift = (uint32_t)__builtin_clz(*top);
  uint32_t b_high = shifted(b, top, shift), b_low = shifted(b, top - 1, shift);
  a[a_count] = 0;
  for (uint32_t j = a_count - b_count + 1; j-- > 0;) {
    const uint32_t *lead = a + j + b_count;
    uint64_t two = (uint64_t)shifted(a, lead, shift) << 32 | shifted(a, lead - 1, shift);
    uint64_t guess = two / b_high, rest = two % b_high;
    uint32_t third = shifted(a, lead - 2, shift);
    while (guess >> 32 || (rest >> 32 == 0 && guess * b_low > (rest << 32 | third))) guess--, rest += b_high;
    if (subtract_multiple(a + j, b, b_count, (uint32_t)guess)) guess--, add_back(a + j, b, b_count);
    if (quotient) quotient[j] = (uint32_t)guess;
  }
}

void magnitude_add_small(uint32_t *a, uint32_t count, uint32_t by) {
  for (uint32_t i = 0; i < count && by; i++) {
    a[i] += by;
    by = a[i] < by;
  }
}

uint32_t magnitude_bits(const uint32_t *a, uint32_t count) { return count ? count * 32 - (uint32_t)__builtin_clz(a[count - 1]) : 0; }

uint64_t magnitude_top(const uint32_t *a, uint32_t count, int32_t *exponent, bool *sticky) {
  const uint32_t *top = a + count - 1;
  uint32_t shift = (uint32_t)__builtin_clz(*top);
  uint64_t m = (uint64_t)shifted(a, top, shift) << 32 | shifted(a, top - 1, shift);
  *exponent = (int32_t)(count * 32 - shift) - 64;
  *sticky = count > 2 && a[count - 3] << shift != 0;
  for (uint32_t i = 0; i + 3 < count; i++) *sticky |= a[i] != 0;
  return m;
}
