# A name takes the value; a wildcard takes nothing; the last case may be either.
def first(x):
    match x:
        case [a, _, _]:
            return a
        case other:
            return other


print(first([1, 2, 3]), first((4, 5)), first(None))  # expect: 1 (4, 5) None


def wild(x):
    match x:
        case 1:
            return "one"
        case _:
            return "some"


print(wild(1), wild(2))  # expect: one some
_ = "kept"
match 5:
    case _:
        pass
print(_)  # expect: kept
match 7:
    case n:
        print(n)  # expect: 7
print(n)  # expect: 7
