# Parameters of every kind, calls of every kind, closures, lambdas, decorators.
def plain(a, b):
    return a, b


def defaults(a, b=2, c="x"):
    return a, b, c


def only(a, /, b, *, c, d=4):
    return a, b, c, d


def collect(first, *args, key=None, **kwargs):
    return first, args, key, kwargs


print(plain(1, 2), plain(a=1, b=2), plain(1, b=2), plain(b=1, a=2))  # expect: (1, 2) (1, 2) (1, 2) (2, 1)
print(defaults(1), defaults(1, 3), defaults(1, c=3), defaults(c=1, a=2))  # expect: (1, 2, 'x') (1, 3, 'x') (1, 2, 3) (2, 2, 1)
print(only(1, 2, c=3), only(1, b=2, c=3, d=5))  # expect: (1, 2, 3, 4) (1, 2, 3, 5)
print(collect(1), collect(1, 2, 3), collect(1, key=2), collect(1, 2, x=3, y=4, key=5))
# expect: (1, (), None, {}) (1, (2, 3), None, {}) (1, (), 2, {}) (1, (2,), 5, {'x': 3, 'y': 4})
args = [1, 2]
options = {"c": 5}
print(plain(*args), plain(*[3], *(4,)), defaults(*args, **options), defaults(0, *[1], c=2))  # expect: (1, 2) (3, 4) (1, 2, 5) (0, 1, 2)
print(collect(*range(3), **{"a": 1}, b=2), only(*args, **{"c": 3, "d": 9}))  # expect: (0, (1, 2), None, {'a': 1, 'b': 2}) (1, 2, 3, 9)
print(defaults(*"ab"), (lambda *a, **k: (a, k))(1, *args, z=3, **options))  # expect: ('a', 'b', 'x') ((1, 1, 2), {'z': 3, 'c': 5})
for call in (lambda: plain(1), lambda: plain(1, 2, 3), lambda: plain(1, c=2), lambda: only(1, 2, 3), lambda: plain(1, a=1), lambda: only(1, 2)):
    try:
        call()
    except TypeError as error:
        print("TypeError:", error)
# expect: TypeError: plain() missing 1 required positional argument: 'b'
# expect: TypeError: plain() takes 2 positional arguments but 3 were given
# expect: TypeError: plain() got an unexpected keyword argument 'c'
# expect: TypeError: only() takes 2 positional arguments but 3 were given
# expect: TypeError: plain() got multiple values for argument 'a'
# expect: TypeError: only() missing 1 required keyword-only argument: 'c'


def counter(start=0):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    def peek():
        return count

    return step, peek


step, peek = counter(10)
other, _ = counter()
print(step(), step(5), peek(), other(), peek())  # expect: 11 16 16 1 16


def adders():
    return [lambda x, n=n: x + n for n in range(3)], [lambda x: x + n for n in range(3)]


early, late = adders()
print([add(10) for add in early], [add(10) for add in late])  # expect: [10, 11, 12] [12, 12, 12]


def outer():
    a = 1

    def middle():
        b = 2

        def inner():
            nonlocal a
            a += b
            return a

        b = 5
        return inner

    inner = middle()
    return inner(), inner(), a


print(outer())  # expect: (6, 11, 11)


def mutable(item, into=[]):
    into.append(item)
    return into


print(mutable(1), mutable(2), mutable(3, []))  # expect: [1, 2] [1, 2] [3]


def twice(function):
    def wrapper(*args, **kwargs):
        return function(function(*args, **kwargs))
    return wrapper


def add(n):
    def decorate(function):
        return lambda x: function(x) + n
    return decorate


@twice
@add(100)
def increment(x):
    return x + 1


print(increment(1))  # expect: 203


def recursive(n):
    return 1 if n <= 1 else n * recursive(n - 1)


print(recursive(25))  # expect: 15511210043330985984000000


def nothing():
    pass


def early_return(x):
    if x:
        return
    return "end"


print(nothing(), early_return(1), early_return(0))  # expect: None None end
value = 1


def change():
    global value, fresh
    value += 1
    fresh = "new"


change()
print(value, fresh)  # expect: 2 new
del fresh
try:
    fresh
except NameError as error:
    print(error)  # expect: name 'fresh' is not defined


def shadows(len):
    return len + 1


print(shadows(1), len("abc"), (lambda: 5)(), (lambda x, y=2: x * y)(4))  # expect: 2 3 5 8
x = 10


def reads_later():
    return later


later = "bound after the function"
print(reads_later())  # expect: bound after the function


def annotated(a: int, b: "text" = 3, *args: str, **kw: float) -> list[int]:
    c: int = a + b
    return c


print(annotated(1))  # expect: 4


def many(a, b, c, d, e, f, g, h, i, j):
    return a + b + c + d + e + f + g + h + i + j


print(many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), many(*range(10)), many(j=1, i=2, h=3, g=4, f=5, e=6, d=7, c=8, b=9, a=10))  # expect: 55 45 55
print(max(3, 1, 2), min([4, 2]), sorted([3, 1, 2], reverse=True), int("ff", base=16), round(2.567, ndigits=1))
# expect: 3 2 [3, 2, 1] 255 2.6
