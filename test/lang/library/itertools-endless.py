from itertools import accumulate, chain, count, islice, takewhile

squares = (n * n for n in count(1))
print(list(takewhile(lambda n: n < 50, squares)))  # expect: [1, 4, 9, 16, 25, 36, 49]
print(list(islice(accumulate(count(1)), 5)))  # expect: [1, 3, 6, 10, 15]
print(list(islice(chain.from_iterable([n] * n for n in count(1)), 6)))  # expect: [1, 2, 2, 3, 3, 3]
