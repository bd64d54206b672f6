# Functions that work on functions.
from collections import namedtuple


def reduce(function, iterable, /, *initial):
    iterator = iter(iterable)
    if initial:
        total, = initial
    else:
        for total in iterator:
            break
        else:
            raise TypeError("reduce() of empty iterable with no initial value")
    for item in iterator:
        total = function(total, item)
    return total


class partial:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func)] + [repr(value) for value in self.args] + [f"{name}={self.keywords[name]!r}" for name in self.keywords]
        return "functools.partial(" + ", ".join(parts) + ")"


def cmp_to_key(mycmp):
    return lambda obj: _Key(mycmp, obj)


class _Key:
    def __init__(self, mycmp, obj):
        self.mycmp = mycmp
        self.obj = obj

    def __lt__(self, other):
        return self.mycmp(self.obj, other.obj) < 0

    def __gt__(self, other):
        return self.mycmp(self.obj, other.obj) > 0

    def __eq__(self, other):
        return self.mycmp(self.obj, other.obj) == 0

    def __le__(self, other):
        return self.mycmp(self.obj, other.obj) <= 0

    def __ge__(self, other):
        return self.mycmp(self.obj, other.obj) >= 0


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _Cache(maxsize, 128, False)
    return lambda user_function: _Cache(user_function, maxsize, typed)


def cache(user_function, /):
    return _Cache(user_function, None, False)


class _Cache:
    def __init__(self, function, maxsize, typed):
        self.__wrapped__ = function
        self.maxsize = maxsize if maxsize is None else max(maxsize, 0)
        self.typed = typed
        self.cache_clear()

    def __call__(self, *args, **kwargs):
        key = _key(args, kwargs, self.typed)
        results = self.results
        if key in results:
            self.hits += 1
            if self.maxsize is not None:
                results[key] = results.pop(key)
            return results[key]
        self.misses += 1
        result = self.__wrapped__(*args, **kwargs)
        _keep(results, key, result, self.maxsize)
        return result

    def cache_clear(self):
        self.hits = self.misses = 0
        self.results = {}

    def cache_info(self):
        return _CacheInfo(self.hits, self.misses, self.maxsize, len(self.results))

    def cache_parameters(self):
        return {"maxsize": self.maxsize, "typed": self.typed}


# The least recently used result is the first in the dict.
def _keep(results, key, result, maxsize):
    if maxsize == 0:
        return
    if maxsize is not None and len(results) >= maxsize:
        for oldest in results:
            break
        del results[oldest]
    results[key] = result


def _key(args, kwargs, typed):
    if not kwargs and not typed:
        return args[0] if len(args) == 1 and type(args[0]) in (int, str) else args
    key = args
    for name in kwargs:
        key += (..., name, kwargs[name])
    return key + tuple([type(value) for value in key]) if typed else key


_CacheInfo = namedtuple("CacheInfo", "hits misses maxsize currsize")


# Of methods: functions, which get their instances; without cache_info and the like.
def lru_cache_dot_method(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize, 128, False)
    return lambda user_function: _cached(user_function, maxsize, typed)


def cache_dot_method(user_function):
    return _cached(user_function, None, False)


def _cached(function, maxsize, typed):
    results = {}

    def cached(*args, **kwargs):
        key = _key(args, kwargs, typed)
        if key in results:
            result = results[key]
            if maxsize is not None:
                results[key] = results.pop(key)
            return result
        result = function(*args, **kwargs)
        _keep(results, key, result, maxsize)
        return result

    return cached


# A function has no attributes that could be copied.
def wraps(wrapped, assigned=(), updated=()):
    return lambda wrapper: wrapper


def update_wrapper(wrapper, wrapped, assigned=(), updated=()):
    return wrapper


def total_ordering(cls):
    for root in ("__lt__", "__le__", "__gt__", "__ge__"):
        if hasattr(cls, root):
            break
    else:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    method = getattr(cls, root)
    less = root[2] == "l"
    equal = root[3] == "e"

    # What `self < other` is (or > when not `below`, and also true of equal ones when `same`), by way of the method that is there.
    def compare(self, other, below, same):
        result = method(self, other)
        if result is NotImplemented:
            return result
        if below != less:
            # Not (self > other) is self <= other.
            result = not result
            if same != equal:
                return result
            return result or self == other if same else result and self != other
        return result or self == other if same else result and self != other

    def __lt__(self, other): return compare(self, other, True, False)
    def __le__(self, other): return compare(self, other, True, True)
    def __gt__(self, other): return compare(self, other, False, False)
    def __ge__(self, other): return compare(self, other, False, True)
    for name, function in (("__lt__", __lt__), ("__le__", __le__), ("__gt__", __gt__), ("__ge__", __ge__)):
        if not hasattr(cls, name):
            setattr(cls, name, function)
    return cls


def singledispatch(func):
    return _Dispatch(func)


class _Dispatch:
    def __init__(self, func):
        self.registry = {object: func}

    def register(self, cls, func=None):
        if func is None:
            if not isinstance(cls, type):
                raise TypeError("annotations are not kept: write register(cls)")
            return lambda function: self.register(cls, function)
        self.registry[cls] = func
        return func

    # The function of the nearest class.
    def dispatch(self, cls):
        best = object
        for candidate in self.registry:
            if issubclass(cls, candidate) and issubclass(candidate, best):
                best = candidate
        return self.registry[best]

    def __call__(self, *args, **kwargs):
        if not args:
            raise TypeError("the function requires at least 1 positional argument")
        return self.dispatch(type(args[0]))(*args, **kwargs)
