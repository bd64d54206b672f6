from heapq import merge

print(list(merge([1, 4, 7], [2, 5], [3])))  # expect: [1, 2, 3, 4, 5, 7]
print(list(merge(["a", "ccc"], ["bb", "dddd"], key=len)))  # expect: ['a', 'bb', 'ccc', 'dddd']
print(list(merge([5, 3, 1], [4, 2], reverse=True)), list(merge()), list(merge([], [1])))  # expect: [5, 4, 3, 2, 1] [] [1]
print(list(merge([(1, "a")], [(1, "b")], key=lambda pair: pair[0])))  # expect: [(1, 'a'), (1, 'b')]
