# What would be larger than any memory, or than a number of bytes can be, is refused at once.
def attempt(f):
    try:
        return type(f()).__name__
    except (MemoryError, OverflowError):
        return "refused"
    except Exception as e:
        return type(e).__name__

size = 2 ** 61
print(attempt(lambda: "ab" * size), attempt(lambda: [0] * size), attempt(lambda: (0, 1) * size), attempt(lambda: b"ab" * size))
print(attempt(lambda: bytes(size)), attempt(lambda: bytearray(size)), attempt(lambda: [0] * 2 ** 70))
print(attempt(lambda: format(1, "9" * 30)), attempt(lambda: format(1.5, "." + "9" * 30 + "f")), attempt(lambda: ("%" + "9" * 30 + "d") % 1))
print(attempt(lambda: "a".center(2 ** 70)), attempt(lambda: "{:{}}".format(1, 2 ** 70)), attempt(lambda: chr(10 ** 8)))
print("" * size, [] * size, () * size, b"" * size, "ab" * -size, "x"[10 ** 30:], [1, 2][-10 ** 30:10 ** 30])
# expect: refused refused refused refused
# expect: refused refused refused
# expect: ValueError ValueError ValueError
# expect: refused ValueError ValueError
# expect:  [] () b''   [1, 2]
