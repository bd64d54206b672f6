# The container protocol of instances.
class Box:
    def __init__(self):
        self.d = {}
    def __getitem__(self, k):
        if isinstance(k, slice):
            return ("slice", k.start, k.stop, k.step)
        return self.d[k]
    def __setitem__(self, k, v):
        self.d[k if not isinstance(k, slice) else "slice"] = v
    def __delitem__(self, k):
        del self.d[k]
    def __contains__(self, k):
        return k in self.d
    def __len__(self):
        return len(self.d)

b = Box()
b["a"] = 1
b[2] = "two"
print(b["a"], b[2], "a" in b, "z" in b, "z" not in b, len(b), b[1:2], b[::3])
b["a"] += 5
print(b["a"])
b[1:2] = "s"
print(b["slice"])
del b["a"]
print("a" in b, len(b))
try:
    b["a"]
except KeyError as e:
    print("KeyError", e)
for f in (lambda: 5[0], lambda: len(5), lambda: 1 in 5, lambda: None[1]):
    try:
        f()
    except TypeError as e:
        print(e)
class Seq:
    def __iter__(self):
        return iter([1, 2, 3])
print(2 in Seq(), 9 in Seq(), 9 not in Seq())

# expect: 1 two True False True 2 ('slice', 1, 2, None) ('slice', None, None, 3)
# expect: 6
# expect: s
# expect: False 2
# expect: KeyError 'a'
# expect: 'int' object is not subscriptable
# expect: object of type 'int' has no len()
# expect: argument of type 'int' is not iterable
# expect: 'NoneType' object is not subscriptable
# expect: True False True
