from itertools import tee

a, b = tee([1, 2, 3])
print(next(a), next(a), list(b), list(a))  # expect: 1 2 [1, 2, 3] [3]
c, d, e = tee((x * x for x in range(3)), 3)
print(next(c), list(d), next(c), list(e), list(c))  # expect: 0 [0, 1, 4] 1 [0, 1, 4] [4]
print(tee([], 0), list(tee([1], 1)[0]))  # expect: () [1]
