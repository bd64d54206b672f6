from collections import namedtuple
import json

Point = namedtuple("Point", "x y")
p = Point(1, y=2)
print(p, p.x, p.y, p[0], p[-1], len(p), p == (1, 2), isinstance(p, tuple), bool(p))  # expect: Point(x=1, y=2) 1 2 1 2 2 True True True
x, y = p
print(x, y, p + (3,), list(p), tuple(p), json.dumps(p), hash(p) == hash((1, 2)), {p: "here"}[(1, 2)])  # expect: 1 2 (1, 2, 3) [1, 2] (1, 2) [1, 2] True here
print(p._asdict(), p._replace(x=5), Point._fields, Point._make([7, 8]), Point(*[3, 4]), Point(**{"x": 5, "y": 6}))  # expect: {'x': 1, 'y': 2} Point(x=5, y=2) ('x', 'y') Point(x=7, y=8) Point(x=3, y=4) Point(x=5, y=6)
try:
    p.x = 3
except AttributeError:
    print("it cannot be changed")  # expect: it cannot be changed
try:
    Point(1)
except TypeError as error:
    print(error)  # expect: Point.__new__() missing 1 required positional argument: 'y'
