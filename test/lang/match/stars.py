# A star takes what is left, as a list.
def look(x):
    match x:
        case [first, *rest] if rest == []:
            return "single", first
        case [1, *middle, 9]:
            return "framed", middle
        case [*init, "end"]:
            return "ended", init
        case [a, b, *_]:
            return "long", a, b
        case [*everything]:
            return "all", everything


print(look([5]))  # expect: ('single', 5)
print(look([1, 9]))  # expect: ('framed', [])
print(look((1, 2, 3, 9)))  # expect: ('framed', [2, 3])
print(look(["x", "end"]))  # expect: ('ended', ['x'])
print(look(range(7)))  # expect: ('long', 0, 1)
print(look(()))  # expect: ('all', [])
