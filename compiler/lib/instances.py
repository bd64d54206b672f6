# Built-ins on instances that have the method themselves.


@linked("sizes")
def len(self):
    return self.__len__()


@linked("texts")
def repr(self):
    return show(self, [])


@linked("texts")
def str(self, encoding=None, errors=None):
    if has_method(self, "__str__"):
        return self.__str__()
    return show(self, [])


@linked("texts")
def BaseException_dot___str__(self):
    if len(self.args) == 1:
        return repr(self.args[0]) if isinstance(self, KeyError) else str(self.args[0])
    return show(self.args, [])


@linked("texts")
def ascii(self):
    return show(self, [])


@linked("texts")
def format(self, spec=""):
    if has_method(self, "__format__"):
        return self.__format__(spec)
    return str(self)


@linked("texts")
def print(*values, sep=None, end=None):
    print((" " if sep is None else sep).join([str(value) for value in values]), end="\n" if end is None else end)


def has_method(value, name):
    return type(value) not in (list, tuple, dict, set, frozenset) and hasattr(value, name)


# repr of a container whose items need Python, or of an instance; `outer` are the containers it lies in.
def show(value, outer):
    if has_method(value, "__repr__"):
        return value.__repr__()
    if isinstance(value, (list, tuple, dict, set, frozenset)) and value:
        for container in outer:
            if container is value:
                return "[...]" if isinstance(value, list) else "(...)" if isinstance(value, tuple) else "{...}"
        outer = [*outer, value]
        if isinstance(value, dict):
            return "{" + ", ".join([show(key, outer) + ": " + show(value[key], outer) for key in value]) + "}"
        items = ", ".join([show(item, outer) for item in value])
        if isinstance(value, list):
            return "[" + items + "]"
        if isinstance(value, tuple):
            return "(" + items + (",)" if len(value) == 1 else ")")
        return "frozenset({" + items + "})" if isinstance(value, frozenset) else "{" + items + "}"
    name = type(value).__name__
    if isinstance(value, BaseException):
        return name + ("(" + show(value.args[0], outer) + ")" if len(value.args) == 1 else show(value.args, outer))
    if name[:5] == "dict_":
        return name + "(" + show(list(value), outer) + ")"
    return repr(value)


@linked("numbers")
def abs(self):
    return self.__abs__()


@linked("numbers")
def int(self, base=10):
    return self.__int__() if hasattr(self, "__int__") else self.__index__()


@linked("numbers")
def float(self):
    return self.__float__() if hasattr(self, "__float__") else float(self.__index__())


@linked("numbers")
def bin(self):
    return bin(self.__index__())


@linked("numbers")
def oct(self):
    return oct(self.__index__())


@linked("numbers")
def hex(self):
    return hex(self.__index__())


@linked("numbers")
def round(number, ndigits=None):
    if not hasattr(number, "__round__"):
        raise TypeError(f"type {type(number).__name__} doesn't define __round__ method")
    return number.__round__() if ndigits is None else number.__round__(ndigits)


@linked("numbers")
def pow(base, exp, mod=None):
    return base ** exp


@linked("numbers")
def divmod(left, right):
    result = left.__divmod__(right) if hasattr(left, "__divmod__") else NotImplemented
    if result is NotImplemented and hasattr(right, "__rdivmod__"):
        result = right.__rdivmod__(left)
    if result is NotImplemented:
        raise TypeError(f"unsupported operand type(s) for divmod(): '{type(left).__name__}' and '{type(right).__name__}'")
    return result


@linked("hashes")
def hash(self):
    return self.__hash__()


@linked("sizes")
def bool(self=False):
    return True if self else False


# Goes through an instance that has __getitem__ but no __iter__.
@linked("indexes", opcodes="iter")
def iter(sequence):
    i = 0
    while True:
        try:
            item = sequence[i]
        except IndexError:
            return
        yield item
        i += 1


# What an instance that is a container is filled with.
@linked("derives")
def object_dot___init__(self, *args, **kwargs):
    if isinstance(self, list):
        self.extend(*args)
    else:
        self.update(*args, **kwargs)
