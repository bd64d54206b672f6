from collections import Counter

c = Counter(a=3, b=1)
c.update("aab")
c.subtract({"a": 2, "q": 1})
print(c)  # expect: Counter({'a': 3, 'b': 2, 'q': -1})
c["a"] += 5
del c["nothing"]
del c["b"]
print(c["a"], c, c.copy() == c)  # expect: 8 Counter({'a': 8, 'q': -1}) True
c.update(Counter(a=1), z=2)
c.clear()
print(c)  # expect: Counter()
