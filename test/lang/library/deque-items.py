from collections import deque

d = deque([1, 2, 3, 2])
d[1] = 9
del d[0]
d.insert(1, 5)
print(d, d.index(3), d.count(2), 9 in d, 8 in d)
d.remove(9)
print(d)
for bad in [lambda: d[7], lambda: d.index(99), lambda: d.remove(99)]:
    try:
        bad()
    except (IndexError, ValueError) as error:
        print(error)
# expect: deque([9, 5, 3, 2]) 2 1 True False
# expect: deque([5, 3, 2])
# expect: deque index out of range
# expect: 99 is not in deque
# expect: 99 is not in deque
