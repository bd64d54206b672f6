from enum import IntEnum
import enum


class Level(IntEnum):
    LOW = 1
    HIGH = 5


class Old(int, enum.Enum):
    A = 1


print(Level.LOW < Level.HIGH, Level.HIGH + 1, Level.LOW == 1, 10 - Level.HIGH, Level.HIGH * 2, sorted([Level.HIGH, Level.LOW]), max(Level))  # expect: True 6 True 5 10 [<Level.LOW: 1>, <Level.HIGH: 5>] 5
print(Level(5), repr(Level.LOW), f"{Level.LOW}", int(Level.HIGH), bool(Level.LOW), Old.A + 1, Old.A == 1, Old.A)  # expect: 5 <Level.LOW: 1> 1 5 True 2 True Old.A
