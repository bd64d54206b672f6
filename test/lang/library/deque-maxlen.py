import collections

d = collections.deque(range(5), maxlen=3)
print(d, d.maxlen, deque_full := len(d) == d.maxlen)  # expect: deque([2, 3, 4], maxlen=3) 3 True
d.append(9)
print(list(d))  # expect: [3, 4, 9]
d.appendleft(1)
print(list(d))  # expect: [1, 3, 4]
d.extend([5, 6])
print(d, collections.deque([1], 0), collections.deque("ab").maxlen)  # expect: deque([4, 5, 6], maxlen=3) deque([], maxlen=0) None
try:
    d.insert(0, 1)
except IndexError as error:
    print(error)  # expect: deque already at its maximum size
