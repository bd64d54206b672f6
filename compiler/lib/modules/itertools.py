# Iterators as generators.


def count(start=0, step=1):
    while True:
        yield start
        start += step


def cycle(iterable):
    saved = []
    for item in iterable:
        yield item
        saved.append(item)
    while saved:
        for item in saved:
            yield item


def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object


def accumulate(iterable, func=None, *, initial=None):
    iterator = iter(iterable)
    total = initial
    if initial is None:
        for total in iterator:
            break
        else:
            return
    yield total
    for item in iterator:
        total = total + item if func is None else func(total, item)
        yield total


def batched(iterable, n):
    if n < 1:
        raise ValueError("n must be at least one")
    return _batches(iterable, n)


def _batches(iterable, n):
    batch = []
    for item in iterable:
        batch.append(item)
        if len(batch) == n:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)


def chain(*iterables):
    for iterable in iterables:
        yield from iterable


def chain_dot_from_iterable(iterable):
    for inner in iterable:
        yield from inner


def compress(data, selectors):
    for item, selected in zip(data, selectors):
        if selected:
            yield item


def dropwhile(predicate, iterable):
    iterator = iter(iterable)
    for item in iterator:
        if not predicate(item):
            yield item
            break
    yield from iterator


def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


def filterfalse(predicate, iterable):
    for item in iterable:
        if not (item if predicate is None else predicate(item)):
            yield item


def groupby(iterable, key=None):
    return _groups(_keyed(iterable, key))


def _keyed(iterable, key):
    for item in iterable:
        yield item if key is None else key(item), item


# state: the pair of key and item that is reached, None at the end; the number of the group that may go on.
def _groups(pairs):
    state = [next(pairs, None), 0]
    while state[0] is not None:
        state[1] += 1
        current = state[0][0]
        yield current, _group(pairs, state, current, state[1])
        while state[0] is not None and state[0][0] == current:
            state[0] = next(pairs, None)


def _group(pairs, state, current, number):
    while state[1] == number and state[0] is not None and state[0][0] == current:
        yield state[0][1]
        if state[1] == number:
            state[0] = next(pairs, None)


def islice(iterable, start, *rest):
    stop, step = start, 1
    if rest:
        stop = rest[0]
        if len(rest) > 1 and rest[1] is not None:
            step = rest[1]
    else:
        start = 0
    if start is None:
        start = 0
    for bound in (start, stop):
        if bound is not None and (not isinstance(bound, int) or bound < 0):
            raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize." if rest else "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    if not isinstance(step, int) or step < 1:
        raise ValueError("Step for islice() must be a positive integer or None.")
    return _slice(iter(iterable), start, stop, step)


def _slice(iterator, start, stop, step):
    i = 0
    if stop is None or stop > 0:
        for item in iterator:
            if stop is not None and i >= stop:
                return
            if i == start:
                yield item
                start += step
            i += 1
            if i == stop:
                return


def pairwise(iterable):
    iterator = iter(iterable)
    for last in iterator:
        break
    else:
        return
    for item in iterator:
        yield last, item
        last = item


def starmap(function, iterable):
    for arguments in iterable:
        yield function(*arguments)


def tee(iterable, n=2):
    if n < 0:
        raise ValueError("n must be >= 0")
    iterator = iter(iterable)
    first = []
    return tuple([_tee(iterator, first) for _ in range(n)])


# Items are a chain of [item, next]; what all iterators have passed is garbage.
def _tee(iterator, link):
    while True:
        if not link:
            for item in iterator:
                break
            else:
                return
            link.append(item)
            link.append([])
        item, link = link
        yield item


def zip_longest(*iterables, fillvalue=None):
    iterators = [iter(iterable) for iterable in iterables]
    active = len(iterators)
    while active:
        row = []
        for i, iterator in enumerate(iterators):
            if iterator is None:
                row.append(fillvalue)
                continue
            for item in iterator:
                row.append(item)
                break
            else:
                iterators[i] = None
                row.append(fillvalue)
                active -= 1
        if active:
            yield tuple(row)


def product(*iterables, repeat=1):
    if repeat < 0:
        raise ValueError("repeat argument cannot be negative")
    return _product([tuple(iterable) for iterable in iterables] * repeat)


def _product(pools):
    indices = [0] * len(pools)
    if () in pools:
        return
    while True:
        yield tuple([pool[i] for pool, i in zip(pools, indices)])
        for i in range(len(pools) - 1, -1, -1):
            indices[i] += 1
            if indices[i] < len(pools[i]):
                break
            indices[i] = 0
        else:
            return


def permutations(iterable, r=None):
    pool = tuple(iterable)
    if r is None:
        r = len(pool)
    if r < 0:
        raise ValueError("r must be non-negative")
    return _permutations(pool, r)


def _permutations(pool, r):
    n = len(pool)
    if r > n:
        return
    indices = list(range(n))
    cycles = list(range(n, n - r, -1))
    while True:
        yield tuple([pool[i] for i in indices[:r]])
        for i in range(r - 1, -1, -1):
            cycles[i] -= 1
            if cycles[i] > 0:
                j = n - cycles[i]
                indices[i], indices[j] = indices[j], indices[i]
                break
            indices.append(indices.pop(i))
            cycles[i] = n - i
        else:
            return


def combinations(iterable, r):
    if r < 0:
        raise ValueError("r must be non-negative")
    return _combinations(tuple(iterable), r, 1)


def combinations_with_replacement(iterable, r):
    if r < 0:
        raise ValueError("r must be non-negative")
    return _combinations(tuple(iterable), r, 0)


# step: how far apart neighbouring indices are at least.
def _combinations(pool, r, step):
    n = len(pool)
    if r > n and (step or n == 0):
        return
    indices = [i * step for i in range(r)]
    while True:
        yield tuple([pool[i] for i in indices])
        for i in range(r - 1, -1, -1):
            if indices[i] < n - 1 - (r - 1 - i) * step:
                break
        else:
            return
        index = indices[i] + 1
        for j in range(i, r):
            indices[j] = index
            index += step
