// The natives of module math. Elementary functions come from elementary.c and wide.c; floor, sqrt, fmod and integer functions are exact.
#include "integer.h"
#include "wide.h"

static value domain_error(void) { return iotpy_raise(T_ValueError, "math domain error"); }

// Argument i as a double: VALUE_NONE, or what the native must answer.
static value real_argument(root arguments, uint32_t i, double *d) {
  value v = arguments[i];
  if (iotpy_to_double(v, d)) return VALUE_NONE;
  if (iotpy_is_number(v)) return VALUE_ERROR;
  return iotpy_raise(T_TypeError, "must be real number, not %t", v);
}

static value two_arguments(root arguments, double *a, double *b) {
  value v = real_argument(arguments, 0, a);
  return v == VALUE_NONE ? real_argument(arguments, 1, b) : v;
}

// ---- elementary functions
static double arc_tangent(double y, double x) {
  struct wide a, b;
  if (!double_finite(x) || !double_finite(y)) {  // only the directions count
    double x_far = double_finite(x) ? 0 : 1, y_far = double_finite(y) ? 0 : 1;
    x = double_copysign(x_far, double_negative(x));
    y = double_copysign(y_far, double_negative(y));
  }
  if (y == 0 && !double_negative(x)) return y;
  wide_from(&a, y);
  wide_from(&b, x == 0 && y == 0 ? -1 : x);
  wide_atan2(&a, &b);
  return wide_double(&a);
}

// The angle whose sine, or cosine, is d.
static double arc_of(double d, bool cosine) {
  struct wide a, b, square;
  if (double_abs(d) > 1) return DOUBLE_NAN;
  wide_from(&a, d);
  square = a;
  wide_multiply(&square, &a);
  square.negative = true;
  wide_from(&b, 1);
  wide_add(&b, &square);
  if (b.hi) wide_sqrt(&b);  // sqrt(1 - d^2)
  b.negative = false;
  wide_atan2(cosine ? &b : &a, cosine ? &a : &b);
  return wide_double(cosine ? &b : &a);
}

static double trigonometric(enum trigonometric function, double d) {
  struct wide w;
  if (!double_finite(d)) return DOUBLE_NAN;
  wide_trigonometric(&w, function, d);
  return wide_double(&w);
}

static double exponential(double d) {
  struct wide w;
  if (!double_finite(d)) return double_negative(d) ? 0 : d;
  wide_from(&w, d);
  return wide_exp(&w);
}

static double sine(double d) { return trigonometric(SINE, d); }
static double cosine(double d) { return trigonometric(COSINE, d); }
static double tangent(double d) { return trigonometric(TANGENT, d); }
static double arc(double d) { return arc_tangent(d, 1); }
static double arc_sine(double d) { return arc_of(d, false); }
static double arc_cosine(double d) { return arc_of(d, true); }
static double square_root(double d) { return d < 0 ? DOUBLE_NAN : iotpy_sqrt(d); }
static double absolute(double d) { return double_abs(d); }
static double to_degrees(double d) { return d * (180.0 / 3.141592653589793); }
static double to_radians(double d) { return d * (3.141592653589793 / 180.0); }

// A function of one double: it answers nan outside its domain.
static value function_of(root arguments, double (*function)(double)) {
  double d;
  value v = real_argument(arguments, 0, &d);
  if (v != VALUE_NONE) return v;
  if (double_nan(d)) return iotpy_float(d);
  double result = function(d);
  if (double_nan(result)) return domain_error();
  if (!double_finite(result) && double_finite(d) && function == exponential) return iotpy_raise(T_OverflowError, "math range error");
  return iotpy_float(result);
}

#define FUNCTION(name, function) \
  value native_math_dot_##name(root arguments, uint32_t count) { return (void)count, function_of(arguments, function); }
FUNCTION(exp, exponential)
FUNCTION(sin, sine)
FUNCTION(cos, cosine)
FUNCTION(tan, tangent)
FUNCTION(atan, arc)
FUNCTION(asin, arc_sine)
FUNCTION(acos, arc_cosine)
FUNCTION(sqrt, square_root)
FUNCTION(fabs, absolute)
FUNCTION(degrees, to_degrees)
FUNCTION(radians, to_radians)

value native_math_dot_atan2(root arguments, uint32_t count) {
  (void)count;
  double y, x;
  value v = two_arguments(arguments, &y, &x);
  if (v != VALUE_NONE) return v;
  return iotpy_float(double_nan(x) || double_nan(y) ? DOUBLE_NAN : arc_tangent(y, x));
}

// ---- logarithms, of ints beyond the range of doubles too
enum logarithm { NATURAL, BINARY, DECIMAL };

static double logarithm(enum logarithm kind, struct wide *w) {
  if (kind != DECIMAL) {
    wide_log(w);
    if (kind == BINARY) wide_multiply(w, &wide_log2_e);
    return wide_double(w);
  }
  // As glibc's __ieee754_log10, so that powers of ten have whole logarithms and others the rounding users know.
  int32_t k = w->e + 63, below_one = k < 0;
  w->e = -63 - below_one;
  double whole = k + below_one, low = whole * 3.69423907715893078616e-13;
  wide_log(w);
  low += 4.34294481903251816668e-01 * wide_double(w);
  return low + whole * 3.01029995663611771306e-01;
}

static value log_of(root arguments, uint32_t i, enum logarithm kind, double *out) {
  value v = arguments[i];
  double d;
  struct wide w = {0};
  if (is_object(v, O_INT)) {
    struct integer a;
    bool sticky;
    integer_view(v, &a);
    if (a.negative) return domain_error();
    w.hi = magnitude_top(a.digits, a.count, &w.e, &sticky);
  } else {
    v = real_argument(arguments, i, &d);
    if (v != VALUE_NONE) return v;
    if (d <= 0) return domain_error();
    *out = d;
    if (!double_finite(d)) return VALUE_NONE;
    wide_from(&w, d);
  }
  *out = logarithm(kind, &w);
  return VALUE_NONE;
}

static value logarithm_native(root arguments, enum logarithm kind) {
  double d;
  value v = log_of(arguments, 0, kind, &d);
  return v == VALUE_NONE ? iotpy_float(d) : v;
}

value native_math_dot_log2(root arguments, uint32_t count) { return (void)count, logarithm_native(arguments, BINARY); }
value native_math_dot_log10(root arguments, uint32_t count) { return (void)count, logarithm_native(arguments, DECIMAL); }

value native_math_dot_log(root arguments, uint32_t count) {
  (void)count;
  double d, base;
  if (arguments[1] == VALUE_UNBOUND) return logarithm_native(arguments, NATURAL);
  value v = log_of(arguments, 0, NATURAL, &d);
  if (v != VALUE_NONE) return v;
  v = log_of(arguments, 1, NATURAL, &base);
  return v == VALUE_NONE ? iotpy_float_binary(OP_DIV_, d, base) : v;
}

// ---- two arguments
value native_math_dot_pow(root arguments, uint32_t count) {
  (void)count;
  double a, b;
  value v = two_arguments(arguments, &a, &b);
  if (v != VALUE_NONE) return v;
  double d = iotpy_pow(a, b);
  if (double_finite(a) && double_finite(b) && !double_finite(d)) {
    if (double_nan(d) || a == 0) return domain_error();
    return iotpy_raise(T_OverflowError, "math range error");
  }
  return iotpy_float(d);
}

value native_math_dot_fmod(root arguments, uint32_t count) {
  (void)count;
  double a, b;
  value v = two_arguments(arguments, &a, &b);
  if (v != VALUE_NONE) return v;
  if (double_nan(a) || double_nan(b)) return iotpy_float(DOUBLE_NAN);
  if (!double_finite(a) || b == 0) return domain_error();
  return iotpy_float(iotpy_fmod(a, b));
}

value native_math_dot_copysign(root arguments, uint32_t count) {
  (void)count;
  double a, b;
  value v = two_arguments(arguments, &a, &b);
  return v == VALUE_NONE ? iotpy_float(double_copysign(a, double_negative(b))) : v;
}

value native_math_dot_hypot(root arguments, uint32_t count) {
  struct wide sum = {0}, square;
  bool infinite = false, nan = false;
  for (uint32_t i = 0; i < count; i++) {
    double d;
    value v = real_argument(arguments, i, &d);
    if (v != VALUE_NONE) return v;
    nan |= double_nan(d);
    infinite |= !double_finite(d) && !double_nan(d);
    if (!double_finite(d)) continue;
    wide_from(&square, d);
    wide_multiply(&square, &square);
    wide_add(&sum, &square);
  }
  if (sum.hi) wide_sqrt(&sum);
  return iotpy_float(infinite ? DOUBLE_INF : nan ? DOUBLE_NAN : wide_double(&sum));
}

value native_math_dot_isclose(root arguments, uint32_t count) {
  (void)count;
  double d[4] = {0, 0, 1e-9, 0};
  for (uint32_t i = 0; i < 4; i++) {
    if (i >= 2 && arguments[i] == VALUE_UNBOUND) continue;
    value v = real_argument(arguments, i, &d[i]);
    if (v != VALUE_NONE) return v;
  }
  if (d[2] < 0 || d[3] < 0) return iotpy_raise(T_ValueError, "tolerances must be non-negative");
  if (d[0] == d[1]) return VALUE_TRUE;
  double apart = double_abs(d[1] - d[0]);
  if (!double_finite(d[0]) || !double_finite(d[1])) return VALUE_FALSE;
  return from_bool(apart <= double_abs(d[2] * d[1]) || apart <= double_abs(d[2] * d[0]) || apart <= d[3]);
}

// ---- questions
enum question { FINITE, INFINITE, NOT_A_NUMBER };

static value ask(root arguments, enum question question) {
  double d;
  value v = real_argument(arguments, 0, &d);
  if (v != VALUE_NONE) return v;
  return from_bool(question == NOT_A_NUMBER ? double_nan(d) : question == FINITE ? double_finite(d) : !double_finite(d) && !double_nan(d));
}

value native_math_dot_isfinite(root arguments, uint32_t count) { return (void)count, ask(arguments, FINITE); }
value native_math_dot_isinf(root arguments, uint32_t count) { return (void)count, ask(arguments, INFINITE); }
value native_math_dot_isnan(root arguments, uint32_t count) { return (void)count, ask(arguments, NOT_A_NUMBER); }

// ---- to int
enum direction { DOWN, UP, TO_ZERO };

static value whole(root arguments, enum direction direction) {
  double d;
  value v = arguments[0];
  if (is_int_or_bool(v)) return iotpy_int_unary('+', arguments);
  if (direction == TO_ZERO && !is_float(v)) return iotpy_raise(T_TypeError, "type %t doesn't define __trunc__ method", v);
  v = real_argument(arguments, 0, &d);
  if (v != VALUE_NONE) return v;
  bool up = direction == UP || (direction == TO_ZERO && d < 0);
  return iotpy_int_from_double(!double_finite(d) ? d : up ? -iotpy_floor(-d) : iotpy_floor(d));
}

value native_math_dot_floor(root arguments, uint32_t count) { return (void)count, whole(arguments, DOWN); }
value native_math_dot_ceil(root arguments, uint32_t count) { return (void)count, whole(arguments, UP); }
value native_math_dot_trunc(root arguments, uint32_t count) { return (void)count, whole(arguments, TO_ZERO); }

// ---- integers
value native_math_dot_gcd(root arguments, uint32_t count) {
  root a = iotpy_push_words(2), b = a + 1;
  *a = from_int(0);
  for (uint32_t i = 0; i < count; i++) {
    value v = arguments[i];
    if (!integer_argument(v)) return VALUE_ERROR;
    *b = v;
    while (iotpy_int_truth(*b)) {
      v = iotpy_int_binary(OP_MOD_, a, b);
      if (!v) return v;
      *a = *b;
      *b = v;
    }
  }
  value v = iotpy_int_negative(*a) ? iotpy_int_unary('-', a) : iotpy_int_unary('+', a);
  iotpy_pop(a);
  return v;
}

// Newton's iteration from above: x = (x + n / x) / 2 falls until it reaches the root.
value native_math_dot_isqrt(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0];
  if (!integer_argument(v)) return VALUE_ERROR;
  if (iotpy_int_negative(v)) return iotpy_raise(T_ValueError, "isqrt() argument must be nonnegative");
  if (!iotpy_int_truth(v)) return from_int(0);
  root x = iotpy_push_words(3), next = x + 1, one = x + 2;
  *one = from_int(1);
  *next = from_int((int32_t)(iotpy_int_bit_length(v) + 1) / 2);
  v = iotpy_int_binary(OP_LSHIFT_, one, next);
  do {
    if (!v) return v;
    *x = v;
    v = iotpy_int_binary(OP_FLOORDIV_, arguments, x);
    if (!v) return v;
    *next = v;
    v = iotpy_int_binary(OP_ADD_, next, x);
    if (!v) return v;
    *next = v;
    v = iotpy_int_binary(OP_RSHIFT_, next, one);
  } while (!v || iotpy_int_compare(v, *x) < 0);
  v = *x;
  iotpy_pop(x);
  return v;
}
