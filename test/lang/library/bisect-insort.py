from bisect import insort, insort_left, insort_right

a = [1, 3]
for x in [2, 0, 9, 3]:
    insort(a, x)
print(a)  # expect: [0, 1, 2, 3, 3, 9]
pairs = [(1, "a"), (2, "b")]
insort_left(pairs, (2, "left"), key=lambda pair: pair[0])
insort_right(pairs, (1, "right"), key=lambda pair: pair[0])
print(pairs)  # expect: [(1, 'a'), (1, 'right'), (2, 'left'), (2, 'b')]
