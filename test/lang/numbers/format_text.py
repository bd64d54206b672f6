# format(str, spec) and str.format with its fields.
print(format("ab", "5") + "|", format("ab", ">5"), format("ab", "^5") + "|", format("ab", "*^6"), format("abcdef", ".3"), format("abcdef", "6.3") + "|", format("é", "é>3"), format("日本語", ".2"), format("日本", "4") + "|", format("ab", "05"), format("ab", "s"))
# expect: ab   |    ab  ab  | **ab** abc abc   | ééé 日本 日本  | ab000 ab
print("{} {}".format(1, "a"), "{0} {1} {0}".format("x", 2), "{a}-{b}".format(a=1, b=[2]), "{{}} {{{}}}".format(5), "{}".format("{}"), "".format(), "é{}ü".format("ö"))
# expect: 1 a x 2 x 1-[2] {} {5} {}  éöü
print("{:5}|{:<5}|{:>5}|{:^5}".format("a", 1, 2.5, True), "{:05d} {:+.2f} {:x}".format(42, 3.14159, 255), "{!r} {!s} {!a}".format("é", "b", "ü"), "{!r:>6}".format("a"))
# expect: a    |1    |  2.5|  1   00042 +3.14 ff 'é' b '\xfc'    'a'
print("{0[1]} {0[-1]}".format({"-1": 9, 1: 8}), "{0[a]} {0[b][0]}".format({"a": 1, "b": [2, 3]}), "{x[2]}".format(x=(1, 2, 3)), "{[k]}".format({"k": "v"}))
# expect: 8 9 1 2 3 v
print("{:{}}|{:{w}.{p}f}|{:{}{}{}}".format("a", 4, 2.71828, "z", "*", "^", 5, w=8, p=2))  # expect: a   |    2.72|**z**
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
point = Point(3, [4, 5])
print("{0.x} {0.y[1]} {p.x:>4}".format(point, p=point))  # expect: 3 5    3
print("{:>6}{:>8}".format("id", "value"), "{0:<{1}}|".format("k", 6), "{:,} {:_}".format(1234567, 1234567))
# expect:     id   value k     | 1,234,567 1_234_567
def attempt(f, *a, **k):
    try:
        return f.format(*a, **k)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(attempt("{}"), attempt("{1}", 1), attempt("{a}"), attempt("{"), attempt("}"))
# expect: IndexError: Replacement index 0 out of range for positional args tuple IndexError: Replacement index 1 out of range for positional args tuple KeyError: 'a' ValueError: Single '{' encountered in format string ValueError: Single '}' encountered in format string
print(attempt("{0}{}", 1, 2), attempt("{}{0}", 1), attempt("{!x}", 1), attempt("{0[5]}", [1]), attempt("{0[a]}", {}))
# expect: ValueError: cannot switch from manual field specification to automatic field numbering ValueError: cannot switch from automatic field numbering to manual field specification ValueError: Unknown conversion specifier x IndexError: list index out of range KeyError: 'a'
print(attempt("{:d}", "a"), attempt("{0", 1), attempt("{0[0}", [1]), attempt("{0.}", 1), attempt("{:{:{}}}", 1, 2, 3), attempt("{:5}", []))
# expect: ValueError: Unknown format code 'd' for object of type 'str' ValueError: expected '}' before end of string ValueError: expected '}' before end of string ValueError: Empty attribute in format string ValueError: Max string recursion exceeded TypeError: unsupported format string passed to list.__format__
print(attempt("{0.z}", 1), attempt("{:+}", "a"), attempt("{:=5}", "a"), attempt("{:,}", "a"), attempt("{:#}", "a"))
# expect: AttributeError: 'int' object has no attribute 'z' ValueError: Sign not allowed in string format specifier ValueError: '=' alignment not allowed in string format specifier ValueError: Cannot specify ',' with 's'. ValueError: Alternate form (#) not allowed in string format specifier
