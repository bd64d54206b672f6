from functools import cache, lru_cache

calls = []


@lru_cache(maxsize=2)
def square(x):
    calls.append(x)
    return x * x


print(square(2), square(3), square(2), square(4), square(3), calls)  # expect: 4 9 4 16 9 [2, 3, 4, 3]
print(square.cache_info())  # expect: CacheInfo(hits=1, misses=4, maxsize=2, currsize=2)
square.cache_clear()
print(square.cache_info(), square.__wrapped__(5))  # expect: CacheInfo(hits=0, misses=0, maxsize=2, currsize=0) 25


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(50), fib.cache_info())  # expect: 12586269025 CacheInfo(hits=48, misses=51, maxsize=None, currsize=51)


@lru_cache
def add(a, b=1):
    return a + b


print(add(1), add(1, b=2), add(1), add.cache_info().hits)  # expect: 2 3 2 1
