# *args and **kwargs, on both sides of a call.
def f(*args, **kwargs):
    return args, kwargs

print(f(), f(1, 2), f(x=1), f(1, *[2, 3], y=4, **{"z": 5}))

def g(a, b=0, *rest, c, d=4, **more):
    return (a, b, rest, c, d, more)

print(g(1, c=3))
print(g(1, 2, 3, 4, c=5, d=6, e=7))
print(g(*(1, 2), **{"c": 9}))
print(max(*[3, 9, 4]), sum(*[[1, 2]]))
print(f(*"ab", *range(2)))

# expect: ((), {}) ((1, 2), {}) ((), {'x': 1}) ((1, 2, 3), {'y': 4, 'z': 5})
# expect: (1, 0, (), 3, 4, {})
# expect: (1, 2, (3, 4), 5, 6, {'e': 7})
# expect: (1, 2, (), 9, 4, {})
# expect: 9 3
# expect: (('a', 'b', 0, 1), {})
