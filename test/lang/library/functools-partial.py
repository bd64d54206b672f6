from functools import partial


def scale(x, factor, offset=0):
    return x * factor + offset


double = partial(scale, factor=2)
print(double(4), double(4, offset=1), partial(scale, 3)(5), partial(partial(scale, 3), 4, offset=2)())  # expect: 8 9 15 14
print(list(map(partial(pow, 2), range(5))), partial(int, base=2)("101"))  # expect: [1, 2, 4, 8, 16] 5
print(double.keywords, double.args, double.func is scale, partial(print, 1, sep="-").args)  # expect: {'factor': 2} () True (1,)
