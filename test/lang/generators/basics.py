# Generators keep their registers between items.
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
    return "done"

g = count(2)
print(next(g), next(g))
try:
    next(g)
except StopIteration as e:
    print("value", e.value)
print(next(g, "over"))
print(list(count(5)), sum(count(5)), [x for x in count(3)], sorted(count(3), reverse=True))

def pairs(a, b):
    for x in a:
        for y in b:
            yield x, y

print(list(pairs("ab", range(2))))

def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b

f = fib()
print([next(f) for _ in range(10)])
print(sum(x * x for x in range(10)), list(x for x in count(4) if x % 2))

def chain(*its):
    for it in its:
        for x in it:
            yield x

print(list(chain([1], (2, 3), count(2), "z")))
print(dict((k, v) for k, v in [("a", 1), ("b", 2)]), set(x % 3 for x in range(9)), ",".join(str(x) for x in range(4)))
print(any(x > 2 for x in range(5)), all(x > 2 for x in range(5)), max(x for x in (3, 8, 1)), min((x for x in ()), default="none"))
print(3 in count(5), 9 in count(5), list(zip(count(3), "abc")), list(enumerate(count(2), 5)), list(map(lambda x: x + 1, count(3))))

# expect: 0 1
# expect: value done
# expect: over
# expect: [0, 1, 2, 3, 4] 10 [0, 1, 2] [2, 1, 0]
# expect: [('a', 0), ('a', 1), ('b', 0), ('b', 1)]
# expect: [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]
# expect: 285 [1, 3]
# expect: [1, 2, 3, 0, 1, 'z']
# expect: {'a': 1, 'b': 2} {0, 1, 2} 0,1,2,3
# expect: True False 8 none
# expect: True False [(0, 'a'), (1, 'b'), (2, 'c')] [(5, 0), (6, 1)] [1, 2, 3]
