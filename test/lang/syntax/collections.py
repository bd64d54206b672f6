# Displays of every kind and size.
print([], [1], [1, [2, 3]], (), (1,), {}, {1: 2}, {"a": [1], "b": {"c": 2}}, {1} | {1})
# expect: [] [1] [1, [2, 3]] () (1,) {} {1: 2} {'a': [1], 'b': {'c': 2}} {1}
a = [1, 2]
b = (3, 4)
d = {"x": 1}
print([*a, *b, 5], (*a, 0), {**d, "y": 2, **{"x": 3}}, [*a, *[], *"z"], {*a, *b} == {1, 2, 3, 4}, *a)
# expect: [1, 2, 3, 4, 5] (1, 2, 0) {'x': 3, 'y': 2} [1, 2, 'z'] True 1 2
big = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]
big.append("own")
n = 1
computed = [n, n + 1, n + 2, n + 3, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n + 99]
print(len(big), big[-2:], len(computed), computed[-1], computed[3])  # expect: 42 [40, 'own'] 36 100 4
long_tuple = (n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35)
print(len(long_tuple), long_tuple[34])  # expect: 35 35
table = {"k0": n, "k1": 1, "k2": 2, "k3": 3, "k4": 4, "k5": 5, "k6": 6, "k7": 7, "k8": 8, "k9": 9, "k10": 10, "k11": 11, "k12": 12, "k13": 13, "k14": 14,
         "k15": 15, "k16": 16, "k17": 17, "k18": 18}
print(len(table), table["k17"], list(table)[-1])  # expect: 19 17 k18


def fresh():
    return [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]


x, y = fresh(), fresh()
x.append(0)
print(len(x), len(y))  # expect: 15 14
print([1, 2][0], {"a": 1}["a"], (1, 2)[-1], [[1], [2]][1][0], "ab"[1])  # expect: 1 1 2 2 b
print(1 in [1], 2 in (1,), "a" in {"a": 1}, 3 in {3}, [] == [], (1, 2) == (1, 2), {1: 2} == {1: 2})
# expect: True False True True True True True
m = {}
m["list"] = []
m["list"].append(1)
m[1, 2] = "tuple key"
m[None] = True
print(m, m[1, 2], m[(1, 2)])  # expect: {'list': [1], (1, 2): 'tuple key', None: True} tuple key tuple key
for key, value in m.items():
    print(key, value)
# expect: list [1]
# expect: (1, 2) tuple key
# expect: None True
words = ["b", "a", "c"]
words.sort()
print(words, sorted(words, key=lambda w: -ord(w)), list(reversed(words)), [*map(str, a)], [*filter(None, [0, 1])])
# expect: ['a', 'b', 'c'] ['c', 'b', 'a'] ['c', 'b', 'a'] ['1', '2'] [1]
