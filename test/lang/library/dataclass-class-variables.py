from typing import ClassVar
from dataclasses import dataclass


@dataclass
class Counted:
    name: str
    made: ClassVar[int] = 0
    limit = 10

    def __post_init__(self):
        Counted.made += 1


print(Counted("a"), Counted("b"), Counted.made, Counted.limit)  # expect: Counted(name='a') Counted(name='b') 2 10
