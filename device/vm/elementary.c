// exp, log, sin, cos, tan, atan2 and powers on 64-bit fixed-point kernels: Taylor series in Horner form whose argument and sum are
// fractions of 2^64. Integer multiplications are cheaper than soft floats where there is no unit for doubles, give ten bits more than
// the result needs, and are the same on every port. Constants were computed from their series with 1,400 bits.
#include "wide.h"

static const struct wide half_pi = {0xC90FDAA22168C234, 0xC4C6628B80DC1CD1, -63, false};
static const struct wide ln2 = {0xB17217F7D1CF79AB, 0xC9E3B39803F2F6AF, -64, false};
const struct wide wide_log2_e = {0xB8AA3B295C17F0BB, 0xBE87FED0691D3E88, -63, false};
const struct wide wide_log10_e = {0xDE5BD8A937287195, 0x355BAAAFAD33DC32, -65, false};
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
static uint64_t squared(struct wide w) { return shift_down(product(w.hi, w.hi), 2 * (-64 - w.e)); }

// ---- log(m 2^e) = (e + 63) log 2 + log(m / 2^63), the last as 2 atanh(s) = 2 s (1 + s^2 / 3 + s^4 / 5 + ...) with s = (m - 1) / (m + 1)
struct wide wide_log(uint64_t m, int32_t e) {
  uint32_t zeros = iotpy_leading_zeros(m);
  m <<= zeros;
  int32_t k = e + 63 - (int32_t)zeros;
  bool halve = m > 0xB504F333F9DE6484;  // above the square root of 2 take half of it
  k += halve;
  m >>= halve ? 2 : 1;
  uint64_t one = 1ull << 62;
  struct wide s = wide_divide(wide_normal(m < one ? one - m : m - one, 0, 0, m < one), wide_normal(m + one, 0, 0, false));
  if (s.hi) {
    uint64_t sum = series(inverse_odds, 1, 12, squared(s), false);
    struct wide third = wide_multiply(wide_multiply(s, s), wide_normal(sum, 0, -64, false));
    s = wide_add(s, wide_multiply(s, third));
    s.e++;
  }
  return k ? wide_add(s, wide_multiply(ln2, wide_of(k))) : s;
}

// ---- exp(w) = 2^k exp(-r), r = k log 2 - w, 0 <= r <= log 2
double wide_exp(struct wide w) {
  if (w.hi == 0 || w.e < -140) return 1;
  if (w.e > -53) return w.negative ? 0 : DOUBLE_INF;  // 2^11 or more
  struct wide quotient = wide_multiply(w, wide_log2_e);
  int32_t k = (int32_t)shift_down(quotient.hi, -quotient.e);
  k = w.negative ? -k : k + 1;
  w.negative = !w.negative;
  struct wide r = wide_add(wide_multiply(ln2, wide_of(k)), w);
  if (r.negative && r.hi) r = wide_add(r, ln2), k++;
  uint64_t power = series(inverse_factorials, 1, 21, shift_down(r.hi, -64 - r.e), true);
  return iotpy_double_round(power, true, k - 64);
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

static struct wide reduce(double d, uint32_t *quadrant) {
  int32_t e;
  uint64_t m = iotpy_double_split(d, &e);
  uint32_t p[WINDOW_WORDS] = {0};  // the product, least word first
  for (uint32_t i = 0; i < WINDOW_WORDS; i++) {
    uint64_t word = window_word(e - 2 + 32 * (int32_t)(WINDOW_WORDS - 1 - i)), carry = 0;
    for (uint32_t j = 0; i + j < WINDOW_WORDS; j++) {
      carry += p[i + j] + (j == 0 ? word * (uint32_t)m : j == 1 ? word * (m >> 32) : 0);
      p[i + j] = (uint32_t)carry;
      carry >>= 32;
    }
  }
  *quadrant = p[5] >> 30;
  uint64_t top = (uint64_t)p[5] << 34 | (uint64_t)p[4] << 2 | p[3] >> 30;
  uint64_t middle = (uint64_t)p[3] << 34 | (uint64_t)p[2] << 2 | p[1] >> 30, bottom = (uint64_t)p[1] << 34 | (uint64_t)p[0] << 2;
  bool negative = top >> 63;
  if (negative) {
    ++*quadrant;
    bottom = -bottom;
    middle = ~middle + (bottom == 0);
    top = ~top + (bottom == 0 && middle == 0);
  }
  struct wide f = top ? wide_normal(top, middle, -64, negative) : wide_normal(middle, bottom, -128, negative);
  if (top && iotpy_leading_zeros(top)) f.lo |= bottom >> (64 - iotpy_leading_zeros(top));
  return wide_multiply(f, half_pi);
}

static struct wide sine_of(struct wide a) { return wide_multiply(a, wide_normal(series(inverse_factorials + 1, 2, 10, squared(a), true), 0, -64, false)); }
static struct wide cosine_of(struct wide a) { return wide_normal(series(inverse_factorials, 2, 11, squared(a), true), 0, -64, false); }

struct wide wide_trigonometric(enum trigonometric function, double d) {
  uint32_t quadrant = 0;
  struct wide a = wide_of(d);
  if (double_abs(d) > 0.78) {
    a = reduce(double_abs(d), &quadrant);
    if (double_negative(d)) a.negative = !a.negative, quadrant = -quadrant;
  }
  if (function == TANGENT) {
    struct wide sine = sine_of(a), cosine = cosine_of(a);
    if (!(quadrant & 1)) return wide_divide(sine, cosine);
    sine.negative = !sine.negative;
    return wide_divide(cosine, sine);
  }
  quadrant += function == COSINE;
  struct wide result = quadrant & 1 ? cosine_of(a) : sine_of(a);
  if (quadrant & 2) result.negative = !result.negative;
  return result;
}

// ---- atan: for 0 <= y / x <= 1 with c = 0, 1/4, 1/2, 3/4 or 1 near it, atan(y / x) = atan(c) + atan(t), t = (y - c x) / (x + c y), |t| <= 1/8
static const uint64_t quarter_atans[] = {0, 0x3EB6EBF25901BAC5, 0x76B19C1586ED3DA2, 0xA4BC7D1934F70924, 0xC90FDAA22168C234};

static struct wide atan_of_ratio(struct wide y, struct wide x) {
  uint32_t quarters = 0;
  int32_t apart = x.e - y.e;
  struct wide t;
  uint64_t u = shift_down(y.hi, 1 + apart), v = x.hi >> 1;
  while (quarters < 4 && u > (v >> 3) * (2 * quarters + 1)) quarters++;
  if (quarters) {
    uint64_t cv = quarters * (v >> 2), cu = quarters * (u >> 2);
    t = wide_divide(wide_normal(u < cv ? cv - u : u - cv, 0, 0, u < cv), wide_normal(v + cu, 0, 0, false));
  } else {
    t = wide_divide(y, x);
  }
  if (t.hi) {
    uint64_t z = squared(t);
    t = wide_multiply(t, wide_normal(ALMOST_ONE - product(z, series(inverse_odds, 1, 11, z, true)), 0, -64, false));
  }
  return wide_add(wide_normal(quarter_atans[quarters], 0, -64, false), t);
}

struct wide wide_atan2(struct wide y, struct wide x) {
  bool left = x.negative, below = y.negative;
  bool steep = x.hi == 0 || (y.hi && (y.e > x.e || (y.e == x.e && y.hi > x.hi)));
  x.negative = y.negative = false;
  struct wide angle = steep ? atan_of_ratio(x, y) : atan_of_ratio(y, x);
  if (steep || left) {
    struct wide from = half_pi;
    if (!steep) from.e++;
    // steep: pi/2 - angle, or pi/2 + angle on the left; flat on the left: pi - angle
    angle.negative = !(steep && left);
    angle = wide_add(from, angle);
  }
  angle.negative = below;
  return angle;
}

// ---- powers
static bool is_odd(double d) { return double_abs(d) < 9007199254740992.0 && iotpy_floor(d) == d && iotpy_floor(d / 2) * 2 != d; }

double iotpy_pow(double a, double b) {
  if (b == 0 || a == 1) return 1;
  if (double_nan(a) || double_nan(b)) return DOUBLE_NAN;
  double size = double_abs(a);
  bool negative = double_negative(a) && is_odd(b);
  if (size == 1) return double_finite(b) && !negative && iotpy_floor(b) != b ? DOUBLE_NAN : negative ? -1 : 1;
  if (!double_finite(b) || size == 0 || !double_finite(size)) return double_copysign((size > 1) == (b > 0) ? DOUBLE_INF : 0, negative);
  if (a < 0 && iotpy_floor(b) != b) return DOUBLE_NAN;
  if (b == 1) return a;
  if (b == 2) return a * a;
  if (b == 0.5) return iotpy_sqrt(a);
  int32_t e;
  uint64_t m = iotpy_double_split(size, &e);
  return double_copysign(wide_exp(wide_multiply(wide_log(m, e), wide_of(b))), negative);
}
