# Comparison across numbers and inside containers; chains; what cannot be compared.
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 >= 2 != 1, 1 == 1.0, 2**70 == 2.0**70, True < 2, False == 0, True > False)
# expect: True False True True True True True True
print([1, 2] < [1, 3], [1, 2] < [1, 2, 0], [] < [1], [2] > [1, 9], [1, 2] == [1.0, 2.0], [1] != [1], [1, [2, 3]] <= [1, [2, 3]], [1, [2, 3]] < [1, [2, 4]])
# expect: True True True True True False True True
print((1, "a") < (1, "b"), (1, 2, 3) >= (1, 2), () == (), (1,) == [1], ("a", 1) < ("b", None), (1, "x") == (True, "x"))
# expect: True True True False True True
print("abc" < "abd", "ab" < "abc", "Z" < "a", "é" > "z", "" < "a", "a" == "a", "日" < "語", b"ab" < b"b", b"a" == "a", b"ab" == bytearray(b"ab"))
# expect: True True True True True True True True False True
print({1: [2]} == {1.0: [2]}, {"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1} != {"a": 2}, {1, 2} == {2, 1.0}, {1} < {1, 2}, {1, 2} <= {1, 2}, {1, 3} > {1}, {1} < {2})
# expect: True True True True True True True False
print(None == None, None != 0, None == False, 1 == "1", [] == (), len == len, len == abs, int == int, range(3) == range(0, 3), range(0, 5, 2) == range(0, 6, 2))
# expect: True True False False False True False True True True
nan = float("nan")
print([nan] == [nan], nan in [nan], (nan,) == (nan,), nan == nan, {nan: 1} == {nan: 1}, [nan] == [float("nan")])
# expect: True True True False True False
def attempt(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
print(attempt(lambda: 1 < "a"), attempt(lambda: None >= 1), attempt(lambda: [1] < (1,)))
# expect: TypeError: '<' not supported between instances of 'int' and 'str' TypeError: '>=' not supported between instances of 'NoneType' and 'int' TypeError: '<' not supported between instances of 'list' and 'tuple'
print(attempt(lambda: [1, "a"] < [1, 2]), attempt(lambda: {} < {}), attempt(lambda: {1} < [1]), attempt(lambda: len > abs))
# expect: TypeError: '<' not supported between instances of 'str' and 'int' TypeError: '<' not supported between instances of 'dict' and 'dict' TypeError: '<' not supported between instances of 'set' and 'list' TypeError: '>' not supported between instances of 'builtin_function_or_method' and 'builtin_function_or_method'
deep = other = None
for i in range(20):
    deep = [deep]
    other = [other]
print(deep == other)  # expect: True
for i in range(1000):
    deep = [deep]
    other = [other]
try:
    print(deep == other)
except RecursionError as e:
    print(e)  # expect: maximum recursion depth exceeded in comparison
