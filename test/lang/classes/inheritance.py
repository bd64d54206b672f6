# Methods are looked up along the bases; super goes on behind the class.
class A:
    kind = "a"
    def __init__(self):
        self.log = ["A"]
    def who(self):
        return "A:" + self.kind
    def shared(self):
        return "shared"

class B(A):
    kind = "b"
    def __init__(self):
        super().__init__()
        self.log.append("B")
    def who(self):
        return "B>" + super().who()

class C(B):
    def who(self):
        return "C>" + super().who()

c = C()
print(c.who(), c.log, c.shared(), C.kind, A.kind)
print(isinstance(c, A), isinstance(c, (int, B)), isinstance(A(), B), issubclass(C, A), issubclass(A, C), issubclass(bool, int))
print(type(c).__name__, type(c) is C, c.__class__.__name__)
A.kind = "changed"
B.extra = 5
print(A().who(), c.extra)

# expect: C>B>A:b ['A', 'B'] shared b a
# expect: True True False True False True
# expect: C True C
# expect: A:changed 5
