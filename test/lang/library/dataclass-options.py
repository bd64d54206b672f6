import dataclasses


@dataclasses.dataclass(repr=False)
class Quiet:
    x: int


@dataclasses.dataclass(eq=False)
class Same:
    x: int


@dataclasses.dataclass
class Secret:
    name: str
    key: str = dataclasses.field(repr=False, compare=False, default="k")


print("Quiet object" in repr(Quiet(1)), Quiet(1) == Quiet(1))  # expect: True True
print(Same(1) == Same(1), Same(1))  # expect: False Same(x=1)
print(Secret("a", "b"), Secret("a", "b") == Secret("a", "c"), Secret("a").key)  # expect: Secret(name='a') True k
