# format(number, spec) and f-strings: fill, align, sign, #, 0, width, grouping, precision, type.
print(format(42), format(42, "d"), format(42, "b"), format(42, "o"), format(42, "x"), format(-42, "X"), format(42, "#b"), format(42, "#o"), format(255, "#x"), format(255, "#X"))
# expect: 42 42 101010 52 2a -2A 0b101010 0o52 0xff 0XFF
print(format(42, "6") + "|", format(42, "<6") + "|", format(42, "^6") + "|", format(42, "*>6"), format(-42, "06"), format(-42, "=6"), format(42, "+"), format(42, " "), format(42, "+06"), format(42, "é^7"))
# expect:     42| 42    |   42  | ****42 -00042 -   42 +42  42 +00042 éé42ééé
print(format(1234567, ","), format(1234567, "_"), format(2**40, "_x"), format(65535, "_b"), format(1234567, "012,"), format(-1234567, "015,"), format(12345, "09_d"), format(0x123456, "#014_x"), format(999, ","), format(10**30, ","))
# expect: 1,234,567 1_234_567 100_0000_0000 1111_1111_1111_1111 0,001,234,567 -00,001,234,567 0_012_345 0x00_0012_3456 999 1,000,000,000,000,000,000,000,000,000,000
print(format(65, "c"), format(8364, "c"), format(65, "5c") + "|", format(5, "n"), format(True, "d"), format(True), format(False, "5"), format(7, "e"), format(7, ".3f"), format(7, "%"), format(10**20, "g"))
# expect: A €     A| 5 1 True     0 7.000000e+00 7.000 700.000000% 1e+20
print(format(3.14159, ".2f"), format(3.14159, "10.3f"), format(3.14159, "<10.3f") + "|", format(3.14159, "+.1f"), format(-3.14159, "010.2f"), format(2.5, ".0f"), format(3.5, ".0f"), format(2.5, "#.0f"), format(1e300, ".1f")[:12], format(0.000123, "f"))
# expect: 3.14      3.142 3.142     | +3.1 -000003.14 2 4 2. 100000000000 0.000123
print(format(12345.678, "e"), format(12345.678, ".2e"), format(12345.678, "E"), format(0.0, "e"), format(1e-300, ".3e"), format(9.9999e9, ".2e"), format(5e-324, ".10e"))
# expect: 1.234568e+04 1.23e+04 1.234568E+04 0.000000e+00 1.000e-300 1.00e+10 4.9406564584e-324
print(format(12345.678, "g"), format(1234567.0, "g"), format(0.0001, "g"), format(0.00001, "g"), format(1e16, "g"), format(100000.0, "#g"), format(1.0, "#.3g"), format(123.456, ".2g"), format(0.5, "G"), format(1e-10, "G"))
# expect: 12345.7 1.23457e+06 0.0001 1e-05 1e+16 100000. 1.00 1.2e+02 0.5 1E-10
print(format(1.0), format(1.5, "10"), format(1e20, "5"), format(1.0, ".3"), format(123456.0, ".3"), format(100.0, ".3"), format(0.1, ".30"), format(1234567.891, ",.2f"), format(1234.5, ","), format(1234567.891, "018,.2f"), format(1e15, ",.1f"))
# expect: 1.0        1.5 1e+20 1.0 1.23e+05 1e+02 0.100000000000000005551115123126 1,234,567.89 1,234.5 000,001,234,567.89 1,000,000,000,000,000.0
print(format(0.25, "%"), format(0.256, ".1%"), format(-1.5, ".0%"), format(float("inf")), format(float("-inf"), "8") + "|", format(float("nan"), "+"), format(float("nan"), "F"), format(float("inf"), "010"), format(float("inf"), "%"))
# expect: 25.000000% 25.6% -150% inf     -inf| +nan NAN 0000000inf inf%
print(format(0.1, ".50f"), format(2.0**-30, ".40f"), format(2.0**60, ".3f"))
# expect: 0.10000000000000000555111512312578270211815834045410 0.0000000009313225746154785156250000000000 1152921504606846976.000
n, w, p = 3.14159, 12, 3
print(f"{n:{w}.{p}f}|{n:<{w}}|{7:0{w}d}|{255:#{'x'}}|{n!r:>20}|{-5:=+8}")
# expect:        3.142|3.14159     |000000000007|0xff|             3.14159|-      5
def attempt(v, spec):
    try:
        return format(v, spec)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(attempt(1, "s"), attempt(1.5, "d"), attempt(1.5, "x"), attempt(1, ".2d"), attempt(1, ",x"))
# expect: ValueError: Unknown format code 's' for object of type 'int' ValueError: Unknown format code 'd' for object of type 'float' ValueError: Unknown format code 'x' for object of type 'float' ValueError: Precision not allowed in integer format specifier ValueError: Cannot specify ',' with 'x'.
print(attempt(1, ",_"), attempt(1, "q"), attempt(1.5, "."), attempt(-1, "c"), attempt(1, "+c"), attempt([], "5"), attempt(None, "s"), attempt(1, 5))
# expect: ValueError: Cannot specify both ',' and '_'. ValueError: Unknown format code 'q' for object of type 'int' ValueError: Format specifier missing precision OverflowError: %c arg not in range(0x110000) ValueError: Sign not allowed with integer format specifier 'c' TypeError: unsupported format string passed to list.__format__ TypeError: unsupported format string passed to NoneType.__format__ TypeError: format() argument 2 must be str, not int
