from collections import deque

# Methods that only a computed name reaches.
d = deque([3, 1, 2])
for name in ["append", "appendleft"]:
    getattr(d, name)(9)
print(d, hasattr(d, "rotate"), hasattr(d, "turn"))  # expect: deque([9, 3, 1, 2, 9]) True False
push = d.extend
push([5])
print(len(d), sorted(d), d[-1])  # expect: 6 [1, 2, 3, 5, 9, 9] 5
