# Augmented assignment: __iadd__ first, then the ordinary operator; lists grow in place.
class Bag:
    def __init__(self):
        self.items = []
    def __iadd__(self, x):
        self.items.append(x)
        return self
    def __sub__(self, x):
        return "minus " + str(x)

bag = Bag()
same = bag
bag += 1
bag += 2
print(bag is same, bag.items)
bag -= 3
print(bag)
class Once:
    def __iadd__(self, x):
        return NotImplemented
    def __add__(self, x):
        return "added"
o = Once()
o += 1
print(o)
a = b = [1]
a += [2]
print(b)
a = a + [3]
print(b, a)
a += (4, 5)
a += "xy"
print(a)
t = u = (1,)
t += (2,)
print(t, u)
s = r = "x"
s += "y"
print(s, r)
d = [1, 2]
d[0] += 10
d *= 2
print(d)
def gen():
    yield 7
    yield 8
a = []
a += gen()
print(a)

# expect: True [1, 2]
# expect: minus 3
# expect: added
# expect: [1, 2]
# expect: [1, 2] [1, 2, 3]
# expect: [1, 2, 3, 4, 5, 'x', 'y']
# expect: (1, 2) (1,)
# expect: xy x
# expect: [11, 2, 11, 2]
# expect: [7, 8]
