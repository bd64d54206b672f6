import operator

print(operator.add(2, 3), operator.sub(2, 3), operator.mul(2, 3), operator.truediv(3, 2))  # expect: 5 -1 6 1.5
print(operator.floordiv(-7, 2), operator.mod(-7, 2), operator.pow(2, 10))  # expect: -4 1 1024
print(operator.neg(3), operator.pos(-3), operator.abs(-4), operator.invert(5), operator.inv(-1))  # expect: -3 -3 4 -6 0
print(operator.and_(6, 3), operator.or_(6, 3), operator.xor(6, 3), operator.lshift(1, 4), operator.rshift(16, 2))  # expect: 2 7 5 16 4
print(operator.concat([1], [2]), operator.__add__("a", "b"))  # expect: [1, 2] ab
