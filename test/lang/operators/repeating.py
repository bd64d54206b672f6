# Sequences times integers, negative and huge ones too; what is no mapping is not one in a display of a dict.
def attempt(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__

print("ab" * 3, "ab" * -1, [1] * -(2**40), () * 2**40, "" * 2**60, b"" * 10**9)
print(attempt(lambda: "b" * -9223372036854775809), attempt(lambda: [1] * 2**63), attempt(lambda: "a" * 2**62))
print(attempt(lambda: {**[("a", 1)]}), attempt(lambda: {**None}), attempt(lambda: {**"ab"}))
print({**{"a": 1}, "b": 2, **{}})
# expect: ababab  [] ()  b''
# expect: OverflowError OverflowError MemoryError
# expect: TypeError TypeError TypeError
# expect: {'a': 1, 'b': 2}
