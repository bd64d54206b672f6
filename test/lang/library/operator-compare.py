from operator import eq, ge, gt, is_, is_not, le, lt, ne, not_, truth

print(lt(1, 2), le(2, 2), eq(1, 1.0), ne(1, 1), ge(1, 2), gt("b", "a"))  # expect: True True True False False True
print(not_([]), truth([0]), is_(None, None), is_not([], []))  # expect: True True True True
print(sorted([3, 1, 2], key=lambda x: -x), max([2, 3], key=lambda x: not_(x)))  # expect: [3, 2, 1] 2
