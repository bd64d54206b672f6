# A twin that takes over from a built-in finds every item of an iterator.
class C:
    def __init__(self, v):
        self.v = v
    def __eq__(self, other):
        return self.v == other.v
    def __lt__(self, other):
        return self.v < other.v
    def __add__(self, other):
        return C(self.v + other.v)
    def __radd__(self, other):
        return C(self.v + other)
    def __bool__(self):
        return self.v > 1
    def __repr__(self):
        return f"C({self.v})"

items = [C(2), C(3), C(1)]
print(sorted(iter(items)), sorted(reversed(items)), sorted(zip([1, 1, 0], items)), sorted(iter(items), reverse=True))
print(min(iter(items)), max(reversed(items)), max(zip([1, 1, 0], items)), min(enumerate(items)))
print(sum(iter(items)), sum(reversed(items), C(10)), sum(iter([1, 2, C(3)])))
print(any(iter(items)), any(reversed([C(1)])), all(iter(items)), all(reversed(items[:2])))
print(C(2) in iter(items), C(1) in reversed(items), C(9) in iter(items))
it = iter(items)
print(C(1) in it, next(it, "over"))
print(dict([(1, 2), (x for x in "ab"), [3, 4]]))

# expect: [C(1), C(2), C(3)] [C(1), C(2), C(3)] [(0, C(1)), (1, C(2)), (1, C(3))] [C(3), C(2), C(1)]
# expect: C(1) C(3) (1, C(3)) (0, C(2))
# expect: C(6) C(16) C(6)
# expect: True False False True
# expect: True True False
# expect: True over
# expect: {1: 2, 'a': 'b', 3: 4}
