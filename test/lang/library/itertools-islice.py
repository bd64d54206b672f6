from itertools import islice

print(list(islice("ABCDEFG", 2)), list(islice("ABCDEFG", 2, 4)))  # expect: ['A', 'B'] ['C', 'D']
print(list(islice("ABCDEFG", 2, None)), list(islice("ABCDEFG", 0, None, 2)))  # expect: ['C', 'D', 'E', 'F', 'G'] ['A', 'C', 'E', 'G']
print(list(islice("ABC", None)), list(islice("ABC", 5, 9)))  # expect: ['A', 'B', 'C'] []
numbers = iter(range(10))
print(list(islice(numbers, 3)), next(numbers), list(islice(numbers, 1, 3)), next(numbers))  # expect: [0, 1, 2] 3 [5, 6] 7
