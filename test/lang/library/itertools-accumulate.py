from itertools import accumulate

print(list(accumulate([1, 2, 3, 4])))  # expect: [1, 3, 6, 10]
print(list(accumulate([3, 1, 4, 1], max)))  # expect: [3, 3, 4, 4]
print(list(accumulate([1, 2, 3], lambda a, b: a * b, initial=10)))  # expect: [10, 10, 20, 60]
print(list(accumulate([], initial=5)), list(accumulate([])))  # expect: [5] []
print(list(accumulate("abc")))  # expect: ['a', 'ab', 'abc']
