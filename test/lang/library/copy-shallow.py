import copy


class Thing:
    def __init__(self, x):
        self.x = x
        self.items = [x]


class Special:
    def __copy__(self):
        return "special"


a = [1, [2]]
b = copy.copy(a)
b.append(3)
b[1].append(9)
print(a, b, copy.copy((1, 2)), copy.copy({"k": a})["k"] is a, copy.copy({1, 2}), copy.copy("s"), copy.copy(5), copy.copy(None))  # expect: [1, [2, 9]] [1, [2, 9], 3] (1, 2) True {1, 2} s 5 None
t = Thing(1)
u = copy.copy(t)
u.x = 2
print(t.x, u.x, u.items is t.items, type(u).__name__, copy.copy(Special()))  # expect: 1 2 True Thing special
