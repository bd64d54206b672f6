from itertools import count, islice

print(list(islice(count(), 3)))  # expect: [0, 1, 2]
print(list(islice(count(5, -2), 4)))  # expect: [5, 3, 1, -1]
print(list(islice(count(0.5, 0.25), 3)))  # expect: [0.5, 0.75, 1.0]
print([n for n, _ in zip(count(1), "abc")])  # expect: [1, 2, 3]
print(list(islice(count(step=10), 3)))  # expect: [0, 10, 20]
