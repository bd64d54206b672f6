# Float arithmetic, // and % with the divisor's sign, comparisons with exact ints, conversions.
print(0.1 + 0.2, 1e308 * 10, -1e308 * 10, 1e-320 / 1000, 3.0 - 3.0, -0.0, 0.0 * -1)
# expect: 0.30000000000000004 inf -inf 1e-323 0.0 -0.0 -0.0
print(7.5 // 2, -7.5 // 2, 7.5 // -2, -7.5 // -2, 7.5 % 2, -7.5 % 2, 7.5 % -2, -7.5 % -2)
# expect: 3.0 -4.0 -4.0 3.0 1.5 0.5 -0.5 -1.5
print(5.0 % 3, -5.0 % 3, 5.0 % -3, 0.0 % 3, -0.0 % 3, 0.0 % -3, 1e300 % 7, -1e300 % 7, 1e17 // 0.3, 1 // 0.1, 1 % 0.1)
# expect: 2.0 1.0 -1.0 0.0 0.0 -0.0 1.0 6.0 3.333333333333334e+17 9.0 0.09999999999999995
print(divmod(7.25, 2), divmod(-7.25, 2), divmod(1e20, 3), divmod(2, 0.75))
# expect: (3.0, 1.25) (-4.0, 0.75) (3.333333333333333e+19, 1.0) (2.0, 0.5)
inf = float("inf")
nan = float("nan")
print(inf - inf, inf + 1, inf * 0, 5 % inf, -5 % inf, 5 // inf, -5 // inf, inf % 5, inf // 5, 5 % -inf)
# expect: nan inf nan 5.0 inf 0.0 -1.0 nan nan -inf
print(nan == nan, nan != nan, nan < 1, nan > 1, inf > 10**400, -inf < -10**400, inf == inf, not nan)
# expect: False True False False True True True False
print(2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 2**53 + 1 > 2.0**53, 10**22 == 1e22, 10**23 == 1e23, 10**23 < 1e23, 10**23 > 1e23)
# expect: True False True True False False True
print(1 == 1.0 == True, 0 == 0.0 == -0.0 == False, 3 < 3.5 < 4, 2**1024 > 1.7976931348623157e308, -2**1024 < -1e308, 2**1023 == 2.0**1023)
# expect: True True True True True True
print(1 < 2.5, 2.5 <= 2, 2**70 >= 2.0**70, 2**70 + 1 > 2.0**70, 2**70 - 1 < 2.0**70, -2**70 - 1 < -2.0**70)
# expect: True False True True True True
print(float(3), float(2**53 + 1), float(2**54 + 3), float(True), float(10**25), float(-2**1023))
# expect: 3.0 9007199254740992.0 1.8014398509481988e+16 1.0 1e+25 -8.98846567431158e+307
print(float("1.5"), float(" -2e3\n"), float(".5"), float("5."), float("1_000.5"), float("1e400"), float("-1e-400"), float("inf"), float("-Infinity"), float("NaN"), float(b"2.5"), float())
# expect: 1.5 -2000.0 0.5 5.0 1000.5 inf -0.0 inf -inf nan 2.5 0.0
def attempt(*a):
    try:
        return float(*a)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(attempt(""), attempt("abc"), attempt("1e"), attempt("1__0"), attempt("."))
# expect: ValueError: could not convert string to float: '' ValueError: could not convert string to float: 'abc' ValueError: could not convert string to float: '1e' ValueError: could not convert string to float: '1__0' ValueError: could not convert string to float: '.'
print(attempt([]), attempt(None), attempt(10**400))
# expect: TypeError: float() argument must be a string or a real number, not 'list' TypeError: float() argument must be a string or a real number, not 'NoneType' OverflowError: int too large to convert to float
print((2.0).is_integer(), (2.5).is_integer(), inf.is_integer(), (1e300).is_integer(), (-0.0).is_integer())
# expect: True False False True True
print((0.1).hex(), (1.0).hex(), (-2.5).hex(), (0.0).hex(), (-0.0).hex(), (5e-324).hex(), (1.7976931348623157e308).hex(), inf.hex(), nan.hex(), (2.0**-1022).hex())
# expect: 0x1.999999999999ap-4 0x1.0000000000000p+0 -0x1.4000000000000p+1 0x0.0p+0 -0x0.0p+0 0x0.0000000000001p-1022 0x1.fffffffffffffp+1023 inf nan 0x1.0000000000000p-1022
print(abs(-2.5), abs(-0.0), abs(-inf), +1.5, -1.5, -(-0.0), bool(0.0), bool(-0.0), bool(nan), bool(1e-320))
# expect: 2.5 0.0 inf 1.5 -1.5 0.0 False False True True
x = 1.5
x += 1
x *= 2
x -= 0.5
x /= 3
print(x)  # expect: 1.5
x //= 1
print(x)  # expect: 1.0
