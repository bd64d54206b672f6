# Comprehensions, generator expressions, generators.
print([x * x for x in range(5)], {x % 3 for x in range(5)} == {0, 1, 2}, {x: x * 2 for x in "ab"})
# expect: [0, 1, 4, 9, 16] True {'a': 'aa', 'b': 'bb'}
print([x for x in range(10) if x % 2 if x > 3], [(x, y) for x in range(3) for y in range(x)])  # expect: [5, 7, 9] [(1, 0), (2, 0), (2, 1)]
print([[y for y in range(x)] for x in range(3)], [x for row in [[1, 2], [3]] for x in row])  # expect: [[], [0], [0, 1]] [1, 2, 3]
x = "outer"
print([x for x in range(2)], x)  # expect: [0, 1] outer
print(list(x * 2 for x in [1, 2]), sum(i for i in range(5)), max((len(w) for w in ["a", "bbb"])), ",".join(str(i) for i in range(3)))
# expect: [2, 4] 10 3 0,1,2
print({k: v for k, v in zip("ab", (1, 2))}, [a + b for a, b in [(1, 2), (3, 4)]], [first for first, *_ in ["abc", "de"]])
# expect: {'a': 1, 'b': 2} [3, 7] ['a', 'd']


def scope():
    n = 10
    values = [n + i for i in range(3)]
    lazy = (n * i for i in range(3))
    n = 100
    functions = [lambda: i + n for i in range(3)]
    return values, list(lazy), [f() for f in functions], n


print(scope())  # expect: ([10, 11, 12], [0, 100, 200], [102, 102, 102], 100)


def evens(limit):
    n = 0
    while n < limit:
        yield n
        n += 2


print(list(evens(7)), [n for n in evens(5)], sum(evens(10)))  # expect: [0, 2, 4, 6] [0, 2, 4] 20
generator = evens(4)
print(next(generator), next(generator), next(generator, "end"), list(generator))  # expect: 0 2 end []


def walk(tree):
    if isinstance(tree, list):
        for branch in tree:
            yield from walk(branch)
    else:
        yield tree


print(list(walk([1, [2, [3, 4]], [], 5])))  # expect: [1, 2, 3, 4, 5]


def received():
    got = yield 1
    yield got


print(list(received()))  # expect: [1, None]


def pairs(items):
    for i, a in enumerate(items):
        for b in items[i + 1:]:
            yield a, b


print(list(pairs("abc")), dict(pairs("ab")))  # expect: [('a', 'b'), ('a', 'c'), ('b', 'c')] {'a': 'b'}


def infinite():
    n = 0
    while True:
        yield n
        n += 1


out = []
for n in infinite():
    if n > 5:
        break
    if n % 2:
        continue
    out.append(n)
print(out)  # expect: [0, 2, 4]
first, *rest = (c for c in "xyz")
print(first, rest, [*evens(3), *"ab"], (*evens(3),), {*evens(3)} == {0, 2})  # expect: x ['y', 'z'] [0, 2, 'a', 'b'] (0, 2) True


def stops():
    yield 1
    return 5


try:
    g = stops()
    next(g)
    next(g)
except StopIteration as stop:
    print("stopped", stop.value)  # expect: stopped 5
print(any(n > 3 for n in evens(10)), all(n > 3 for n in evens(10)), sorted((-n for n in evens(6))), 4 in evens(9))
# expect: True False [-4, -2, 0] True
print([i for i in range(3) if (lambda k: k > i)(1)], [(lambda: i)() for i in range(3)])  # expect: [0] [0, 1, 2]
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], [list(column) for column in zip(*matrix)])
# expect: [[1, 4], [2, 5], [3, 6]] [[1, 4], [2, 5], [3, 6]]
gen = (i for i in range(3))
print(tuple(gen), tuple(gen))  # expect: (0, 1, 2) ()


def closed():
    try:
        yield 1
    finally:
        print("closed")


g = closed()
next(g)
g.close()  # expect: closed
