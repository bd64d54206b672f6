from collections import namedtuple
from typing import NamedTuple


class Reading(NamedTuple):
    sensor: str
    value: float = 0.5

    def doubled(self):
        return self.value * 2


class Pair(namedtuple("Pair", "a b")):
    def total(self):
        return self.a + self.b

    def __str__(self):
        return f"{self.a}/{self.b}"


print(Reading("t"), Reading("t", 2).doubled(), Reading("u") == ("u", 0.5), Reading._fields)  # expect: Reading(sensor='t', value=0.5) 4 True ('sensor', 'value')
print(Pair(1, 2).total(), str(Pair(1, 2)), Pair(1, 2), Pair(3, 4)._replace(b=0), type(Pair(1, 1)).__name__)  # expect: 3 1/2 1/2 3/0 Pair


def local():
    Inner = namedtuple("Inner", "v")
    return Inner(5)


print(local().v, local())  # expect: 5 Inner(v=5)
