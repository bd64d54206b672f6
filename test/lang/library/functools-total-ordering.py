from functools import total_ordering


@total_ordering
class Less:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


@total_ordering
class AtLeast:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __ge__(self, other):
        return self.n >= other.n


for kind in (Less, AtLeast):
    a, b, c = kind(1), kind(2), kind(2)
    print(a < b, a <= b, a > b, a >= b, b <= c, b >= c, b < c, b > c)
print(max(Less(1), Less(3)).n, sorted([AtLeast(3), AtLeast(1)])[0].n)
try:
    @total_ordering
    class Nothing:
        pass
except ValueError as error:
    print(error)
# expect: True True False False True True False False
# expect: True True False False True True False False
# expect: 3 1
# expect: must define at least one ordering operation: < > <= >=
