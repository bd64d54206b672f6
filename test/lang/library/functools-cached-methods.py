from functools import cache, lru_cache


class Table:
    def __init__(self, rate):
        self.rate = rate
        self.looked = 0

    @lru_cache(maxsize=None)
    def price(self, n):
        self.looked += 1
        return n * self.rate

    @cache
    def name(self):
        self.looked += 1
        return "table"


a, b = Table(2), Table(3)
print(a.price(5), a.price(5), b.price(5), a.name(), a.name(), a.looked, b.looked)  # expect: 10 10 15 table table 2 1
