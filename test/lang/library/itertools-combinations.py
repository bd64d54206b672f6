from itertools import combinations, combinations_with_replacement

print(["".join(c) for c in combinations("ABCD", 2)])  # expect: ['AB', 'AC', 'AD', 'BC', 'BD', 'CD']
print(list(combinations(range(4), 3)))  # expect: [(0, 1, 2), (0, 1, 3), (0, 2, 3), (1, 2, 3)]
print(list(combinations("ab", 0)), list(combinations("ab", 3)))  # expect: [()] []
print(list(combinations_with_replacement("AB", 3)))  # expect: [('A', 'A', 'A'), ('A', 'A', 'B'), ('A', 'B', 'B'), ('B', 'B', 'B')]
print(list(combinations_with_replacement("", 1)), list(combinations_with_replacement("a", 2)))  # expect: [] [('a', 'a')]
