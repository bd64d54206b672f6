# sum, min, max, abs, bool and divmod over what can be iterated.
print(sum([1, 2, 3]), sum((1.5, 2, True)), sum([]), sum([], 5), sum([2**62, 2**62]), sum(range(101)), sum({1: 2, 3: 4}), sum([[1], [2]], []), sum(x * x for x in range(5)), sum([1, 2], start=10))
# expect: 6 4.5 0 5 9223372036854775808 5050 4 [1, 2] 30 13
print(min(3, 1, 2), max(3, 1, 2), min([5, 4]), max("hello"), min("b", "a"), max(1, 2.5, True), min([0.0, -0.0]), max([1, 1.0]), min((1, 2), (1, 1)), max({"a": 1, "b": 0}), max(range(5)))
# expect: 1 3 4 o a 2.5 0.0 1 (1, 1) b 4
print(min([], default=None), max([], default=7), min([3, -4], key=abs), max("aB", "b", key=str.lower), max([1, 5, 3], key=lambda x: -x), min(x % 7 for x in range(8, 20)), max(*[1, 9, 3]))
# expect: None 7 3 b 1 0 9
print(abs(-5), abs(True), abs(-2**70), abs(3.5), bool([]), bool([0]), bool(""), bool("a"), bool(None), bool(0), bool(-1), bool(0.0), bool({}), bool(range(0)), bool(2**70), bool())
# expect: 5 1 1180591620717411303424 3.5 False True False True False False True False False False True False
def attempt(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(attempt(sum, ["a"]), attempt(sum, ["a"], ""), attempt(sum, 5), attempt(sum, [[]]), attempt(sum, [b""], b""))
# expect: TypeError: unsupported operand type(s) for +: 'int' and 'str' TypeError: sum() can't sum strings [use ''.join(seq) instead] TypeError: 'int' object is not iterable TypeError: unsupported operand type(s) for +: 'int' and 'list' TypeError: sum() can't sum bytes [use b''.join(seq) instead]
print(attempt(min, []), attempt(max, ()), attempt(min, 5), attempt(max, 1, "a"), attempt(max, 1, 2, default=3))
# expect: ValueError: min() arg is an empty sequence ValueError: max() arg is an empty sequence TypeError: 'int' object is not iterable TypeError: '>' not supported between instances of 'str' and 'int' TypeError: Cannot specify a default for max() with multiple positional arguments
