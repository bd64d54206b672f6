from itertools import pairwise, starmap

print(list(pairwise("ABCD")), list(pairwise("A")), list(pairwise([])))  # expect: [('A', 'B'), ('B', 'C'), ('C', 'D')] [] []
print(list(starmap(pow, [(2, 5), (3, 2)])))  # expect: [32, 9]
print(list(starmap(lambda a, b=1: a + b, [(1,), (2, 3)])))  # expect: [2, 5]
