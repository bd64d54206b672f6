from itertools import groupby

print([(key, list(group)) for key, group in groupby("AAABBC")])  # expect: [('A', ['A', 'A', 'A']), ('B', ['B', 'B']), ('C', ['C'])]
print([(key, len(list(group))) for key, group in groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)])  # expect: [(1, 2), (0, 2), (1, 1)]
print([key for key, _ in groupby([])], [key for key, _ in groupby("aabba")])  # expect: [] ['a', 'b', 'a']
