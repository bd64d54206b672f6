import bisect
from bisect import bisect_left, bisect_right

a = [1, 3, 3, 5]
print(bisect_left(a, 3), bisect_right(a, 3), bisect.bisect(a, 4))  # expect: 1 3 3
print(bisect_left(a, 0), bisect_left(a, 9), bisect_left([], 1))  # expect: 0 4 0
print(bisect_left(a, 3, 2), bisect_right(a, 3, 0, 2))  # expect: 2 2
print(bisect_left(a, 9, hi=2))  # expect: 2
words = ["a", "bb", "cccc"]
print(bisect_left(words, 2, key=len), bisect.bisect(words, 2, key=len))  # expect: 1 2
try:
    bisect_left(a, 1, -1)
except ValueError as error:
    print(error)  # expect: lo must be non-negative
