class Upper(dict):
    def __getitem__(self, key):
        return super().get(key, "none").upper()

    def __setitem__(self, key, value):
        self.update({key.lower(): value})


class Loud(list):
    def __len__(self):
        return 100

    def __eq__(self, other):
        return "equal"

    def __add__(self, other):
        return "sum"


u = Upper(a="x")
u["B"] = "y"
print(u["a"], u["b"], u["q"], dict(u))  # expect: X Y NONE {'a': 'x', 'b': 'y'}
print(Loud([1]) == 5, Loud() + [1])  # expect: equal sum
