# A decorator that only its line names is kept, at the top level and in a block that is decided before.
if True:
    def twice(f):
        return lambda x: f(f(x))
    def named(cls):
        cls.name = "n"
        return cls
    @twice
    def add3(x):
        return x + 3
    @named
    class Plain:
        pass
    print(add3(1), Plain.name)

def tagged(tag):
    return lambda f: (tag, f())

@tagged("a")
def value():
    return 5
print(value)
# expect: 7 n
# expect: ('a', 5)
