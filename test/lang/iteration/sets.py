# Methods of sets take any iterable; frozensets have those that change nothing; views compare as sets.
def gen(*items):
    for item in items:
        yield item

a = {1, 2}
print(a.union(gen(3), [4]), a.intersection(gen(2)), a.difference(gen(2)), a.symmetric_difference(gen(2, 3)))
print(a.issubset(gen(1, 2, 3)), a.issuperset(gen(1)), a.isdisjoint(gen(3)))
a.intersection_update(gen(1, 2, 3))
a.difference_update(gen(1))
print(a)
f = frozenset([1, 2])
print(f.union([3]), f.intersection(gen(1)), f.issubset({1, 2, 3}), f.copy() is f or f.copy() == f, f.isdisjoint([5]))
print(hasattr(f, "add"), hasattr(f, "update"), hasattr(f, "union"), set.union({1}, f))
try:
    set.add(f, 5)
except TypeError as e:
    print(e)
d = {1: 2, 3: 4}
print(d.keys() == {1, 3}, d.keys() != {1: 0, 3: 0}.keys(), d.keys() <= {1, 3, 5}, {1} <= d.keys(), d.items() == {(1, 2), (3, 4)}, d.keys() == [1, 3])
print({}.fromkeys("ab", 1), b"".fromhex("41"), (0).from_bytes(b"\x02", "big"))

# expect: {1, 2, 3, 4} {2} {1} {1, 3}
# expect: True True True
# expect: {2}
# expect: frozenset({1, 2, 3}) frozenset({1}) True True True
# expect: False False True {1, 2}
# expect: descriptor 'add' for 'set' objects doesn't apply to a 'frozenset' object
# expect: True False True True True False
# expect: {'a': 1, 'b': 1} b'A' 2
