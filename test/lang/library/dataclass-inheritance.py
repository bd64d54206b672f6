from dataclasses import dataclass


@dataclass
class Base:
    x: int
    y: int = 1

    def area(self):
        return self.x * self.y


@dataclass
class Derived(Base):
    z: int = 7
    y: int = 2


class Plain(Derived):
    pass


d = Derived(5)
print(d, d.area(), d == Derived(5, 2, 7), d == Base(5, 2), isinstance(d, Base))  # expect: Derived(x=5, y=2, z=7) 10 True False True
print(Plain(1), Base(1), Derived(1, 2, 3))  # expect: Plain(x=1, y=2, z=7) Base(x=1, y=1) Derived(x=1, y=2, z=3)
