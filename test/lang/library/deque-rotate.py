from collections import deque

d = deque("abcde")
d.rotate(2)
print("".join(d))  # expect: deabc
d.rotate(-1)
print("".join(d))  # expect: eabcd
d.rotate(7)
print("".join(d))  # expect: cdeab
d.reverse()
print("".join(d), "".join(reversed(d)))  # expect: baedc cdeab
e = deque()
e.rotate(1)
print(e)  # expect: deque([])
