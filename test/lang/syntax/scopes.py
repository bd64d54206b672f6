# Names: global, nonlocal, built-ins that are shadowed, module level loops and comprehensions.
total = 0


def bump():
    global total
    total += 1
    return total


bump()
bump()
print(total)  # expect: 2
CONSTANT = 10
TUPLE = (1, 2, CONSTANT)
NAME = "n" + "m"
print(CONSTANT * 2, TUPLE, NAME, TUPLE is TUPLE)  # expect: 20 (1, 2, 10) nm True


def uses():
    return CONSTANT + TUPLE[2]


print(uses())  # expect: 20
CHANGED = 1


def reads_changed():
    return CHANGED


print(reads_changed())  # expect: 1
CHANGED = 2
print(reads_changed())  # expect: 2
max_ = max


def max(a, b):
    return "mine"


print(max(1, 2), max_(1, 2))  # expect: mine 2
try:
    print(undefined_until_later)
except NameError as error:
    print(error)  # expect: name 'undefined_until_later' is not defined
undefined_until_later = 1
print(undefined_until_later)  # expect: 1
if total:
    min = lambda *a: "mine too"
print(min(1, 2))  # expect: mine too
list_of = [i for i in range(3)]
for i in range(2):
    square = i * i
print(i, square, list_of)  # expect: 1 1 [0, 1, 2]


def shadow(total):
    def inner():
        return total
    total += 1
    return inner


print(shadow(5)(), total)  # expect: 6 2


def conditional(flag):
    if flag:
        def chosen():
            return "first"
    else:
        def chosen():
            return "second"
    return chosen()


print(conditional(True), conditional(False))  # expect: first second


def free_unbound():
    def inner():
        return value
    try:
        return inner()
    except NameError as error:
        text = str(error)
    value = 1
    return text, inner()


print(free_unbound())  # expect: ("cannot access free variable 'value' where it is not associated with a value in enclosing scope", 1)


def deleted():
    value = 1

    def inner():
        return value
    del value
    try:
        return inner()
    except NameError as error:
        return str(error)


print(deleted())  # expect: cannot access free variable 'value' where it is not associated with a value in enclosing scope


def use_before():
    return defined_after()


def defined_after():
    return "after"


print(use_before())  # expect: after
x = 1


def assigned_later():
    try:
        return x
    except UnboundLocalError as error:
        return str(error)
    x = 2


print(assigned_later())  # expect: cannot access local variable 'x' where it is not associated with a value
print(__name__)  # expect: __main__
if __name__ == "__main__":
    print("script")
else:
    print("module")  # expect: script
