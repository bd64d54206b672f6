from collections import OrderedDict

o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
o.move_to_end("a")
print(list(o.items()), o["b"])  # expect: [('b', 2), ('c', 3), ('a', 1)] 2
print(o.popitem(), o.popitem(last=False), list(o))  # expect: ('a', 1) ('b', 2) ['c']
o["x"] = 9
o.move_to_end("x", last=False)
print(list(o), list(reversed(o)))  # expect: ['x', 'c'] ['c', 'x']
print(OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == {"b": 2, "a": 1}, OrderedDict())  # expect: False True OrderedDict()
try:
    OrderedDict().popitem()
except KeyError as error:
    print(error)  # expect: 'dictionary is empty'
