# Defaults are evaluated once; keywords reach any parameter.
def f(a, b=2, c=3):
    return (a, b, c)

print(f(1), f(1, 20), f(1, c=30), f(c=3, b=2, a=1))

def grow(x, items=[]):
    items.append(x)
    return items

print(grow(1), grow(2))

def make(n):
    def g(x=n, *, k=n * 2):
        return x + k
    return g

print(make(1)(), make(2)(10), make(3)(k=0))

# expect: (1, 2, 3) (1, 20, 3) (1, 2, 30) (1, 2, 3)
# expect: [1, 2] [1, 2]
# expect: 3 14 3
