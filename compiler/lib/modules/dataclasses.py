# The decorator itself is the compiler's (compiler/dataclasses.ts).

MISSING = ...
KW_ONLY = InitVar = None


class FrozenInstanceError(AttributeError):
    pass


def dataclass(cls=None, **options):
    raise TypeError("dataclass can only be used as the decorator of a class")


def field(**options):
    raise TypeError("field can only be used in the body of a dataclass")


class Field:
    def __init__(self, name, default):
        self.name = name
        self.default = default


def is_dataclass(obj):
    return hasattr(obj, "__dataclass_fields__")


def fields(class_or_instance):
    if not hasattr(class_or_instance, "__dataclass_fields__"):
        raise TypeError("must be called with a dataclass type or instance")
    cls = class_or_instance if isinstance(class_or_instance, type) else type(class_or_instance)
    return tuple([Field(name, getattr(cls, name, MISSING)) for name in cls.__dataclass_fields__])


def asdict(obj, *, dict_factory=dict):
    if not hasattr(obj, "__dataclass_fields__") or isinstance(obj, type):
        raise TypeError("asdict() should be called on dataclass instances")
    return _convert(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    if not hasattr(obj, "__dataclass_fields__") or isinstance(obj, type):
        raise TypeError("astuple() should be called on dataclass instances")
    return _values(obj, tuple_factory)


def _convert(value, factory):
    if isinstance(value, (list, tuple)):
        return type(value)([_convert(item, factory) for item in value])
    if isinstance(value, dict):
        return {_convert(key, factory): _convert(item, factory) for key, item in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return factory([(name, _convert(getattr(value, name), factory)) for name in value.__dataclass_fields__])
    return value


def _values(value, factory):
    if isinstance(value, (list, tuple)):
        return type(value)([_values(item, factory) for item in value])
    if isinstance(value, dict):
        return {_values(key, factory): _values(item, factory) for key, item in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return factory([_values(getattr(value, name), factory) for name in value.__dataclass_fields__])
    return value


def replace(obj, /, **changes):
    for name in getattr(obj, "__dataclass_init__", obj.__dataclass_fields__):
        if name not in changes:
            changes[name] = getattr(obj, name)
    return type(obj)(**changes)
