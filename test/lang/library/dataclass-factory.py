from dataclasses import dataclass, field


@dataclass
class Box:
    items: list = field(default_factory=list)
    names: dict = field(default_factory=lambda: {"a": 1})
    size: int = field(default=3)
    total: int = field(init=False, default=0)


a, b = Box(), Box()
a.items.append(1)
a.names["b"] = 2
print(a, b)  # expect: Box(items=[1], names={'a': 1, 'b': 2}, size=3, total=0) Box(items=[], names={'a': 1}, size=3, total=0)
print(Box([5]), a.items is b.items, Box.size, hasattr(Box, "items"))  # expect: Box(items=[5], names={'a': 1}, size=3, total=0) False 3 False
