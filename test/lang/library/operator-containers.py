import operator

items = [3, 1, 4, 1]
print(operator.contains(items, 4), operator.countOf(items, 1), operator.indexOf(items, 4))  # expect: True 2 2
operator.setitem(items, 0, 9)
operator.delitem(items, 1)
print(items, operator.getitem(items, -1), operator.getitem("abc", slice(1, None)))  # expect: [9, 4, 1] 1 bc
print(operator.length_hint(items), operator.length_hint(5, 7))  # expect: 3 7
try:
    operator.indexOf(items, 0)
except ValueError as error:
    print(error)  # expect: sequence.index(x): x not in sequence
