# Containers that hold themselves.
import json
x = []
x.append(x)
y = []
y.append(y)
d = {}
d["d"] = d
t = ([],)
t[0].append(t)
def attempt(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
print(x, d, t, x == x, d == d, [x] == [x], x in x, x.index(x), x.count(x))
print(attempt(lambda: x == y), attempt(lambda: x < y), attempt(lambda: hash(t)), attempt(lambda: json.dumps(x)), attempt(lambda: json.dumps(d)))
print(sorted([x, x]) == [x, x], str(x), f"{x!r}", "%s" % x)
# expect: [[...]] {'d': {...}} ([(...)],) True True True True 0 1
# expect: RecursionError RecursionError TypeError ValueError ValueError
# expect: True [[...]] [[...]] [[...]]
