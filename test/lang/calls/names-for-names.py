import math

root = math.sqrt
double = lambda x: x * 2
again = double
text = str


class Base:
    kind = "base"


Alias = Base


class Derived(Alias):
    pass


print(root(16), again(4), text(5) + "!", Derived().kind, Alias is Base)  # expect: 4.0 8 5! base True
