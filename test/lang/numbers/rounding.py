# round: half to even on the exact value.
print(round(0.5), round(1.5), round(2.5), round(-0.5), round(-1.5), round(0.49999999999999994), round(2.0), round(1e20), round(-2.6), round(4503599627370497.5))
# expect: 0 2 2 0 -2 0 2 100000000000000000000 -3 4503599627370498
print(round(2.675, 2), round(1.005, 2), round(0.125, 2), round(0.375, 2), round(-2.5, 0), round(1234.5678, -2), round(1e22, 2), round(0.1, 20), round(1.15, 1), round(1.25, 1), round(1.35, 1))
# expect: 2.67 1.0 0.12 0.38 -2.0 1200.0 1e+22 0.1 1.1 1.2 1.4
print(round(5e-324, 320), round(123.456, 400), round(123.456, -400), round(1e300, -299), round(9.995, 2), round(99.995, 2), round(0.05, 1), round(0.15, 1), round(-0.04, 1))
# expect: 0.0 123.456 0.0 1e+300 9.99 100.0 0.1 0.1 -0.0
print(round(15, -1), round(25, -1), round(-15, -1), round(14, -1), round(16, -1), round(5, -1), round(12345678901234567890, -10), round(7, 3), round(7), round(149, -2), round(150, -2), round(250, -2), round(5, -3), round(-2**70, -5))
# expect: 20 20 -20 10 20 0 12345678900000000000 7 7 100 200 200 0 -1180591620717411300000
print(round(True), round(3.7, None), type(round(3.7)).__name__, type(round(3.7, 0)).__name__, type(round(3, 1)).__name__, round(number=2.345, ndigits=1))
# expect: 1 4 int float int 2.3
print(round(float("inf"), 2), round(float("nan"), 2), round(0.0, 3), round(-0.0, 3))  # expect: inf nan 0.0 -0.0
def attempt(*a):
    try:
        return round(*a)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(attempt(float("nan")), attempt(float("inf")), attempt(1.7e308, -308), attempt("a"), attempt(1.5, "a"))
# expect: ValueError: cannot convert float NaN to integer OverflowError: cannot convert float infinity to integer OverflowError: rounded value too large to represent TypeError: type str doesn't define __round__ method TypeError: 'str' object cannot be interpreted as an integer
