# Cells are shared between functions and live on after them.
def counter():
    n = 0
    def up(by=1):
        nonlocal n
        n += by
        return n
    def get():
        return n
    return up, get

up, get = counter()
up(); up(5)
print(get(), counter()[1]())

adders = []
for i in range(3):
    adders.append(lambda x: x + i)
print([a(10) for a in adders])
adders = [lambda x, i=i: x + i for i in range(3)]
print([a(10) for a in adders])

def outer(x):
    def middle():
        def inner():
            return x * 2
        return inner
    return middle()

print(outer(21)())

def late():
    def use():
        return value
    value = 7
    return use()

print(late())

# expect: 6 0
# expect: [12, 12, 12]
# expect: [10, 11, 12]
# expect: 42
# expect: 7
