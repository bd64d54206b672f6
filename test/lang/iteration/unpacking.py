# Unpacking of everything that can be iterated.
a, b = 1, 2
a, b = b, a
print(a, b)
(x, [y, z]), w = (1, (2, 3)), 4
print(x, y, z, w)
h, *m, t = range(6)
print(h, m, t)
*i, last = "abc"
print(i, last)
k, v = {"p": 1, "q": 2}
print(k, v)
def gen(n):
    for i in range(n):
        yield i
p, q = gen(2)
print(p, q)
for pair in ([1], [1, 2, 3], "x", 5):
    try:
        a, b = pair
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
try:
    a, *b, c = [1]
except ValueError as e:
    print(e)
for i, (j, k) in enumerate([(1, 2), (3, 4)]):
    print(i, j, k)

# expect: 2 1
# expect: 1 2 3 4
# expect: 0 [1, 2, 3, 4] 5
# expect: ['a', 'b'] c
# expect: p q
# expect: 0 1
# expect: ValueError not enough values to unpack (expected 2, got 1)
# expect: ValueError too many values to unpack (expected 2)
# expect: ValueError not enough values to unpack (expected 2, got 1)
# expect: TypeError cannot unpack non-iterable int object
# expect: not enough values to unpack (expected at least 2, got 1)
# expect: 0 1 2
# expect: 1 3 4
