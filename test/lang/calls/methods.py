# Bound methods are values; functions of a class are plain functions.
class A:
    def __init__(self, n):
        self.n = n
    def add(self, k, scale=1):
        return self.n + k * scale

a = A(5)
m = a.add
print(m(1), m(2, scale=10), A.add(a, 3), a.add(*(4,), **{"scale": 2}))
a.n = 100
print(m(1))
a.extra = lambda x: x + 1
print(a.extra(1))
push = [].append
print(push(1))
up = "abc".upper
print(up(), str.upper("x"), list(map(str.strip, [" a ", "b "])))
A.twice = lambda self: self.n * 2
print(a.twice())

# expect: 6 25 8 13
# expect: 101
# expect: 2
# expect: None
# expect: ABC X ['a', 'b']
# expect: 200
