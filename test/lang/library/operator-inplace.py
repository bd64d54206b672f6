import operator

a = [1]
b = operator.iadd(a, [2])
print(a, a is b)  # expect: [1, 2] True
print(operator.isub(5, 2), operator.imul("ab", 2), operator.itruediv(1, 4), operator.ifloordiv(7, 2), operator.imod(7, 4))  # expect: 3 abab 0.25 3 3
print(operator.ipow(2, 3), operator.iand(6, 3), operator.ior(6, 3), operator.ixor(6, 3), operator.ilshift(1, 3), operator.irshift(8, 1))  # expect: 8 2 7 5 8 4
s = {1}
operator.ior(s, {2})
print(s)  # expect: {1, 2}
