# Classes: bodies in order, attributes, methods, inheritance, super, operators.
class Empty:
    pass


class Point:
    "A point."
    dimensions = 2
    scale = dimensions * 10
    origin = None

    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    def __lt__(self, other):
        return self.x < other.x

    def __iadd__(self, n):
        self.x += n
        return self

    def __getitem__(self, i):
        return (self.x, self.y)[i]

    def __len__(self):
        return 2

    def __call__(self, k):
        return self.x * k

    def __neg__(self):
        return Point(-self.x, -self.y)

    def moved(self, dx=0, *, dy=0):
        return Point(self.x + dx, self.y + dy)

    alias = moved


p = Point(1, 2)
print(p, p + Point(3, 4), p == Point(1, 2), p != Point(1, 2), p < Point(5), p[0], p[-1], len(p), p(7), -p)
# expect: Point(1, 2) Point(4, 6) True False True 1 2 2 7 Point(-1, -2)
print(p.moved(1), p.moved(dy=5), p.alias(2, dy=3), Point.moved(p, 10), Point.dimensions, p.scale, p.origin)
# expect: Point(2, 2) Point(1, 7) Point(3, 5) Point(11, 2) 2 20 None
p += 5
print(p, p.x)  # expect: Point(6, 2) 6
p.x, p.y = 8, 9
p.extra = "more"
print(p, p.extra, p.dimensions)  # expect: Point(8, 9) more 2
Point.dimensions = 3
p.dimensions = 4
print(Point.dimensions, p.dimensions, Point(0).dimensions)  # expect: 3 4 3
del p.dimensions
print(p.dimensions)  # expect: 3
method = p.moved
print(method(1))  # expect: Point(9, 9)


class Base:
    kind = "base"

    def __init__(self, name):
        self.name = name
        self.calls = 0

    def hello(self):
        self.calls += 1
        return "hello from " + self.describe()

    def describe(self):
        return f"{self.kind} {self.name}"


class Middle(Base):
    kind = "middle"

    def __init__(self, name, extra):
        super().__init__(name)
        self.extra = extra

    def describe(self):
        return super().describe() + "/" + self.extra


class Leaf(Middle):
    def __init__(self):
        super(Leaf, self).__init__("leaf", extra="e")

    def describe(self):
        return "<" + super().describe() + ">"


leaf = Leaf()
print(leaf.hello(), leaf.calls, leaf.kind, isinstance(leaf, Base), isinstance(leaf, Point), issubclass(Leaf, Middle))
# expect: hello from <middle leaf/e> 1 middle True False True
print(Base("b").hello(), Middle("m", "x").hello())  # expect: hello from base b hello from middle m/x


class Left:
    def who(self):
        return "left"

    def both(self):
        return "L"


class Right:
    def who(self):
        return "right"

    def both(self):
        return "R"


class Mixed(Left, Right):
    def who(self):
        return super().who() + "+" + Right.who(self)


print(Mixed().who(), Mixed().both())  # expect: left+right L
outer = "global"


class Scoped:
    outer = outer + " copied"
    names = [n for n in ("a", "b")]
    count = 0
    for n in range(3):
        count += n
    if count > 2:
        big = True
    else:
        big = False

    def get(self):
        return outer

    def __private(self):
        return "private"

    def call(self):
        return self.__private()


print(Scoped.outer, Scoped.names, Scoped.count, Scoped.big, Scoped().get(), Scoped().call(), Scoped()._Scoped__private())
# expect: global copied ['a', 'b'] 3 True global private private


def make(base, value):
    class Made(base):
        attribute = value

        def get(self):
            return value, self.attribute

        def kind(self):
            return __class__ is Made

    return Made


A = make(Empty, 1)
B = make(A, 2)
print(A().get(), B().get(), A().kind(), B().kind(), A.__name__, type(A()) is A)  # expect: (1, 1) (2, 2) True True Made True


class Counter:
    total = 0

    def __init__(self):
        Counter.total += 1
        self.__class__.total += 10


Counter()
Counter()
print(Counter.total)  # expect: 22


def decorate(cls):
    cls.tag = "decorated"
    return cls


@decorate
class Tagged:
    class Inner:
        value = 5

    def inner(self):
        return self.Inner.value


print(Tagged.tag, Tagged().inner(), Tagged.Inner.value)  # expect: decorated 5 5
try:
    leaf.missing
except AttributeError as error:
    print(error)  # expect: 'Leaf' object has no attribute 'missing'
try:
    Point()
except TypeError as error:
    print(error)  # expect: Point.__init__() missing 1 required positional argument: 'x'


class Seq:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        for item in self.items:
            yield item

    def __contains__(self, item):
        return item in self.items

    def __bool__(self):
        return False

    def __setitem__(self, i, value):
        self.items[i] = value

    def __delitem__(self, i):
        del self.items[i]


s = Seq([1, 2, 3])
s[0] = 10
del s[1]
print([x for x in s], 10 in s, 4 in s, "true" if s else "false", not s)  # expect: [10, 3] True False false True
