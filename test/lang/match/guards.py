# A guard sees the names of the pattern; when it is false the next case is tried.
def sort(pair):
    match pair:
        case [a, b] if a == b:
            return "equal"
        case [a, b] if (total := a + b) > 10:
            return f"much: {total}"
        case [a, b] if a < b or a > 100:
            return "up"
        case _ if not pair:
            return "nothing"
        case _:
            return "down"


print(sort([2, 2]), sort([9, 2]), sort([1, 2]), sort(""), sort([2, 1]))  # expect: equal much: 11 up nothing down


def after(x):
    match x:
        case [a, 2]:
            pass
        case [b, c] if False:
            pass
    try:
        return a
    except NameError as e:
        return type(e).__name__, b, c


print(after([1, 2]))  # expect: 1
print(after([1, 3]))  # expect: ('UnboundLocalError', 1, 3)
