# Enumerations. The compiler lists the members of a class and calls its `_complete_`, which makes them.


# What calls, items and iteration of the classes do.
class _EnumType:
    def __call__(cls, value):
        return cls._find_(value)

    def _find_(cls, value):
        for member in cls.__members__.values():
            if member is value or member.value == value:
                return member
        member = cls._missing_(value)
        if member is None:
            raise ValueError(f"{value!r} is not a valid {cls.__name__}")
        return member

    def __iter__(cls):
        return iter([member for name, member in cls.__members__.items() if member.name == name])

    def __reversed__(cls):
        return reversed([member for name, member in cls.__members__.items() if member.name == name])

    def __len__(cls):
        return len([name for name, member in cls.__members__.items() if member.name == name])

    def __getitem__(cls, name):
        return cls.__members__[name]

    def __contains__(cls, value):
        for member in cls.__members__.values():
            if member is value or member.value == value:
                return True
        return False

    def __repr__(cls):
        return f"<enum '{cls.__name__}'>"


def _enum(cls):
    return _metaclass(cls, _EnumType)


class auto:
    pass


@_enum
class Enum:
    __members__ = {}

    def _complete_(cls):
        members = {}
        for name in cls._member_names_:
            value = getattr(cls, name)
            if isinstance(value, auto):
                value = cls._generate_next_value_(name, 1, len(members), [member.value for member in members.values()])
            for member in members.values():
                if member.value == value:
                    break
            else:
                member = _new(cls)
                member.name = name
                member.value = value
                if isinstance(value, tuple):
                    member.__init__(*value)
                else:
                    member.__init__(value)
            members[name] = member
            setattr(cls, name, member)
        cls.__members__ = members
        return cls

    def __init__(self, *args):
        pass

    def _generate_next_value_(name, start, count, last_values):
        return max(last_values) + 1 if last_values else start

    def _missing_(value):
        return None

    def __repr__(self):
        return f"<{self.__class__.__name__}.{self.name}: {self.value!r}>"

    def __str__(self):
        return self.__class__.__name__ + "." + self.name

    def __format__(self, spec):
        return format(str(self), spec)


# Compares and counts as its value does; it is no int (or str) itself.
class _Like(Enum):
    def __eq__(self, other):
        return self.value == _plain(other)

    def __hash__(self):
        return hash(self.value)

    def __lt__(self, other):
        return self.value < _plain(other)

    def __le__(self, other):
        return self.value <= _plain(other)

    def __gt__(self, other):
        return self.value > _plain(other)

    def __ge__(self, other):
        return self.value >= _plain(other)

    def __add__(self, other):
        return self.value + _plain(other)

    def __radd__(self, other):
        return other + self.value

    def __mul__(self, other):
        return self.value * _plain(other)

    def __rmul__(self, other):
        return other * self.value

    def __mod__(self, other):
        return self.value % _plain(other)

    def __str__(self):
        return str(self.value)

    def __format__(self, spec):
        return format(self.value, spec)


def _plain(value):
    return value.value if isinstance(value, Enum) else value


class IntEnum(_Like):
    def __index__(self):
        return self.value

    def __int__(self):
        return self.value

    def __float__(self):
        return float(self.value)

    def __bool__(self):
        return self.value != 0

    def __sub__(self, other):
        return self.value - _plain(other)

    def __rsub__(self, other):
        return other - self.value

    def __truediv__(self, other):
        return self.value / _plain(other)

    def __rtruediv__(self, other):
        return other / self.value

    def __floordiv__(self, other):
        return self.value // _plain(other)

    def __rfloordiv__(self, other):
        return other // self.value

    def __pow__(self, other):
        return self.value ** _plain(other)

    def __and__(self, other):
        return self.value & _plain(other)

    def __or__(self, other):
        return self.value | _plain(other)

    def __xor__(self, other):
        return self.value ^ _plain(other)

    def __lshift__(self, other):
        return self.value << _plain(other)

    def __rlshift__(self, other):
        return other << self.value

    def __rshift__(self, other):
        return self.value >> _plain(other)

    def __neg__(self):
        return -self.value


class StrEnum(_Like):
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __len__(self):
        return len(self.value)

    def __contains__(self, text):
        return text in self.value

    def __getitem__(self, i):
        return self.value[i]

    def upper(self):
        return self.value.upper()

    def lower(self):
        return self.value.lower()

    def startswith(self, prefix):
        return self.value.startswith(prefix)

    def endswith(self, suffix):
        return self.value.endswith(suffix)

    def encode(self, encoding="utf-8"):
        return self.value.encode(encoding)


# `class Color(str, Enum)` and `class Level(int, Enum)`.
@_enum
class Enum_dot_str(_Like):
    def __str__(self):
        return self.__class__.__name__ + "." + self.name


@_enum
class Enum_dot_int(IntEnum):
    def __str__(self):
        return self.__class__.__name__ + "." + self.name


class _FlagType(_EnumType):
    def _find_(cls, value):
        for member in cls.__members__.values():
            if member is value or member.value == value:
                return member
        for member in cls._combined_:
            if member.value == value:
                return member
        every = _all(cls)
        if value < 0:
            value = value & every
        if value & ~every:
            raise ValueError(f"{value!r} is not a valid {cls.__name__}")
        member = _new(cls)
        names = [part.name for part in cls if part.value & value]
        member.name = "|".join(names) if names else None
        member.value = value
        cls._combined_.append(member)
        return member

    # Members of several bits are names for combinations.
    def __iter__(cls):
        return iter([member for name, member in cls.__members__.items() if member.name == name and _single(member.value)])

    def __len__(cls):
        return len(list(cls))


def _all(cls):
    every = 0
    for member in cls.__members__.values():
        every |= member.value
    return every


def _single(value):
    return value > 0 and value & (value - 1) == 0


def _flag(cls):
    return _metaclass(cls, _FlagType)


@_flag
class Flag(Enum):
    def _complete_(cls):
        cls._combined_ = []
        return Enum._complete_(cls)

    def _generate_next_value_(name, start, count, last_values):
        return 1 << max(last_values).bit_length() if last_values else start

    def __or__(self, other):
        return self.__class__(self.value | _plain(other))

    def __and__(self, other):
        return self.__class__(self.value & _plain(other))

    def __xor__(self, other):
        return self.__class__(self.value ^ _plain(other))

    def __invert__(self):
        return self.__class__(_all(self.__class__) & ~self.value)

    def __contains__(self, other):
        return other.value & self.value == other.value

    def __bool__(self):
        return self.value != 0

    def __iter__(self):
        return iter([member for member in self.__class__ if member.value & self.value])

    def __len__(self):
        return len(list(self))

    def __repr__(self):
        name = self.__class__.__name__
        return f"<{name}: {self.value!r}>" if self.name is None else f"<{name}.{self.name}: {self.value!r}>"

    def __str__(self):
        name = self.__class__.__name__
        return f"{name}({self.value})" if self.name is None else name + "." + self.name


class IntFlag(Flag):
    def __index__(self):
        return self.value

    def __int__(self):
        return self.value

    def __eq__(self, other):
        return self.value == _plain(other)

    def __hash__(self):
        return hash(self.value)

    def __ror__(self, other):
        return self.__class__(self.value | other)

    def __rand__(self, other):
        return self.__class__(self.value & other)

    def __str__(self):
        return str(self.value)


def unique(enumeration):
    aliases = [f"{name} -> {member.name}" for name, member in enumeration.__members__.items() if member.name != name]
    if aliases:
        raise ValueError(f"duplicate values found in {enumeration!r}: " + ", ".join(aliases))
    return enumeration
