# The functions of math, to 12 digits where the last ones may differ.
import math
print("%.12g %.12g %.12g %.12g %.12g" % (math.sin(1), math.cos(1), math.tan(1), math.sin(-2.5), math.cos(1e5)))
# expect: 0.841470984808 0.540302305868 1.55740772465 -0.598472144104 -0.999360807438
print("%.12g %.12g %.12g %.12g" % (math.sin(1e22), math.cos(1e300), math.tan(1.5707963267948966), math.sin(3.141592653589793)))
# expect: -0.852200849767 -0.575386111958 1.63312393532e+16 1.22464679915e-16
print("%.12g %.12g %.12g %.12g %.12g" % (math.asin(0.5), math.acos(0.5), math.atan(2), math.atan2(-1, -2), math.atan2(3, -4)))
# expect: 0.523598775598 1.0471975512 1.10714871779 -2.67794504459 2.4980915448
print("%.12g %.12g %.12g %.12g %.12g" % (math.exp(1), math.exp(-20.5), math.exp(700), math.log(10), math.log(1e-300)))
# expect: 2.71828182846 1.25015286639e-09 1.01423205474e+304 2.30258509299 -690.775527898
print("%.12g %.12g %.12g %.12g" % (math.log2(10), math.log10(2), math.log(8, 2), math.log(2**3000)))
# expect: 3.32192809489 0.301029995664 3 2079.44154168
print("%.12g %.12g %.12g %.12g" % (math.pow(2, 0.5), math.pow(10, -300.5), math.pow(0.001, 100), 1.0000001 ** 1e7))
# expect: 1.41421356237 3.16227766017e-301 1e-300 2.71828169413
print(math.sin(0), math.sin(-0.0), math.cos(0), math.tan(-0.0), math.asin(1), math.acos(1), math.acos(-1), math.atan(math.inf), math.asin(-0.0))
# expect: 0.0 -0.0 1.0 -0.0 1.5707963267948966 0.0 3.141592653589793 1.5707963267948966 -0.0
print(math.exp(0), math.exp(-math.inf), math.exp(-800), math.log(1), math.log2(8), math.log2(2**70), math.log10(1000), math.log10(1e-5), math.log(math.inf), math.log10(10**400))
# expect: 1.0 0.0 0.0 0.0 3.0 70.0 3.0 -5.0 inf 400.0
print(math.atan2(0, 1), math.atan2(0, -1), math.atan2(-0.0, -1), math.atan2(0.0, 0.0), math.atan2(0.0, -0.0), math.atan2(1, 0), math.atan2(-1, 0), math.atan2(math.inf, math.inf), math.atan2(math.inf, -math.inf), math.atan2(1, math.inf), math.atan2(1, -math.inf))
# expect: 0.0 3.141592653589793 -3.141592653589793 0.0 3.141592653589793 1.5707963267948966 -1.5707963267948966 0.7853981633974483 2.356194490192345 0.0 3.141592653589793
print(math.sqrt(2), math.sqrt(0.1), math.sqrt(1e-320), math.sqrt(4), math.sqrt(0), math.sqrt(-0.0), math.sqrt(math.inf), math.sqrt(10**300), math.sqrt(1.7976931348623157e308))
# expect: 1.4142135623730951 0.31622776601683794 9.99994433575849e-161 2.0 0.0 -0.0 inf 1e+150 1.3407807929942596e+154
print(math.floor(2.7), math.floor(-2.7), math.ceil(2.1), math.ceil(-2.1), math.trunc(-2.7), math.floor(1e20), math.ceil(5), math.trunc(2**70), math.floor(-0.5), math.ceil(-0.5), math.floor(True))
# expect: 2 -3 3 -2 -2 100000000000000000000 5 1180591620717411303424 -1 0 1
print(math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3), math.fmod(1e300, 7), math.fmod(5, math.inf), math.fmod(-0.0, 1), math.fmod(5.5, 1e-10))
# expect: 1.0 -1.0 1.0 1.0 5.0 -0.0 9.999979962291477e-11
print(math.fabs(-3), math.copysign(3, -0.0), math.degrees(math.pi), math.radians(180), math.degrees(1), math.radians(57.3), math.hypot(3, 4), math.hypot(), math.hypot(1e200, 1e200), math.hypot(1, 2, 3), math.hypot(math.nan, -math.inf))
# expect: 3.0 -3.0 180.0 3.141592653589793 57.29577951308232 1.0000736613927508 5.0 0.0 1.414213562373095e+200 3.7416573867739413 inf
print(math.isclose(1, 1 + 1e-10), math.isclose(1, 1.1), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-10), math.isclose(0, 1e-10, abs_tol=1e-9), math.isclose(math.inf, math.inf), math.isclose(math.nan, math.nan), math.isclose(math.inf, 1))
# expect: True False True False True True False False
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1e308), math.isfinite(10), math.isnan(1))
# expect: True True True True False
print(math.gcd(12, 18), math.gcd(-12, 18), math.gcd(), math.gcd(7), math.gcd(2**100, 6**50), math.gcd(0, 0), math.gcd(12, 18, 27))
# expect: 6 6 0 7 1125899906842624 0 3
print(math.isqrt(0), math.isqrt(15), math.isqrt(16), math.isqrt(10**40), math.isqrt(10**40 - 1), math.isqrt(2**64 - 1))
# expect: 0 3 4 100000000000000000000 99999999999999999999 4294967295
print(math.pi, math.e, math.tau, math.inf, math.nan, -math.inf)
# expect: 3.141592653589793 2.718281828459045 6.283185307179586 inf nan -inf
print(math.pow(0, 0), math.pow(math.nan, 0), math.pow(-1, math.inf), math.pow(2, -math.inf), math.pow(-math.inf, 3), math.pow(-2, 3))
# expect: 1.0 1.0 1.0 0.0 -inf -8.0
def attempt(f, *a):
    try:
        return f(*a)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(attempt(math.sqrt, -1), attempt(math.log, 0), attempt(math.log, -2**80), attempt(math.acos, 1.1))
# expect: ValueError: math domain error ValueError: math domain error ValueError: math domain error ValueError: math domain error
print(attempt(math.sin, math.inf), attempt(math.exp, 1000), attempt(math.pow, 10, 400), attempt(math.pow, -8, 0.5), attempt(math.pow, 0, -1))
# expect: ValueError: math domain error OverflowError: math range error OverflowError: math range error ValueError: math domain error ValueError: math domain error
print(attempt(math.fmod, 1, 0), attempt(math.fmod, math.inf, 1), attempt(math.floor, math.nan), attempt(math.ceil, math.inf))
# expect: ValueError: math domain error ValueError: math domain error ValueError: cannot convert float NaN to integer OverflowError: cannot convert float infinity to integer
print(attempt(math.sqrt, "a"), attempt(math.floor, "a"), attempt(math.trunc, "a"), attempt(math.isqrt, -1), attempt(math.isqrt, 1.5), attempt(math.gcd, 1.5, 2))
# expect: TypeError: must be real number, not str TypeError: must be real number, not str TypeError: type str doesn't define __trunc__ method ValueError: isqrt() argument must be nonnegative TypeError: 'float' object cannot be interpreted as an integer TypeError: 'float' object cannot be interpreted as an integer
print(attempt(math.log, 10, 1), attempt(math.log, 10, 0), attempt(math.isclose, 1, 2), math.sin(math.nan), math.log(math.nan))
# expect: ZeroDivisionError: float division by zero ValueError: math domain error False nan nan
