# Comparisons of instances, in expressions and in conditions.
class N:
    def __init__(self, v):
        self.v = v
    def __lt__(self, o):
        return self.v < o.v
    def __eq__(self, o):
        return isinstance(o, N) and self.v == o.v
    def __le__(self, o):
        return self.v <= o.v

a, b = N(1), N(2)
print(a < b, b < a, a > b, b > a, a <= b, a >= b, a == N(1), a != N(1), a == 1, a != 1)
if a < b: print("less")
if a > b: print("greater")
if not a == b: print("differ")
if a != b: print("ne")
while a < b:
    a.v += 1
print(a.v)
class P:
    pass
p, q = P(), P()
print(p == p, p == q, p != q, p != p)
for f in (lambda: p < q, lambda: p >= 1, lambda: a < 1 or a < None, lambda: 1 < "x", lambda: [] < 3):
    try:
        f()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
class Truthy:
    def __eq__(self, o):
        return [1]
    def __lt__(self, o):
        return []
t = Truthy()
print(t == 1, t < 1, t != 1)
print("yes" if t == 1 else "no", "yes" if t < 1 else "no", "yes" if t != 1 else "no")
class Sub(N):
    def __gt__(self, o):
        return "sub first"
print(N(1) < Sub(2))

# expect: True False False True True False True False False True
# expect: less
# expect: differ
# expect: ne
# expect: 2
# expect: True False True False
# expect: TypeError '<' not supported between instances of 'P' and 'P'
# expect: TypeError '>=' not supported between instances of 'P' and 'int'
# expect: AttributeError 'int' object has no attribute 'v'
# expect: TypeError '<' not supported between instances of 'int' and 'str'
# expect: TypeError '<' not supported between instances of 'list' and 'int'
# expect: [1] [] False
# expect: yes no no
# expect: sub first
