from itertools import permutations

print(list(permutations([1, 2, 3])))  # expect: [(1, 2, 3), (1, 3, 2), (2, 1, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1)]
print(["".join(p) for p in permutations("ABCD", 2)])  # expect: ['AB', 'AC', 'AD', 'BA', 'BC', 'BD', 'CA', 'CB', 'CD', 'DA', 'DB', 'DC']
print(list(permutations("ab", 3)), list(permutations("", 0)))  # expect: [] [()]
try:
    permutations("a", -1)
except ValueError as error:
    print(error)  # expect: r must be non-negative
