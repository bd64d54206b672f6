from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []

    def push(self, item: T) -> "Stack[T]":
        self.items.append(item)
        return self


class Sized(Protocol):
    def size(self) -> int: ...


class Box(Sized):
    def size(self) -> int:
        return 3


print(Stack().push(1).push("a").items, Box().size())  # expect: [1, 'a'] 3
