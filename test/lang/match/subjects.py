# The subject may be a tuple without parentheses, a star, a named expression; it is computed once.
def announce(x):
    print("computed", x)
    return x


match announce(1), announce(2):
    case 1, 3:
        print("no")
    case 1, x:
        print(x)
# expect: computed 1
# expect: computed 2
# expect: 2
items = [1, 2]
match *items, 3:
    case (1, 2, 3):
        print("spread")  # expect: spread
match (n := 10 // 3):
    case 3:
        print(n)  # expect: 3
match items,:
    case [[a, b]]:
        print(a, b)  # expect: 1 2
match -n:
    case -3:
        print("minus three")  # expect: minus three
