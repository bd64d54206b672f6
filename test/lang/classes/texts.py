# Texts of instances: alone, in containers, in fields.
class S:
    def __str__(self):
        return "str"
    def __repr__(self):
        return "repr"
    def __format__(self, spec):
        return "<" + spec + ">"
class R:
    def __repr__(self):
        return "R"

text = f"{S()} {S()!r} {S()!s} {S():>5} {S()!r:>6} {R()} {[S()]} {R()!r:3}|"
print(text)
print("{} {!r} {!s:>4} {:x} {} {{}}".format(S(), S(), S(), S(), 5))
class Holder:
    pass
holder = Holder()
holder.item = S()
print("{0} {a.item!s} {b[k]} {c[0]!r} {0:{1}}".format(S(), "^9", a=holder, b={"k": R()}, c=[S()]))
print("%s %r|%5s|%-5s|" % (S(), S(), R(), R()), "%s" % R(), "%(a)s %%" % {"a": S()}, "%s %s" % (1, [R()]), "%*s" % (4, R()))
print(str([S(), set(), frozenset(), {}, ()]), {1: S()}.values(), {1: S()}.items(), (R(),))
print(str(ValueError(R())), repr(ValueError(R())), str(ValueError(R(), 1)), str(KeyError(S())))
loop = [R()]
loop.append(loop)
print(loop)
for f in (lambda: "%s %s" % (R(),), lambda: "%s" % (R(), 1), lambda: f"{R():>5}"):
    try:
        f()
    except TypeError as e:
        print(e)

# expect: <> repr str <>5>   repr R [repr] R  |
# expect: <> repr  str <x> 5 {}
# expect: <> str R repr <^9>
# expect: str repr|    R|R    | R str % 1 [R]    R
# expect: [repr, set(), frozenset(), {}, ()] dict_values([repr]) dict_items([(1, repr)]) (R,)
# expect: R ValueError(R) (R, 1) repr
# expect: [R, [...]]
# expect: not enough arguments for format string
# expect: not all arguments converted during string formatting
# expect: unsupported format string passed to R.__format__
