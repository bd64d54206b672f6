from enum import Enum, StrEnum, auto


class Shape(Enum):
    SQUARE = auto()
    CIRCLE = auto()
    OTHER = 10
    LAST = auto()


class Mode(StrEnum):
    FAST = auto()
    SLOW = "slowly"


class Named(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name.title()

    NORTH = auto()


print([s.value for s in Shape], [m.value for m in Mode], Mode.FAST == "fast", str(Mode.SLOW), f"{Mode.FAST:>6}", Named.NORTH.value)  # expect: [1, 2, 10, 11] ['fast', 'slowly'] True slowly   fast North
