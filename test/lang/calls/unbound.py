# Methods taken from their type refuse objects of another.
for f in (lambda: dict.get(5, 1), lambda: str.upper(1), lambda: list(map(str.upper, ["a", 2])), lambda: list.append((1,), 2), lambda: str.join(",", ["a"]), lambda: sorted(["b", "A"], key=str.lower), lambda: int.from_bytes(b"ab", "big"), lambda: dict.fromkeys("ab"), lambda: bytes.fromhex("ff"), lambda: int.bit_length(True), lambda: set.union({1}, [2])):
    try:
        print(f())
    except TypeError as e:
        print(e)
# expect: descriptor 'get' for 'dict' objects doesn't apply to a 'int' object
# expect: descriptor 'upper' for 'str' objects doesn't apply to a 'int' object
# expect: descriptor 'upper' for 'str' objects doesn't apply to a 'int' object
# expect: descriptor 'append' for 'list' objects doesn't apply to a 'tuple' object
# expect: a
# expect: ['A', 'b']
# expect: 24930
# expect: {'a': None, 'b': None}
# expect: b'\xff'
# expect: 1
# expect: {1, 2}
