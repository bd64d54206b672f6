from dataclasses import KW_ONLY, dataclass, field


@dataclass(kw_only=True)
class All:
    a: int
    b: int = 2


@dataclass
class Some:
    a: int
    _: KW_ONLY
    b: int = 2
    c: int


@dataclass
class One:
    a: int = field(kw_only=True)
    b: int = 0


print(All(a=1), All(b=3, a=4), Some(1, c=3), One(5, a=6))  # expect: All(a=1, b=2) All(a=4, b=3) Some(a=1, b=2, c=3) One(a=6, b=5)
try:
    All(1, 2)
except TypeError:
    print("keywords only")  # expect: keywords only
