# Sorting and choosing with a key function, or among instances that compare by methods.


@linked("keys", "compares", "iterates")
def sorted(iterable, key=None, reverse=False):
    items = [item for item in iterable]
    order(items, key, reverse)
    return items


@linked("keys", "compares")
def list_dot_sort(self, key=None, reverse=False):
    items = self.copy()
    order(items, key, reverse)
    self[:] = items


def order(items, key, reverse):
    keys = items
    if key is not None:
        keys = [key(item) for item in items]
    _sort_by(items, keys, reverse)


# Keys that compare by methods: a merge sort in Python. The lists are sorted in place; keys and items may be the same list.
@linked("compares")
def _sort_by(items, keys, reverse=False):
    rows = [(keys[i], items[i]) for i in range(len(items))]
    width = 1
    while width < len(rows):
        merged = []
        for start in range(0, len(rows), 2 * width):
            i = start
            middle = min(start + width, len(rows))
            j = middle
            end = min(start + 2 * width, len(rows))
            while i < middle or j < end:
                right = i == middle
                if not right and j < end:
                    right = rows[i][0] < rows[j][0] if reverse else rows[j][0] < rows[i][0]
                if right:
                    merged.append(rows[j])
                    j += 1
                else:
                    merged.append(rows[i])
                    i += 1
        rows = merged
        width *= 2
    for i in range(len(rows)):
        keys[i] = rows[i][0]
    for i in range(len(rows)):
        items[i] = rows[i][1]


@linked("keys", "compares", "iterates")
def max(*items, key=None, default=...):
    return choose(items, key, default, True)


@linked("keys", "compares", "iterates")
def min(*items, key=None, default=...):
    return choose(items, key, default, False)


def choose(items, key, default, largest):
    found = False
    best = None
    best_key = None
    for item in items[0] if len(items) == 1 else items:
        item_key = item if key is None else key(item)
        if not found or (item_key > best_key if largest else item_key < best_key):
            found = True
            best = item
            best_key = item_key
    if found:
        return best
    if default is not ...:
        return default
    raise ValueError("max() iterable argument is empty" if largest else "min() iterable argument is empty")
