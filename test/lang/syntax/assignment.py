# Every form of assignment and deletion.
a = b = c = 4
print(a, b, c)  # expect: 4 4 4
a, b = 1, 2
a, b = b, a
print(a, b)  # expect: 2 1
a, b, c = c, a, b
print(a, b, c)  # expect: 4 2 1
(a, b), c = (1, 2), 3
[a, [b, c]] = [4, (5, 6)]
print(a, b, c)  # expect: 4 5 6
first, *rest = [1, 2, 3, 4]
print(first, rest)  # expect: 1 [2, 3, 4]
*init, last = "abc"
print(init, last)  # expect: ['a', 'b'] c
first, *middle, last = range(6)
print(first, middle, last)  # expect: 0 [1, 2, 3, 4] 5
first, (second, *others), *tail = 1, [2, 3, 4], 5, 6
print(first, second, others, tail)  # expect: 1 2 [3, 4] [5, 6]
x, = [9]
print(x)  # expect: 9
() = []
[] = ()
values = [0] * 5
values[1] = 10
values[-1] = 20
values[2:4] = [7, 8, 9]
print(values)  # expect: [0, 10, 7, 8, 9, 20]
values[::2] = ["a", "b", "c"]
print(values)  # expect: ['a', 10, 'b', 8, 'c', 20]
i = 0
i, values[i] = 1, "z"
print(i, values)  # expect: 1 ['a', 'z', 'b', 8, 'c', 20]
values[0], values[1] = values[1], values[0]
print(values)  # expect: ['z', 'a', 'b', 8, 'c', 20]
del values[0], values[-1]
del values[1:3]
print(values)  # expect: ['a', 'c']
d = {"a": 1, "b": 2, "c": 3}
del d["b"]
d["a"], d["d"] = 5, 6
print(d)  # expect: {'a': 5, 'c': 3, 'd': 6}


class Box:
    pass


box = Box()
box.value = 1
box.other = box.value + 1
box.value, box.other = box.other, box.value
print(box.value, box.other)  # expect: 2 1
box.value += 40
del box.other
print(box.value, hasattr(box, "other"))  # expect: 42 False


def local():
    x = 1
    y: int = x + 1
    z: str
    x, y = y, x
    del x
    try:
        print(x)
    except UnboundLocalError as error:
        print(error)
    x = 5
    return x, y


print(local())
# expect: cannot access local variable 'x' where it is not associated with a value
# expect: (5, 1)
if (n := len("four")) > 3:
    print(n)  # expect: 4
print([y := 3, y ** 2], y)  # expect: [3, 9] 3
print([last := v for v in range(4)], last)  # expect: [0, 1, 2, 3] 3
total = 0
while (step := total + 3) < 10:
    total = step
print(total, step)  # expect: 9 12
