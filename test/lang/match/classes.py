# Class patterns look at attributes: by name, or by the places that __match_args__ names.
class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Circle(Point):
    __match_args__ = ("x", "y", "radius")

    def __init__(self, x, y, radius):
        super().__init__(x, y)
        self.radius = radius


def look(shape):
    match shape:
        case Circle(0, 0, r):
            return f"circle round the origin, {r}"
        case Circle(radius=r) if r > 10:
            return f"large circle {r}"
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y) | Point(x=y, y=0):
            return f"on an axis, {y}"
        case Point(x, y) as p:
            return f"{p.__class__.__name__} at {x} {y}"
        case object(name=name):
            return name
        case _:
            return "?"


class Named:
    name = "a name"


print(look(Point(0, 0)))  # expect: origin
print(look(Point(0, 5)), look(Point(6, 0)))  # expect: on an axis, 5 on an axis, 6
print(look(Point(1, 2)), look(Circle(1, 2, 3)))  # expect: Point at 1 2 Circle at 1 2
print(look(Circle(0, 0, 3)), look(Circle(1, 1, 30)))  # expect: circle round the origin, 3 large circle 30
print(look(Named()), look(3))  # expect: a name ?
