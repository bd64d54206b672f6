# The % operator of str.
print("%s %s %r" % ("a", [1, "b"], "c"), "%d %i %u" % (1, -2, 3.9), "%x %X %o" % (255, 255, 8), "%#x %#o %#X" % (255, 8, 10), "%c%c%c" % ("a", 98, "é"), "%%" % ())
# expect: a [1, 'b'] 'c' 1 -2 3 ff FF 10 0xff 0o10 0XA abé %
print("%5d|%-5d|%05d|%+d|% d|%+05d|%-05d|" % (42, 42, 42, 42, 42, 42, 42), "%5s|%-5s|%.2s|%5.1s|" % ("ab", "ab", "abc", "xyz"), "%05s|" % "a")
# expect:    42|42   |00042|+42| 42|+0042|42   |    ab|ab   |ab|    x|     a|
print("%f %.2f %10.3f|%-10.1f|%+.0f %e %.3E %g %G" % (1.5, 2.345, 3.14159, 2.25, 0.5, 12345.678, 0.00012, 1e-5, 1e20), "%010.2f" % -3.14159, "%.0f %.0f" % (0.5, 1.5), "%#.0f" % 2)
# expect: 1.500000 2.35      3.142|2.2       |+0 1.234568e+04 1.200E-04 1e-05 1E+20 -000003.14 0 2 2.
print("%*d|%-*d|%*.*f|%.*f" % (5, 42, 5, 42, 8, 2, 3.14159, 1, 2.25), "%*d|" % (-6, 1), "%.3d %8.5d|%+.4d" % (5, -5, 7), "%.5x" % 255)
# expect:    42|42   |    3.14|2.2 1     | 005   -00005|+0007 000ff
print("%(name)s is %(age)d, %(name)r" % {"name": "Ann", "age": 30}, "%(a)5.1f|%(a)-8s|" % {"a": 1.25}, "no fields" % {}, "%s" % {"a": 1}, "%(k(x))s" % {"k(x)": 1})
# expect: Ann is 30, 'Ann'   1.2|1.25    | no fields {'a': 1} 1
print("%s" % None, "%s" % (1,), "%s" % [1, 2], "%s and %s" % (True, 1.0), "%d" % True, "%d" % 2**70, "%x" % 2**70, "%i" % -1e20, "%.10f" % (1 / 3), "%5.1f%%" % 99.5)
# expect: None 1 [1, 2] True and 1.0 1 1180591620717411303424 400000000000000000 -100000000000000000000 0.3333333333  99.5%
print("%ld %hd %Lf" % (1, 2, 3.0), "%a" % "é", "é%sü" % "ö", "%r" % 1.0, "%s" % 1e100, "%g" % float("inf"), "%05.1f" % float("nan"), "%e" % 0, "%s%s" % ("", ""))
# expect: 1 2 3.000000 '\xe9' éöü 1.0 1e+100 inf 00nan 0.000000e+00 
def attempt(f, a):
    try:
        return f % a
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(attempt("%d", "a"), attempt("%x", 1.5), attempt("%f", "a"), attempt("%c", "ab"), attempt("%c", 1.5))
# expect: TypeError: %d format: a real number is required, not str TypeError: %x format: an integer is required, not float TypeError: must be real number, not str TypeError: %c requires int or char TypeError: %c requires int or char
print(attempt("%s %s", 1), attempt("%s", (1, 2)), attempt("x", 1), attempt("%s %s", (1,)), attempt("", (1,)))
# expect: TypeError: not enough arguments for format string TypeError: not all arguments converted during string formatting TypeError: not all arguments converted during string formatting TypeError: not enough arguments for format string TypeError: not all arguments converted during string formatting
print(attempt("%(a)s", 1), attempt("%(a)s", {}), attempt("%(a", {}), attempt("%q", 1), attempt("%", 1), attempt("%5", 1), attempt("%*d", ("a", 1)), attempt("%c", -1))
# expect: TypeError: format requires a mapping KeyError: 'a' ValueError: incomplete format key ValueError: unsupported format character 'q' (0x71) at index 1 ValueError: incomplete format ValueError: incomplete format TypeError: * wants int OverflowError: %c arg not in range(0x110000)
