# Classes that are completed when they are made may stand in any block.
from dataclasses import dataclass
from collections import namedtuple

try:
    @dataclass
    class Point:
        x: int
        y: int = 3
    print(Point(1))
    raise ValueError
except ValueError:
    Pair = namedtuple("Pair", "a b")
    class Words(list):
        pass
    print(Pair(1, 2), Words("ab"))
finally:
    @dataclass
    class Last:
        z: str
    print(Last("z") == Last("z"))

class Manager:
    def __enter__(self):
        return 5
    def __exit__(self, *details):
        return False

with Manager() as n:
    @dataclass
    class Inner:
        n: int
    print(Inner(n))
match n:
    case 5:
        @dataclass
        class Matched:
            n: int
        print(Matched(n))
# expect: Point(x=1, y=3)
# expect: Pair(a=1, b=2) ['a', 'b']
# expect: True
# expect: Inner(n=5)
# expect: Matched(n=5)
