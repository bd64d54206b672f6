# Built-ins that go through an iterable which needs Python: a generator, or an instance with __iter__.


@linked("iterates", opcodes="extend update unpack unpackx setslice add")
def list(iterable=()):
    items = []
    for item in iterable:
        items.append(item)
    return items


@linked("iterates")
def tuple(iterable=()):
    return (*[item for item in iterable],)


@linked("iterates")
def set(iterable=()):
    return {item for item in iterable}


@linked("iterates")
def frozenset(iterable=()):
    return frozenset([item for item in iterable])


@linked("iterates")
def dict(iterable=(), **keywords):
    pairs = {}
    for key, item in pairs_of(iterable):
        pairs[key] = item
    pairs.update(keywords)
    return pairs


# Of a mapping, or an iterable of pairs.
def pairs_of(iterable):
    return [(key, iterable[key]) for key in iterable.keys()] if hasattr(iterable, "keys") else iterable


@linked("iterates")
def bytes(source=b"", encoding=None, errors=None):
    return bytes([item for item in source])


@linked("iterates")
def bytearray(source=b"", encoding=None, errors=None):
    return bytearray([item for item in source])


@linked("iterates")
def list_dot_extend(self, iterable):
    for item in iterable:
        self.append(item)


@linked("iterates")
def bytearray_dot_extend(self, iterable):
    for item in iterable:
        self.append(item)


@linked("iterates")
def set_dot_update(self, *others):
    for other in others:
        for item in other:
            self.add(item)


@linked("iterates")
def set_dot_union(self, *others):
    return self.union(*[[item for item in other] for other in others])


@linked("iterates")
def set_dot_intersection(self, *others):
    return self.intersection(*[[item for item in other] for other in others])


@linked("iterates")
def set_dot_difference(self, *others):
    return self.difference(*[[item for item in other] for other in others])


@linked("iterates")
def set_dot_intersection_update(self, *others):
    return self.intersection_update(*[[item for item in other] for other in others])


@linked("iterates")
def set_dot_difference_update(self, *others):
    return self.difference_update(*[[item for item in other] for other in others])


@linked("iterates")
def set_dot_symmetric_difference(self, other):
    return self.symmetric_difference([item for item in other])


@linked("iterates")
def set_dot_issubset(self, other):
    return self.issubset([item for item in other])


@linked("iterates")
def set_dot_issuperset(self, other):
    return self.issuperset([item for item in other])


@linked("iterates")
def set_dot_isdisjoint(self, other):
    return self.isdisjoint([item for item in other])


@linked("iterates")
def dict_dot_update(self, iterable=(), **keywords):
    for key, item in pairs_of(iterable):
        self[key] = item
    for key in keywords:
        self[key] = keywords[key]


@linked("iterates")
def dict_dot_fromkeys(iterable, value=None):
    pairs = {}
    for key in iterable:
        pairs[key] = value
    return pairs


@linked("iterates")
def str_dot_join(self, iterable):
    return self.join([item for item in iterable])


@linked("iterates")
def bytes_dot_join(self, iterable):
    return self.join([item for item in iterable])


@linked("iterates", "sizes")
def any(iterable):
    for item in iterable:
        if item:
            return True
    return False


@linked("iterates", "sizes")
def all(iterable):
    for item in iterable:
        if not item:
            return False
    return True


@linked("iterates", "numbers")
def sum(iterable, start=0):
    total = start
    for item in iterable:
        total = total + item
    return total


@linked("iterates")
def zip(*iterables, strict=False):
    iterators = [iter(iterable) for iterable in iterables]
    while iterators:
        row = []
        for iterator in iterators:
            try:
                row.append(next(iterator))
            except StopIteration:
                if not strict:
                    return
                if row:
                    raise ValueError(f"zip() argument {len(row) + 1} is shorter than argument{'s 1-' if len(row) > 1 else ' '}{len(row)}")
                number = 1
                for rest in iterators[1:]:
                    number += 1
                    try:
                        next(rest)
                    except StopIteration:
                        continue
                    raise ValueError(f"zip() argument {number} is longer than argument{'s 1-' if number > 2 else ' '}{number - 1}")
                return
        yield (*row,)


@linked("iterates")
def enumerate(iterable, start=0):
    number = start
    for item in iterable:
        yield number, item
        number += 1


@linked("iterates")
def reversed(sequence):
    if hasattr(sequence, "__reversed__"):
        yield from sequence.__reversed__()
        return
    i = len(sequence)
    while i > 0:
        i -= 1
        yield sequence[i]


def map(function, *iterables):
    if len(iterables) == 1:
        for item in iterables[0]:
            yield function(item)
    else:
        for row in zip(*iterables):
            yield function(*row)


def filter(function, iterable):
    for item in iterable:
        if function(item) if function is not None else item:
            yield item
