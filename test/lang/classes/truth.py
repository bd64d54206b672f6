# Truth of instances: __bool__, else __len__, else true.
class Bool:
    def __init__(self, v):
        self.v = v
    def __bool__(self):
        return self.v

class Len:
    def __init__(self, n):
        self.n = n
    def __len__(self):
        return self.n

class Plain:
    pass

print([1 if x else 0 for x in (Bool(True), Bool(False), Len(0), Len(3), Plain())])
print(not Bool(False), not Len(2), bool(Len(0)), bool(Bool(True)))
print((Bool(False) or 5), (Len(1) and 6), len(Len(4)))
n = Len(3)
while n:
    n.n -= 1
print(n.n)
print(1 if not Bool(True) else 2)

# expect: [1, 0, 0, 1, 1]
# expect: True False False True
# expect: 5 6 4
# expect: 0
# expect: 2
