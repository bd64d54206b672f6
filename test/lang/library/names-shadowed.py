# A program's own names come before those of modules, and a module's before those of the language.
from operator import pow, abs as size


def reduce(x):
    return "mine"


import functools

print(pow(2, 3), size(-4), reduce(1), functools.reduce(max, [1, 2]), abs(-1))  # expect: 8 4 mine 2 1


def mean(values):
    import statistics
    return statistics.mean(values) * 2


print(mean([1, 2, 3]))  # expect: 4
