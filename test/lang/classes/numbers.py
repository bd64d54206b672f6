# Built-in functions about numbers on instances.
class N:
    def __int__(self):
        return 3
    def __float__(self):
        return 2.5
    def __index__(self):
        return 10
    def __round__(self, places=0):
        return "round", places
    def __divmod__(self, other):
        return "divmod", other
    def __pow__(self, other):
        return "pow", other
    def __hash__(self):
        return 77
class I:
    def __index__(self):
        return 4

print(int(N()), float(N()), hex(N()), bin(N()), oct(I()), int(I()), float(I()))
print(round(N()), round(N(), 2), divmod(N(), 5), pow(N(), 6), hash(N()))
print("%d %.1f %s" % (N(), N(), 1))
for f in (lambda: int([]), lambda: float(S()), lambda: abs(S())):
    class S:
        pass
    try:
        f()
    except TypeError as e:
        print(e)

# expect: 3 2.5 0xa 0b1010 0o4 4 4.0
# expect: ('round', 0) ('round', 2) ('divmod', 5) ('pow', 6) 77
# expect: 3 2.5 1
# expect: int() argument must be a string, a bytes-like object or a real number, not 'list'
# expect: float() argument must be a string or a real number, not 'S'
# expect: bad operand type for abs(): 'S'
