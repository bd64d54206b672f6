from itertools import product

print(list(product("AB", [1, 2])))  # expect: [('A', 1), ('A', 2), ('B', 1), ('B', 2)]
print(list(product([0, 1], repeat=3)))  # expect: [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 0, 1), (1, 1, 0), (1, 1, 1)]
print(list(product()), list(product("ab", "")), list(product("ab", repeat=0)))  # expect: [()] [] [()]
print(sum(1 for _ in product(range(3), range(4))))  # expect: 12
