# What operators say to operands they do not know.
def attempt(f):
    try:
        return f()
    except TypeError as e:
        return e
print(attempt(lambda: 1 + "a"))  # expect: unsupported operand type(s) for +: 'int' and 'str'
print(attempt(lambda: "a" + 1))  # expect: can only concatenate str (not "int") to str
print(attempt(lambda: [1] + 1))  # expect: can only concatenate list (not "int") to list
print(attempt(lambda: (1,) + [1]))  # expect: can only concatenate tuple (not "list") to tuple
print(attempt(lambda: b"a" + "a"))  # expect: can't concat str to bytes
print(attempt(lambda: "a" * "b"))  # expect: can't multiply sequence by non-int of type 'str'
print(attempt(lambda: [1] * 1.5))  # expect: can't multiply sequence by non-int of type 'float'
print(attempt(lambda: 1 - None))  # expect: unsupported operand type(s) for -: 'int' and 'NoneType'
print(attempt(lambda: None / 1))  # expect: unsupported operand type(s) for /: 'NoneType' and 'int'
print(attempt(lambda: {} // 2))  # expect: unsupported operand type(s) for //: 'dict' and 'int'
print(attempt(lambda: [] % 2))  # expect: unsupported operand type(s) for %: 'list' and 'int'
print(attempt(lambda: "a" ** 2))  # expect: unsupported operand type(s) for ** or pow(): 'str' and 'int'
print(attempt(lambda: 1.5 << 1))  # expect: unsupported operand type(s) for <<: 'float' and 'int'
print(attempt(lambda: 1 >> "a"))  # expect: unsupported operand type(s) for >>: 'int' and 'str'
print(attempt(lambda: 1 & 1.5))  # expect: unsupported operand type(s) for &: 'int' and 'float'
print(attempt(lambda: {} | 1))  # expect: unsupported operand type(s) for |: 'dict' and 'int'
print(attempt(lambda: {1} ^ [1]))  # expect: unsupported operand type(s) for ^: 'set' and 'list'
print(attempt(lambda: -"a"))  # expect: bad operand type for unary -: 'str'
print(attempt(lambda: +[]))  # expect: bad operand type for unary +: 'list'
print(attempt(lambda: ~1.5))  # expect: bad operand type for unary ~: 'float'
print(attempt(lambda: divmod("a", 1)))  # expect: unsupported operand type(s) for divmod(): 'str' and 'int'
print(attempt(lambda: pow("a", 1)))  # expect: unsupported operand type(s) for ** or pow(): 'str' and 'int'
print(attempt(lambda: abs("a")))  # expect: bad operand type for abs(): 'str'
print(attempt(lambda: bin(1.5)))  # expect: 'float' object cannot be interpreted as an integer
print(attempt(lambda: hex("a")))  # expect: 'str' object cannot be interpreted as an integer
def augmented(x, y):
    try:
        x += y
        return x
    except TypeError as e:
        return e
print(augmented(1, "a"), augmented([1], (2, 3)), augmented([1], 5), augmented((1,), (2,)), augmented("a", "b"), augmented(None, 1))
# expect: unsupported operand type(s) for +=: 'int' and 'str' [1, 2, 3] 'int' object is not iterable (1, 2) ab unsupported operand type(s) for +=: 'NoneType' and 'int'
print([1, 2] * 2, 2 * [1], "ab" * 3, 3 * "ab", (1,) * 3, b"a" * 2, "a" * 0, "a" * -1, [0] * True, True * "x", "a" + "b" * 2)
# expect: [1, 2, 1, 2] [1, 1] ababab ababab (1, 1, 1) b'aa'   [0] x abb
print([1] + [2], (1,) + (2,), "a" + "b", b"a" + b"b", bytearray(b"a") + b"b", b"a" + bytearray(b"b"), {1: 2} | {1: 3, 4: 5}, {1, 2} | {3}, {1, 2} & {2, 3}, {1, 2} - {2}, {1, 2} ^ {2, 3})
# expect: [1, 2] (1, 2) ab b'ab' bytearray(b'ab') b'ab' {1: 3, 4: 5} {1, 2, 3} {2} {1} {1, 3}
