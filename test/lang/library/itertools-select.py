from itertools import compress, dropwhile, filterfalse, takewhile

print(list(compress("ABCDEF", [1, 0, 1, 0, 1, 1])))  # expect: ['A', 'C', 'E', 'F']
print(list(dropwhile(lambda x: x < 5, [1, 4, 6, 3, 8])))  # expect: [6, 3, 8]
print(list(takewhile(lambda x: x < 5, [1, 4, 6, 3, 8])))  # expect: [1, 4]
print(list(filterfalse(lambda x: x % 2, range(6))), list(filterfalse(None, [0, 1, "", "a"])))  # expect: [0, 2, 4] [0, '']
rest = iter([1, 9, 2])
print(list(takewhile(lambda x: x < 5, rest)), list(rest))  # expect: [1] [2]
