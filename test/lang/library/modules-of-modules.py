import collections
import collections as containers
import functools
from operator import itemgetter as item
import statistics as st

print(containers.Counter is collections.Counter, item(1)("ab"), st.mean([1, 2]), functools.reduce(max, [1, 3, 2]))  # expect: True b 1.5 3


def inside():
    import heapq
    from bisect import insort
    values = heapq.nsmallest(2, [3, 1, 2])
    insort(values, 0)
    return values


print(inside(), inside())  # expect: [0, 1, 2] [0, 1, 2]
if st.median([1, 2, 3]) == 2:
    import string
    print(string.digits)  # expect: 0123456789
