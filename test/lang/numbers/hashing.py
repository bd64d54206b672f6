# Equal numbers are one key.
d = {1: "int"}
d[1.0] = "float"
d[True] = "bool"
print(d, len({0, 0.0, False, -0.0}), len({2**70, 2.0**70}), {2**70: 1}[2.0**70], {10**22: 2}[1e22], {-2**80: 3}[-2.0**80], {0.5: 4}[1 / 2])
# expect: {1: 'bool'} 1 1 1 2 3 4
print(all(hash(n) == hash(float(n)) for n in [0, 1, -1, 2, 2**30, 2**31 - 1, 2**31, 2**40, -2**53, 2**62, 2**100, 2**1000, -3 * 2**200]))
# expect: True
print(hash(5), hash(True), hash(-1), hash(0.0), hash("a") == hash("".join(["a"])), hash((1, "a")) == hash((1.0, "a")), hash(frozenset([1, 2])) == hash(frozenset([2.0, 1])))
# expect: 5 1 -2 0 True True True
print({(1, 2): "t"}[(1.0, 2)], {"ab": 1}["a" + "b"], {b"x": 2}[bytes([120])], {None: 1, (): 2, frozenset(): 3}[()], {range(3): 1}[range(0, 3, 1)])
# expect: t 1 2 2 1
def attempt(v):
    try:
        return hash(v) is not None
    except TypeError as e:
        return e
print(attempt([]), attempt({}), attempt({1}), attempt((1, [])), attempt(bytearray()), attempt(len), attempt(int), attempt(None))
# expect: unhashable type: 'list' unhashable type: 'dict' unhashable type: 'set' unhashable type: 'list' unhashable type: 'bytearray' True True True
big = {}
for i in range(300):
    big[i * 2**33] = i
print(len(big), sum(big[i * 2**33] for i in range(300)), big[float(7 * 2**33)])  # expect: 300 44850 7
