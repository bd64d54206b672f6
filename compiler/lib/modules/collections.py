# Containers beside the built-in ones.


class deque:
    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None and maxlen < 0:
            raise ValueError("maxlen must be non-negative")
        self.maxlen = maxlen
        self._items = []
        _extend(self._items, iterable, maxlen)

    def append(self, x):
        self._items.append(x)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            del self._items[0]

    def appendleft(self, x):
        self._items.insert(0, x)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            del self._items[-1]

    def extend(self, iterable):
        _extend(self._items, self._items[:] if iterable is self else iterable, self.maxlen)

    def extendleft(self, iterable):
        for x in self._items[:] if iterable is self else iterable:
            deque.appendleft(self, x)

    def pop(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop()

    def popleft(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop(0)

    def clear(self):
        self._items.clear()

    def copy(self):
        return deque(self._items, self.maxlen)

    def __copy__(self):
        return deque(self._items, self.maxlen)

    def count(self, x):
        return self._items.count(x)

    def index(self, x, *bounds):
        for i in range(len(self._items))[slice(*bounds, None) if bounds else slice(None)]:
            if self._items[i] is x or self._items[i] == x:
                return i
        raise ValueError(f"{x!r} is not in deque")

    def insert(self, i, x):
        if len(self._items) == self.maxlen:
            raise IndexError("deque already at its maximum size")
        self._items.insert(i, x)

    def remove(self, value):
        for i, item in enumerate(self._items):
            if item is value or item == value:
                del self._items[i]
                return
        raise ValueError(f"{value!r} is not in deque")

    def reverse(self):
        self._items.reverse()

    def rotate(self, n=1):
        if self._items:
            n %= len(self._items)
            self._items[:] = self._items[-n:] + self._items[:-n] if n else self._items

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __reversed__(self):
        return reversed(self._items)

    def __contains__(self, x):
        return x in self._items

    def _check(self, i):
        if not isinstance(i, int):
            raise TypeError("sequence index must be integer, not '" + type(i).__name__ + "'")
        if not -len(self._items) <= i < len(self._items):
            raise IndexError("deque index out of range")

    def __getitem__(self, i):
        self._check(i)
        return self._items[i]

    def __setitem__(self, i, x):
        self._check(i)
        self._items[i] = x

    def __delitem__(self, i):
        self._check(i)
        del self._items[i]

    def __add__(self, other):
        return deque(self._items + other._items, self.maxlen)

    def __iadd__(self, other):
        deque.extend(self, other)
        return self

    def __mul__(self, n):
        return deque(self._items * n, self.maxlen)

    def __rmul__(self, n):
        return deque(self._items * n, self.maxlen)

    def __eq__(self, other):
        return isinstance(other, deque) and self._items == other._items

    def __lt__(self, other):
        return self._items < other._items

    def __le__(self, other):
        return self._items <= other._items

    def __gt__(self, other):
        return self._items > other._items

    def __ge__(self, other):
        return self._items >= other._items

    def __repr__(self):
        return f"deque({self._items!r})" if self.maxlen is None else f"deque({self._items!r}, maxlen={self.maxlen})"


def _extend(items, iterable, maxlen):
    for x in iterable:
        items.append(x)
        if maxlen is not None and len(items) > maxlen:
            del items[0]


class defaultdict(dict):
    def __init__(self, default_factory=None, /, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        self[key] = value = self.default_factory()
        return value

    def copy(self):
        return defaultdict(self.default_factory, self)

    def __copy__(self):
        return defaultdict(self.default_factory, self)

    def __repr__(self):
        return f"defaultdict({self.default_factory!r}, {dict(self)!r})"


class OrderedDict(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)

    def popitem(self, last=True):
        if not self:
            raise KeyError("dictionary is empty")
        for key in reversed(list(self)) if last else self:
            break
        return key, self.pop(key)

    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if last:
            self[key] = value
        else:
            items = list(self.items())
            self.clear()
            self[key] = value
            self.update(items)

    def copy(self):
        return OrderedDict(self)

    def __copy__(self):
        return OrderedDict(self)

    def __reversed__(self):
        return reversed(list(self))

    def __eq__(self, other):
        if isinstance(other, OrderedDict) and list(self) != list(other):
            return False
        return dict(self) == other

    def __repr__(self):
        return f"OrderedDict({dict(self)!r})" if self else "OrderedDict()"


class Counter(dict):
    def __init__(self, iterable=None, /, **kwds):
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def update(self, iterable=None, /, **kwds):
        _count(self, iterable, 1)
        _count(self, kwds, 1)

    def subtract(self, iterable=None, /, **kwds):
        _count(self, iterable, -1)
        _count(self, kwds, -1)

    def elements(self):
        for key, count in self.items():
            for _ in range(count):
                yield key

    def most_common(self, n=None):
        pairs = sorted(self.items(), key=lambda pair: pair[1], reverse=True)
        return pairs if n is None else pairs[:max(n, 0)]

    def total(self):
        return sum(self.values())

    def copy(self):
        return Counter(self)

    def __copy__(self):
        return Counter(self)

    def __delitem__(self, key):
        self.pop(key, None)

    def __add__(self, other):
        return _positive([(key, self[key] + other[key]) for key in {**self, **other}])

    def __sub__(self, other):
        return _positive([(key, self[key] - other[key]) for key in {**self, **other}])

    def __or__(self, other):
        return _positive([(key, max(self[key], other[key])) for key in {**self, **other}])

    def __and__(self, other):
        return _positive([(key, min(count, other[key])) for key, count in self.items()])

    def __pos__(self):
        return _positive(self.items())

    def __neg__(self):
        return _positive([(key, -count) for key, count in self.items()])

    def __iadd__(self, other):
        return _assign(self, self + other)

    def __isub__(self, other):
        return _assign(self, self - other)

    def __ior__(self, other):
        return _assign(self, self | other)

    def __iand__(self, other):
        return _assign(self, self & other)

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return dict(self) == other
        return all([self[key] == other[key] for key in {**self, **other}])

    def __le__(self, other):
        return all([self[key] <= other[key] for key in {**self, **other}])

    def __ge__(self, other):
        return all([self[key] >= other[key] for key in {**self, **other}])

    def __lt__(self, other):
        return self <= other and self != other

    def __gt__(self, other):
        return self >= other and self != other

    def __repr__(self):
        return f"Counter({dict(self.most_common())!r})" if self else "Counter()"


def _count(counter, iterable, sign):
    if isinstance(iterable, dict):
        for key, count in iterable.items():
            counter[key] = counter.get(key, 0) + sign * count
    elif iterable is not None:
        for key in iterable:
            counter[key] = counter.get(key, 0) + sign


def _positive(pairs):
    result = Counter()
    for key, count in pairs:
        if count > 0:
            result[key] = count
    return result


def _assign(counter, other):
    counter.clear()
    _count(counter, other, 1)
    return counter


class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        return self.__missing__(key)

    def __missing__(self, key):
        raise KeyError(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __contains__(self, key):
        return any([key in mapping for mapping in self.maps])

    def _merged(self):
        merged = {}
        for mapping in reversed(self.maps):
            merged.update(mapping)
        return merged

    def __len__(self):
        return len(self._merged())

    def __iter__(self):
        return iter(self._merged())

    def keys(self):
        return self._merged().keys()

    def values(self):
        return self._merged().values()

    def items(self):
        return self._merged().items()

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        if key not in self.maps[0]:
            raise KeyError(f"Key not found in the first mapping: {key!r}")
        del self.maps[0][key]

    def pop(self, key, *default):
        return self.maps[0].pop(key, *default)

    def clear(self):
        self.maps[0].clear()

    def update(self, other=(), /, **kwds):
        self.maps[0].update(other, **kwds)

    def new_child(self, m=None, **kwargs):
        return ChainMap({**(m or {}), **kwargs} if kwargs or m is None else m, *self.maps)

    def __eq__(self, other):
        return self._merged() == (other._merged() if isinstance(other, ChainMap) else other)

    def __repr__(self):
        return "ChainMap(" + ", ".join([repr(mapping) for mapping in self.maps]) + ")"


# The compiler writes the class out (compiler/namedtuples.ts).
def namedtuple(typename, field_names, **options):
    raise TypeError("namedtuple() must be assigned to a name or be the base of a class")
