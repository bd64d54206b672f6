def f(a, b=2, *, c=3):
    return a, b, c


def g(x, /, y=(1, 2), z="s"):
    return x, y, z


def down(n=3):
    return [n] + down(n - 1) if n else []


def numbers(first=1):
    yield first
    yield first + 1


print(f(1), f(1, c=9), f(b=5, a=4), f(1, 2, c=4))  # expect: (1, 2, 3) (1, 2, 9) (4, 5, 3) (1, 2, 4)
print(g(1), g(1, z=3), g(1, 2, 3))  # expect: (1, (1, 2), 's') (1, (1, 2), 3) (1, 2, 3)
print(down(), down(2), list(numbers()), list(numbers(5)))  # expect: [3, 2, 1] [2, 1] [1, 2] [5, 6]
