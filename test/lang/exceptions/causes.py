# raise … from, and what built-in operations raise.
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("wrapped") from e
except ValueError as e:
    print(e, repr(e.__cause__))
try:
    raise KeyError("k") from None
except KeyError as e:
    print(e.__cause__, e)
class Own(Exception):
    pass
for cause in (ValueError, Own, 5):
    try:
        raise KeyError("k") from cause
    except Exception as e:
        print(repr(e), repr(e.__cause__))
for f in (lambda: [][0], lambda: (1,)[5], lambda: {}["a"], lambda: int("x"), lambda: [].pop(), lambda: "abc".index("z"), lambda: [1].remove(2),
          lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 / 0, lambda: chr(-1), lambda: next(iter([])), lambda: int([]), lambda: float("x"), lambda: "a" + 1,
          lambda: 1 + "a", lambda: [1] + (2,), lambda: -"x", lambda: {[]: 1}, lambda: "x"[1.5], lambda: 2 ** "x", lambda: 1 << -1):
    try:
        f()
        print("nothing")
    except Exception as e:
        print(type(e).__name__ + ": " + str(e))
try:
    assert 1 == 2, "not equal"
except AssertionError as e:
    print(repr(e))
try:
    assert 0
except AssertionError as e:
    print(repr(e))

# expect: wrapped ZeroDivisionError('division by zero')
# expect: None 'k'
# expect: KeyError('k') ValueError()
# expect: KeyError('k') Own()
# expect: TypeError('exception causes must derive from BaseException') None
# expect: IndexError: list index out of range
# expect: IndexError: tuple index out of range
# expect: KeyError: 'a'
# expect: ValueError: invalid literal for int() with base 10: 'x'
# expect: IndexError: pop from empty list
# expect: ValueError: substring not found
# expect: ValueError: list.remove(x): x not in list
# expect: ZeroDivisionError: integer division or modulo by zero
# expect: ZeroDivisionError: integer modulo by zero
# expect: ZeroDivisionError: float division by zero
# expect: ValueError: chr() arg not in range(0x110000)
# expect: StopIteration: 
# expect: TypeError: int() argument must be a string, a bytes-like object or a real number, not 'list'
# expect: ValueError: could not convert string to float: 'x'
# expect: TypeError: can only concatenate str (not "int") to str
# expect: TypeError: unsupported operand type(s) for +: 'int' and 'str'
# expect: TypeError: can only concatenate list (not "tuple") to list
# expect: TypeError: bad operand type for unary -: 'str'
# expect: TypeError: unhashable type: 'list'
# expect: TypeError: string indices must be integers, not 'float'
# expect: TypeError: unsupported operand type(s) for ** or pow(): 'int' and 'str'
# expect: ValueError: negative shift count
# expect: AssertionError('not equal')
# expect: AssertionError()
