from dataclasses import dataclass, field


@dataclass(frozen=True)
class Key:
    a: int
    b: str = field(default="z", hash=False)


@dataclass(unsafe_hash=True)
class Loose:
    a: int


print(hash(Key(1)) == hash(Key(1, "q")), Key(1) == Key(1), hash(Loose(2)) == hash(Loose(2)), Key(3))  # expect: True True True Key(a=3, b='z')
