from collections import Counter

a, b = Counter(x=3, y=1), Counter(x=1, y=2, z=1)
print(a + b, a - b, a | b, a & b)  # expect: Counter({'x': 4, 'y': 3, 'z': 1}) Counter({'x': 2}) Counter({'x': 3, 'y': 2, 'z': 1}) Counter({'x': 1, 'y': 1})
print(+Counter(x=1, y=-1), -Counter(x=1, y=-1))  # expect: Counter({'x': 1}) Counter({'y': 1})
print(Counter("ab") == Counter("ba"), Counter(x=1) == Counter(x=1, y=0), Counter(x=1) <= Counter(x=2), a == {"x": 3, "y": 1})  # expect: True True True True
a += b
print(a)  # expect: Counter({'x': 4, 'y': 3, 'z': 1})
a -= Counter(x=4)
print(a)  # expect: Counter({'y': 3, 'z': 1})
