from functools import reduce

print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a * b, range(1, 6), 10), reduce(max, [3, 9, 2]))  # expect: 6 1200 9
print(reduce(lambda a, b: a + b, [], "empty"), reduce(lambda a, b: f"({a}{b})", "abc"))  # expect: empty ((ab)c)
try:
    reduce(max, [])
except TypeError as error:
    print(error)  # expect: reduce() of empty iterable with no initial value
