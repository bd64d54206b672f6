from collections import deque

d = deque([1, 2])
d.append(3)
d.appendleft(0)
print(d, len(d), d.pop(), d.popleft(), list(d))
d.extend("ab")
d.extendleft([7, 8])
print(d, d[0], d[-1], bool(d), bool(deque()))
d.clear()
print(d)
for method in [d.pop, d.popleft]:
    try:
        method()
    except IndexError as error:
        print(error)
# expect: deque([1, 2]) 4 3 0 [1, 2]
# expect: deque([8, 7, 1, 2, 'a', 'b']) 8 b True False
# expect: deque([])
# expect: pop from an empty deque
# expect: pop from an empty deque
