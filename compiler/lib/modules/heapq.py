# Lists whose least item comes first: heap[k] <= heap[2 * k + 1] and heap[k] <= heap[2 * k + 2].


def heappush(heap, item):
    heap.append(item)
    _down(heap, 0, len(heap) - 1)


def heappop(heap):
    last = heap.pop()
    if not heap:
        return last
    least = heap[0]
    heap[0] = last
    _up(heap, 0)
    return least


def heapreplace(heap, item):
    least = heap[0]
    heap[0] = item
    _up(heap, 0)
    return least


def heappushpop(heap, item):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _up(heap, 0)
    return item


def heapify(x):
    for i in range(len(x) // 2 - 1, -1, -1):
        _up(x, i)


# Moves the item at pos towards start, past greater ones.
def _down(heap, start, pos):
    item = heap[pos]
    while pos > start:
        parent = (pos - 1) // 2
        if not item < heap[parent]:
            break
        heap[pos] = heap[parent]
        pos = parent
    heap[pos] = item


# Moves the item at pos to a leaf along the lesser children, then back to its place: most items belong near the leaves.
def _up(heap, pos):
    start = pos
    item = heap[pos]
    child = 2 * pos + 1
    while child < len(heap):
        if child + 1 < len(heap) and not heap[child] < heap[child + 1]:
            child += 1
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = item
    _down(heap, start, pos)


def merge(*iterables, key=None, reverse=False):
    queues = []
    for iterable in iterables:
        iterator = iter(iterable)
        for item in iterator:
            queues.append([item if key is None else key(item), item, iterator])
            break
    while queues:
        first = 0
        for i in range(1, len(queues)):
            if queues[first][0] < queues[i][0] if reverse else queues[i][0] < queues[first][0]:
                first = i
        queue = queues[first]
        yield queue[1]
        for item in queue[2]:
            queue[0] = item if key is None else key(item)
            queue[1] = item
            break
        else:
            del queues[first]


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]
