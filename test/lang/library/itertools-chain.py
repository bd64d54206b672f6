from itertools import chain
import itertools

print(list(chain("ab", [1, 2], ())))  # expect: ['a', 'b', 1, 2]
print(list(chain()))  # expect: []
print(list(chain.from_iterable(["ab", "c"])))  # expect: ['a', 'b', 'c']
print(list(itertools.chain.from_iterable([i] * i for i in range(4))))  # expect: [1, 2, 2, 3, 3, 3]
