import json


class Config(dict):
    version = 2

    def __missing__(self, key):
        return f"<{key}>"

    def names(self):
        return sorted(self)


c = Config({"b": 1}, a=2)
c["c"] = 3
c.extra = "x"
print(c, c["a"], c["zz"], c.get("zz"), c.names(), c.version, c.extra, len(c), "a" in c)  # expect: {'b': 1, 'a': 2, 'c': 3} 2 <zz> None ['a', 'b', 'c'] 2 x 3 True
print(isinstance(c, dict), type(c).__name__, c == {"a": 2, "b": 1, "c": 3}, json.dumps(c), {**c}, dict(c), c | {"d": 4})  # expect: True Config True {"b": 1, "a": 2, "c": 3} {'b': 1, 'a': 2, 'c': 3} {'b': 1, 'a': 2, 'c': 3} {'b': 1, 'a': 2, 'c': 3, 'd': 4}
del c["a"]
for key, value in c.items():
    print(key, value, end=";")
print(bool(c), bool(Config()), c.pop("b"), c, Config((i, i * i) for i in range(3)))  # expect: b 1;c 3;True False 1 {'c': 3} {0: 0, 1: 1, 2: 4}
