from collections import Counter

c = Counter("abracadabra")
print(c, c["a"], c["zz"], len(c), c.total(), "a" in c)  # expect: Counter({'a': 5, 'b': 2, 'r': 2, 'c': 1, 'd': 1}) 5 0 5 11 True
print(c.most_common(2), c.most_common(), list(c.elements())[:6])  # expect: [('a', 5), ('b', 2)] [('a', 5), ('b', 2), ('r', 2), ('c', 1), ('d', 1)] ['a', 'a', 'a', 'a', 'a', 'b']
print(Counter(), Counter({"x": 2}), Counter(cats=4, dogs=8), Counter([1, 1, 2]))  # expect: Counter() Counter({'x': 2}) Counter({'dogs': 8, 'cats': 4}) Counter({1: 2, 2: 1})
print(sum(c.values()), max(c, key=c.get), sorted(c), dict(c), isinstance(c, dict))  # expect: 11 a ['a', 'b', 'c', 'd', 'r'] {'a': 5, 'b': 2, 'r': 2, 'c': 1, 'd': 1} True
