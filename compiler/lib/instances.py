# Built-ins on instances that have the method themselves.


@linked("sizes")
def len(self):
    return self.__len__()


@linked("texts", "sizes")
def repr(self):
    return show(self)


@linked("texts")
def str(self, encoding=None, errors=None):
    if has_method(self, "__str__"):
        return self.__str__()
    return show(self)


@linked("texts")
def ascii(self):
    return show(self)


@linked("texts")
def format(self, spec=""):
    if has_method(self, "__format__"):
        return self.__format__(spec)
    return str(self)


@linked("texts")
def print(*values, sep=None, end=None):
    print((" " if sep is None else sep).join([str(value) for value in values]), end="\n" if end is None else end)


def has_method(value, name):
    return not isinstance(value, (list, tuple, dict, set, frozenset)) and hasattr(value, name)


# repr of a container whose items need Python, or of an instance.
def show(value):
    if isinstance(value, list):
        return "[" + ", ".join([show(item) for item in value]) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join([show(item) for item in value]) + (",)" if len(value) == 1 else ")")
    if isinstance(value, dict):
        return "{" + ", ".join([show(key) + ": " + show(value[key]) for key in value]) + "}"
    if isinstance(value, (set, frozenset)):
        return ("frozenset({" if isinstance(value, frozenset) else "{") + ", ".join([show(item) for item in value]) + ("})" if isinstance(value, frozenset) else "}")
    if hasattr(value, "__repr__"):
        return value.__repr__()
    return repr(value)


@linked("numbers")
def abs(self):
    return self.__abs__()


@linked("numbers")
def int(self, base=10):
    return self.__int__()


@linked("numbers")
def float(self):
    return self.__float__()


@linked("compares")
def list_dot_index(self, wanted, start=0, stop=1073741823):
    for i in range(start if start >= 0 else start + len(self), stop if stop < len(self) else len(self)):
        if self[i] == wanted:
            return i
    raise ValueError("the value is not in list")


@linked("compares")
def list_dot_count(self, wanted):
    count = 0
    for item in self:
        if item == wanted:
            count += 1
    return count


@linked("compares")
def list_dot_remove(self, wanted):
    for i in range(len(self)):
        if self[i] == wanted:
            del self[i]
            return
    raise ValueError("list.remove(x): x not in list")


@linked("sizes")
def bool(self=False):
    return True if self else False


@linked("iterates")
def iter(self):
    return self.__iter__()
