# Copies of one level and of all levels.


class Error(Exception):
    pass


def copy(x):
    if hasattr(x, "__copy__"):
        return x.__copy__()
    kind = type(x)
    if kind is list:
        return x[:]
    if kind is dict or kind is set or kind is bytearray:
        return kind(x)
    if isinstance(x, (tuple, frozenset)) or not _fields(x) and not isinstance(x, (list, dict, set)):
        return x
    y = kind(x) if isinstance(x, (list, dict, set)) else _new(kind)
    for name in _fields(x):
        setattr(y, name, getattr(x, name))
    return y


# memo[None] holds pairs of an original and its copy: an object is found by looking, as its id changes when the collector moves it.
def deepcopy(x, memo=None):
    if x is None or isinstance(x, (int, float, str, bytes)):
        return x
    if memo is None:
        memo = {}
    pairs = memo.setdefault(None, [])
    for original, y in pairs:
        if original is x:
            return y
    if hasattr(x, "__deepcopy__"):
        y = x.__deepcopy__(memo)
        pairs.append((x, y))
        return y
    return _tuple(x, pairs, memo) if isinstance(x, tuple) else _rebuild(x, pairs, memo)


# A tuple is copied when one of its items is; it may hold itself by way of one.
def _tuple(x, pairs, memo):
    items = [deepcopy(item, memo) for item in x]
    for original, y in pairs:
        if original is x:
            return y
    for item, original in zip(items, x):
        if item is not original:
            y = tuple(items) if type(x) is tuple else type(x)(*items)
            pairs.append((x, y))
            return y
    return x


def _rebuild(x, pairs, memo):
    kind = type(x)
    if isinstance(x, (list, dict, set, bytearray)):
        y = kind()
    elif _fields(x):
        y = _new(kind)
    else:
        return x
    pairs.append((x, y))
    if isinstance(x, dict):
        for key in x:
            y[deepcopy(key, memo)] = deepcopy(x[key], memo)
    elif isinstance(x, list):
        for item in x:
            y.append(deepcopy(item, memo))
    elif isinstance(x, set):
        y.update(x)
    elif isinstance(x, bytearray):
        y += x
    for name in _fields(x):
        setattr(y, name, deepcopy(getattr(x, name), memo))
    return y
