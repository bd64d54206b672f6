from collections import deque

a = deque([1, 2])
b = a.copy()
b += [3]
print(a, b, a == deque([1, 2]), a == [1, 2], a < b, a + b, a * 2)  # expect: deque([1, 2]) deque([1, 2, 3]) True False True deque([1, 2, 1, 2, 3]) deque([1, 2, 1, 2])
b.extend(b)
print(b, sorted(b), max(b), [x for x in b if x > 1])  # expect: deque([1, 2, 3, 1, 2, 3]) [1, 1, 2, 2, 3, 3] 3 [2, 3, 2, 3]
