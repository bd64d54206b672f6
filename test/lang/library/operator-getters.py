from operator import attrgetter, itemgetter, methodcaller

rows = [("b", 2), ("a", 3), ("c", 1)]
print(sorted(rows, key=itemgetter(0)), max(rows, key=itemgetter(1)))  # expect: [('a', 3), ('b', 2), ('c', 1)] ('a', 3)
print(itemgetter(2, 0)("abc"), itemgetter("x")({"x": 1}))  # expect: ('c', 'a') 1
print(list(map(itemgetter(1), rows)))  # expect: [2, 3, 1]
print(methodcaller("upper")("abc"), methodcaller("split", ",", maxsplit=1)("a,b,c"))  # expect: ABC ['a', 'b,c']


class Point:
    def __init__(self, x, inner=None):
        self.x = x
        self.inner = inner


point = Point(1, Point(2))
print(attrgetter("x")(point), attrgetter("inner.x")(point), attrgetter("x", "inner.x")(point))  # expect: 1 2 (1, 2)
