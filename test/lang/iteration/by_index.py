# Instances with __getitem__ and no __iter__ are gone through by index.
class Tens:
    def __getitem__(self, i):
        if i >= 3:
            raise IndexError(i)
        return i * 10

class Empty:
    def __getitem__(self, i):
        raise IndexError

for x in Tens():
    print(x)
print(list(Tens()), tuple(Tens()), 20 in Tens(), 25 in Tens(), sum(Tens()), max(Tens()), list(Empty()))
print(list(zip(Tens(), "ab")), [*Tens()], list(map(str, Tens())), sorted(Tens(), reverse=True))
a, b, c = Tens()
print(a, b, c, next(iter(Tens())))
items = [1]
items += Tens()
items.extend(Tens())
items[:1] = Tens()
print(items)
class Iterable:
    def __iter__(self):
        return iter("xy")
items += Iterable()
print(items[-2:], next(iter(Iterable())))
class Plain:
    pass
for f in (lambda: list(Plain()), lambda: iter(Plain()), lambda: sorted(Plain()), lambda: 1 in Plain(), lambda: items.extend(Plain()), lambda: len(Plain()), lambda: abs(Plain()), lambda: int(Plain())):
    try:
        f()
    except TypeError as e:
        print(str(e)[:40])
try:
    items += Plain()
except TypeError as e:
    print(e)

# expect: 0
# expect: 10
# expect: 20
# expect: [0, 10, 20] (0, 10, 20) True False 30 20 []
# expect: [(0, 'a'), (10, 'b')] [0, 10, 20] ['0', '10', '20'] [20, 10, 0]
# expect: 0 10 20 0
# expect: [0, 10, 20, 0, 10, 20, 0, 10, 20]
# expect: ['x', 'y'] x
# expect: 'Plain' object is not iterable
# expect: 'Plain' object is not iterable
# expect: 'Plain' object is not iterable
# expect: argument of type 'Plain' is not iterable
# expect: 'Plain' object is not iterable
# expect: object of type 'Plain' has no len()
# expect: bad operand type for abs(): 'Plain'
# expect: int() argument must be a string, a bytes
# expect: 'Plain' object is not iterable
