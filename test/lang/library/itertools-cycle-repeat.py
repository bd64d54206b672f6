from itertools import cycle, islice, repeat

print(list(islice(cycle("ab"), 5)))  # expect: ['a', 'b', 'a', 'b', 'a']
print(list(cycle([])))  # expect: []
print(list(repeat("x", 3)), list(repeat(1, 0)))  # expect: ['x', 'x', 'x'] []
print(list(map(pow, range(4), repeat(2))))  # expect: [0, 1, 4, 9]
print(list(islice(repeat(None), 2)))  # expect: [None, None]
