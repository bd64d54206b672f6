# What a wrong call says.
def f(a, b, c=0):
    pass

def k(a, *, b, c):
    pass

def p(a, /, b):
    pass

class C:
    def __init__(self, x):
        self.x = x
    def m(self, y):
        return y

def message(call):
    try:
        call()
    except TypeError as e:
        return str(e)

for call in (lambda: f(), lambda: f(1), lambda: f(1, 2, 3, 4), lambda: f(1, 2, d=5), lambda: f(1, 2, a=1),
             lambda: k(1), lambda: k(1, b=2), lambda: k(1, 2, b=2, c=3), lambda: C(), lambda: C(1, 2),
             lambda: C(1).m(), lambda: C(1).m(1, 2), lambda: C(1).m(z=1), lambda: len(), lambda: len(1, 2), lambda: [].append(),
             lambda: "".join(), lambda: 5(), lambda: None()):
    print(message(call))

# expect: f() missing 2 required positional arguments: 'a' and 'b'
# expect: f() missing 1 required positional argument: 'b'
# expect: f() takes from 2 to 3 positional arguments but 4 were given
# expect: f() got an unexpected keyword argument 'd'
# expect: f() got multiple values for argument 'a'
# expect: k() missing 2 required keyword-only arguments: 'b' and 'c'
# expect: k() missing 1 required keyword-only argument: 'c'
# expect: k() takes 1 positional argument but 2 positional arguments (and 2 keyword-only arguments) were given
# expect: C.__init__() missing 1 required positional argument: 'x'
# expect: C.__init__() takes 2 positional arguments but 3 were given
# expect: C.m() missing 1 required positional argument: 'y'
# expect: C.m() takes 2 positional arguments but 3 were given
# expect: C.m() got an unexpected keyword argument 'z'
# expect: len() takes exactly one argument (0 given)
# expect: len() takes exactly one argument (2 given)
# expect: list.append() takes exactly one argument (0 given)
# expect: str.join() takes exactly one argument (0 given)
# expect: 'int' object is not callable
# expect: 'NoneType' object is not callable
