# What patterns of `match` need.


def is_sequence(subject):
    return isinstance(subject, (list, tuple, range))


def positional(subject, type, count):
    if type in (bool, bytearray, bytes, dict, float, frozenset, int, list, set, str, tuple):
        names = None
        most = 1
    else:
        names = getattr(type, "__match_args__", ())
        if not isinstance(names, tuple):
            raise TypeError(f"{type.__name__}.__match_args__ must be a tuple (got {names.__class__.__name__})")
        most = len(names)
    if count > most:
        raise TypeError(f"{type.__name__}() accepts {most} positional sub-pattern{'' if most == 1 else 's'} ({count} given)")
    if names is None:
        return [subject]
    try:
        return [getattr(subject, names[i]) for i in range(count)]
    except AttributeError:
        return None


def without(subject, keys):
    rest = dict(subject)
    for key in keys:
        del rest[key]
    return rest
