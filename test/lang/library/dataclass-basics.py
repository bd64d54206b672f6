from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: float = 0.5

    def shifted(self, dx):
        return Point(self.x + dx, self.y)


p = Point(1)
print(p, p.x, p.y, p.shifted(2), Point(y=3, x=4))  # expect: Point(x=1, y=0.5) 1 0.5 Point(x=3, y=0.5) Point(x=4, y=3)
print(p == Point(1, 0.5), p == Point(2), p != Point(2), p == (1, 0.5), Point.y)  # expect: True False True False 0.5
p.x = 9
print(p, [Point(1), Point(2)])  # expect: Point(x=9, y=0.5) [Point(x=1, y=0.5), Point(x=2, y=0.5)]
try:
    Point()
except TypeError as error:
    print(error)  # expect: Point.__init__() missing 1 required positional argument: 'x'
