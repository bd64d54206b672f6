# Operators of instances: the left's method, else the right's reflected one.
class V:
    def __init__(self, x):
        self.x = x
    def __add__(self, o):
        return V(self.x + (o.x if isinstance(o, V) else o))
    def __radd__(self, o):
        return V(o + self.x + 1000)
    def __sub__(self, o):
        if not isinstance(o, V):
            return NotImplemented
        return V(self.x - o.x)
    def __mul__(self, k):
        return V(self.x * k)
    __rmul__ = __mul__
    def __neg__(self):
        return V(-self.x)
    def __pos__(self):
        return self
    def __invert__(self):
        return "inverted"
    def __floordiv__(self, o):
        return ("fd", o)
    def __mod__(self, o):
        return ("mod", o)
    def __pow__(self, o):
        return ("pow", o)
    def __lshift__(self, o):
        return ("ls", o)
    def __and__(self, o):
        return ("and", o)
    def __ror__(self, o):
        return ("ror", o)

a, b = V(3), V(4)
print((a + b).x, (a + 1).x, (1 + a).x, (a - b).x, (a * 5).x, (5 * a).x, (-a).x, (+a).x, ~a)
print(a // 2, a % 3, a ** 4, a << 5, a & 6, 7 | a)
for f in (lambda: a - 1, lambda: 1 - a, lambda: a / b, lambda: a | b):
    try:
        f()
    except TypeError as e:
        print(e)

# expect: 7 4 1004 -1 15 15 -3 3 inverted
# expect: ('fd', 2) ('mod', 3) ('pow', 4) ('ls', 5) ('and', 6) ('ror', 7)
# expect: unsupported operand type(s) for -: 'V' and 'int'
# expect: unsupported operand type(s) for -: 'int' and 'V'
# expect: unsupported operand type(s) for /: 'V' and 'V'
# expect: unsupported operand type(s) for |: 'V' and 'V'
