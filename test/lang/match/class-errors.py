# Too many places are an error; a missing attribute is only no match.
class Pair:
    __match_args__ = ("a", "b")

    def __init__(self, a):
        self.a = a


class Plain:
    pass


def three(x):
    match x:
        case Pair(a, b, c):
            return a, b, c


def one(x):
    match x:
        case Plain(a):
            return a


def whole(x):
    match x:
        case int(a, b):
            return a, b


for function, value in ((three, Pair(1)), (one, Plain()), (whole, 4)):
    print(function(None))
    try:
        function(value)
    except TypeError as e:
        print(e)
# expect: None
# expect: Pair() accepts 2 positional sub-patterns (3 given)
# expect: None
# expect: Plain() accepts 0 positional sub-patterns (1 given)
# expect: None
# expect: int() accepts 1 positional sub-pattern (2 given)
match Pair(1):
    case Pair(a, b):
        print("both")
    case Pair(a):
        print(a)  # expect: 1
