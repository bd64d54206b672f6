// exp, log, sin, cos, tan, atan2 and powers on 64-bit fixed-point kernels: Taylor series in Horner form whose argument and sum are
// fractions of 2^64. Integer multiplications are cheaper than soft floats where there is no unit for doubles, give ten bits more than
// the result needs, and are the same on every port. Constants were computed from their series with 1,400 bits.
#include "wide.h"

static const struct wide half_pi = {0xC90FDAA22168C234, 0xC4C6628B80DC1CD1, -63, false};
static const struct wide ln2 = {0xB17217F7D1CF79AB, 0xC9E3B39803F2F6AF, -64, false};
const struct wide wide_log2_e = {0xB8AA3B295C17F0BB, 0xBE87FED0691D3E88, -63, false};
#define ALMOST_ONE 0xFFFFFFFFFFFFFFFFu

// 1 / n!, n = 0..20, for exp (all), cos (the even ones) and sin (the odd ones)
static const uint64_t inverse_factorials[] = {
    ALMOST_ONE, ALMOST_ONE, 0x8000000000000000, 0x2AAAAAAAAAAAAAAB, 0x0AAAAAAAAAAAAAAB, 0x222222222222222, 0x5B05B05B05B05B,
    0xD00D00D00D00D, 0x1A01A01A01A02, 0x2E3BC74AAD8E, 0x49F93EDDE28, 0x6B99159FD5, 0x8F76C77FC, 0xB092309D, 0xC9CBA54, 0xD73F9F, 0xD73FA,
    0xCA96, 0xB41, 0x98, 0x8};
// 1 / 3, 1 / 5, ..., 1 / 25, for atan and (as atanh) log
static const uint64_t inverse_odds[] = {
    0x5555555555555555, 0x3333333333333333, 0x2492492492492492, 0x1C71C71C71C71C72, 0x1745D1745D1745D1, 0x13B13B13B13B13B1,
    0x1111111111111111, 0x0F0F0F0F0F0F0F0F, 0x0D79435E50D79436, 0x0C30C30C30C30C31, 0x0B21642C8590B216, 0x0A3D70A3D70A3D71};

static uint64_t product(uint64_t a, uint64_t b) {
  uint64_t low;
  return iotpy_multiply(a, b, &low);
}

// c[0] + c[stride] x + c[2 stride] x^2 + ..., or with alternating signs; `terms` of them.
static uint64_t series(const uint64_t *c, uint32_t stride, uint32_t terms, uint64_t x, bool alternating) {
  uint64_t sum = 0;
  for (const uint64_t *at = c + stride * (terms - 1);; at -= stride) {
    uint64_t next = product(sum, x);
    sum = alternating ? *at - next : *at + next;
    if (at == c) return sum;
  }
}

static uint64_t shift_down(uint64_t v, int32_t by) { return v && by < 64 ? v >> by : 0; }

// The square of w as a fraction of 2^64; w < 1.
static uint64_t squared(const struct wide *w) { return shift_down(product(w->hi, w->hi), 2 * (-64 - w->e)); }

// ---- log(m 2^e) = (e + 63) log 2 + log(m / 2^63), the last as 2 atanh(s) = 2 s (1 + s^2 / 3 + s^4 / 5 + ...) with s = (m - 1) / (m + 1)
void wide_log(struct wide *w) {
  bool halve = w->hi > 0xB504F333F9DE6484;  // above the square root of 2 take half of it
  int32_t k = w->e + 63 + halve;
  uint64_t m = w->hi >> (halve ? 2 : 1), one = 1ull << 62;
  struct wide other, third;
  wide_from_fraction(w, m < one ? one - m : m - one);
  wide_from_fraction(&other, m + one);
  if (w->hi) {
    w->negative = m < one;
    wide_divide(w, &other);
    wide_from_fraction(&third, series(inverse_odds, 1, 12, squared(w), false));
    wide_multiply(&third, w);
    wide_multiply(&third, w);
    wide_multiply(&third, w);
    wide_add(w, &third);
    w->e++;
  }
  wide_from(&other, k);
  wide_multiply(&other, &ln2);
  wide_add(w, &other);
}

// ---- exp(w) = 2^k exp(-r), r = k log 2 - w, 0 <= r <= log 2
double wide_exp(struct wide *w) {
  if (w->hi == 0 || w->e < -140) return 1;
  if (w->e > -53) return w->negative ? 0 : DOUBLE_INF;  // 2^11 or more
  struct wide r = *w;
  wide_multiply(&r, &wide_log2_e);
  int32_t k = (int32_t)shift_down(r.hi, -r.e);
  k = w->negative ? -k : k + 1;
  w->negative = !w->negative;
  wide_from(&r, k);
  wide_multiply(&r, &ln2);
  wide_add(&r, w);
  if (r.negative && r.hi) wide_add(&r, &ln2), k++;
  return iotpy_double_round(series(inverse_factorials, 1, 21, shift_down(r.hi, -64 - r.e), true), true, k - 64);
}

// ---- sin, cos, tan: the argument in quarter turns is x 2/pi = n + f, -1/2 <= f <= 1/2. Of that product only the part below 4 and down to
// 2^-190 is computed, from the 192 bits of 2/pi that reach it (Payne and Hanek, 1983), so every double is reduced exactly enough.
static const uint32_t two_over_pi[] = {  // bits 1, 2, ... after the point, the first word for bits 1..32
    0xA2F9836E, 0x4E441529, 0xFC2757D1, 0xF534DDC0, 0xDB629599, 0x3C439041, 0xFE5163AB, 0xDEBBC561, 0xB7246E3A, 0x424DD2E0,
    0x06492EEA, 0x09D1921C, 0xFE1DEB1C, 0xB129A73E, 0xE88235F5, 0x2EBB4484, 0xE99C7026, 0xB45F7E41, 0x3991D639, 0x835339F4,
    0x9C845F8B, 0xBDF9283B, 0x1FF897FF, 0xDE05980F, 0xEF2F118B, 0x5A0A6D1F, 0x6D367ECF, 0x27CB09B7, 0x4F463F66, 0x9E5FEA2D,
    0x7527BAC7, 0xEBE5F17B, 0x3D0739F7, 0x8A5292EA, 0x6BFB5FB1, 0x1F8D5D08, 0x56033046, 0xFC7B6BAB};
#define WINDOW_WORDS 6

static uint32_t window_word(int32_t bit) {  // the 32 bits of 2/pi after the first `bit`; none before the point
  int32_t word = (bit + 64) / 32 - 2;
  uint32_t shift = (uint32_t)(bit + 64) & 31;
  uint32_t high = word < 0 ? 0 : two_over_pi[word], low = word < -1 ? 0 : two_over_pi[word + 1];
  return shift ? high << shift | low >> (32 - shift) : high;
}

static void reduce(struct wide *f, double d, uint32_t *quadrant) {
  int32_t e;
  uint64_t m = iotpy_double_split(d, &e);
  uint32_t p[WINDOW_WORDS + 1] = {0};  // the product, least word first
  for (uint32_t i = 0; i < WINDOW_WORDS; i++) {
    uint64_t word = window_word(e - 2 + 32 * (int32_t)(WINDOW_WORDS - 1 - i)), carry = 0;
    for (uint32_t j = 0; i + j < WINDOW_WORDS; j++) {
      carry += p[i + j] + (j == 0 ? word * (uint32_t)m : j == 1 ? word * (m >> 32) : 0);
      p[i + j] = (uint32_t)carry;
      carry >>= 32;
    }
  }
  *quadrant = p[WINDOW_WORDS - 1] >> 30;
  uint32_t sign = p[WINDOW_WORDS - 1] << 2 >> 31 ? 0xFFFFFFFF : 0, below = 0;
  *quadrant += sign & 1;
  for (uint32_t i = 0; i < WINDOW_WORDS; i++) {  // the fraction, shifted to the top; its magnitude, but for a unit in the last place
    uint32_t word = p[i];
    p[i] = (word << 2 | below) ^ sign;
    below = word >> 30;
  }
  uint64_t top = (uint64_t)p[5] << 32 | p[4], middle = (uint64_t)p[3] << 32 | p[2];
  *f = (struct wide){top, middle, -64, sign};
  if (p[5] == 0) *f = (struct wide){(uint64_t)p[4] << 32 | p[3], (uint64_t)p[2] << 32 | p[1], -96, sign};
  if (top == 0) *f = (struct wide){middle, (uint64_t)p[1] << 32 | p[0], -128, sign};
  wide_normalise(f);
  wide_multiply(f, &half_pi);
}

// The sine of an angle up to pi / 4, or its cosine.
static void sine_of(struct wide *a, bool cosine) {
  struct wide sum;
  wide_from_fraction(&sum, series(inverse_factorials + !cosine, 2, 10 + cosine, squared(a), true));
  if (cosine) *a = sum;
  else wide_multiply(a, &sum);
}

void wide_trigonometric(struct wide *a, enum trigonometric function, double d) {
  uint32_t quadrant = 0;
  wide_from(a, d);
  if (a->e >= -64) {  // 1/2 or more
    reduce(a, d, &quadrant);
    if (double_negative(d)) a->negative = !a->negative, quadrant = -quadrant;
  }
  if (function == COSINE) quadrant++;
  struct wide cosine = *a;
  sine_of(a, quadrant & 1);
  if (function == TANGENT) {
    sine_of(&cosine, !(quadrant & 1));
    wide_divide(a, &cosine);
    quadrant <<= 1;
  }
  if (quadrant & 2) a->negative = !a->negative;
}

// ---- atan: for 0 <= y / x <= 1 with c = 0, 1/4, 1/2, 3/4 or 1 near it, atan(y / x) = atan(c) + atan(t), t = (y - c x) / (x + c y), |t| <= 1/8
static const uint64_t quarter_atans[] = {0, 0x3EB6EBF25901BAC5, 0x76B19C1586ED3DA2, 0xA4BC7D1934F70924, 0xC90FDAA22168C234};

static void atan_of_ratio(struct wide *y, const struct wide *x) {
  uint32_t quarters = 0;
  struct wide other = *x;
  uint64_t u = shift_down(y->hi, 1 + x->e - y->e), v = x->hi >> 1;
  while (quarters < 4 && u > (v >> 3) * (2 * quarters + 1)) quarters++;
  if (quarters) {
    uint64_t cv = quarters * (v >> 2), cu = quarters * (u >> 2);
    wide_from_fraction(y, u < cv ? cv - u : u - cv);
    y->negative = u < cv;
    wide_from_fraction(&other, v + cu);
  }
  wide_divide(y, &other);
  if (y->hi) {
    uint64_t z = squared(y);
    wide_from_fraction(&other, ALMOST_ONE - product(z, series(inverse_odds, 1, 11, z, true)));
    wide_multiply(y, &other);
  }
  wide_from_fraction(&other, quarter_atans[quarters]);
  wide_add(y, &other);
}

void wide_atan2(struct wide *y, struct wide *x) {
  bool left = x->negative, below = y->negative;
  bool steep = x->hi == 0 || (y->hi && (y->e > x->e || (y->e == x->e && y->hi > x->hi)));
  x->negative = y->negative = false;
  if (steep) {
    struct wide swap = *x;
    *x = *y;
    *y = swap;
  }
  atan_of_ratio(y, x);
  if (steep || left) {  // steep: pi/2 - angle, or pi/2 + angle on the left; flat on the left: pi - angle
    struct wide from = half_pi;
    if (!steep) from.e++;
    y->negative = !(steep && left);
    wide_add(y, &from);
  }
  y->negative = below;
}

// ---- powers
static bool is_whole(double d) { return iotpy_floor(d) == d; }

double iotpy_pow(double a, double b) {
  uint64_t size = double_bits(a) << 1, one = double_bits(1) << 1, inf = double_bits(DOUBLE_INF) << 1;  // |a| in the order of doubles
  if (b == 0 || a == 1) return 1;
  if (double_nan(a) || double_nan(b)) return DOUBLE_NAN;
  bool negative = double_negative(a) && is_whole(b) && !is_whole(b / 2);
  if (size == one && !double_finite(b)) return 1;
  if (!double_finite(b) || size == 0 || size == inf) return double_copysign((size > one) == !double_negative(b) ? DOUBLE_INF : 0, negative);
  if (double_negative(a) && !is_whole(b)) return DOUBLE_NAN;
  if (b == 1) return a;
  if (b == 2) return a * a;
  if (b == 0.5) return iotpy_sqrt(a);
  struct wide log, factor;
  wide_from(&log, double_abs(a));
  wide_log(&log);
  wide_from(&factor, b);
  wide_multiply(&log, &factor);
  return double_copysign(wide_exp(&log), negative);
}
