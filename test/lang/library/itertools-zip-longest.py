from itertools import zip_longest

print(list(zip_longest("ABCD", "xy", fillvalue="-")))  # expect: [('A', 'x'), ('B', 'y'), ('C', '-'), ('D', '-')]
print(list(zip_longest([1, 2], (3,))), list(zip_longest()))  # expect: [(1, 3), (2, None)] []
print(list(zip_longest(range(2), iter("abc"), [])))  # expect: [(0, 'a', None), (1, 'b', None), (None, 'c', None)]
