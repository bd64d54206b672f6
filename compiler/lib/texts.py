# str.format and % with fields that instances fill.


@linked("texts")
def str_dot_format(self, *values, **names):
    return fill(self, values, names, iter(range(len(values))))


def fill(text, values, names, numbers):
    parts = []
    at = 0
    while at < len(text):
        char = text[at]
        at += 1
        if char not in "{}" or text[at:at + 1] == char:
            parts.append(char)
            at += char in "{}"
            continue
        start = at
        depth = 1
        while depth:
            depth += (text[at] == "{") - (text[at] == "}")
            at += 1
        name, _, spec = text[start:at - 1].partition(":")
        name, _, conversion = name.partition("!")
        value = named(name, values, names, numbers)
        if conversion:
            value = str(value) if conversion == "s" else repr(value)
        parts.append(format(value, fill(spec, values, names, numbers)))
    return "".join(parts)


# What `0`, `name`, `name.attribute` or `name[key]` stands for; nothing: the next of the values.
def named(path, values, names, numbers):
    first, *steps = path.replace("[", ".[").split(".")
    value = values[int(first) if first else next(numbers)] if not first or first.isdigit() else names[first]
    for step in steps:
        key = step[1:-1]
        value = getattr(value, step) if step[:1] != "[" else value[int(key) if key.isdigit() else key]
    return value


# text % values
@linked("texts", "numbers", opcodes="mod")
def _percent(text, values):
    rest = iter(values if isinstance(values, tuple) else (values,))
    parts = []
    at = 0
    while at < len(text):
        start = at
        at += 1
        if text[start] != "%":
            parts.append(text[start])
            continue
        item = ...
        if text[at] == "(":
            start = text.find(")", at)
            item = values[text[at + 1:start]]
            at = start + 1
        stars = []
        while text[at] in "#0- +.123456789*hlL":
            if text[at] == "*":
                stars.append(next(rest))
            at += 1
        kind = text[at]
        flags = text[start + 1:at]
        at += 1
        if kind == "%":
            parts.append(kind)
            continue
        if item is ...:
            item = next(rest, ...)
            if item is ...:
                raise TypeError("not enough arguments for format string")
        if kind in "sra":
            item = str(item) if kind == "s" else repr(item)
            kind = "s"
        elif has_method(item, "__float__") and kind in "eEfFgG":
            item = float(item)
        elif has_method(item, "__int__") or has_method(item, "__index__"):
            item = int(item)
        parts.append(("%" + flags + kind) % (*stars, item))
    if isinstance(values, tuple):
        for _ in rest:
            raise TypeError("not all arguments converted during string formatting")
    return "".join(parts)


def has_method(value, name):
    return not isinstance(value, (list, tuple, dict, set, frozenset)) and hasattr(value, name)
