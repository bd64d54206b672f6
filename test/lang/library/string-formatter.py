from string import Formatter

print(Formatter().format("{} {a:>3}", 1, a=2), Formatter().vformat("{0}-{b}", (1,), {"b": 3}))  # expect: 1   2 1-3
