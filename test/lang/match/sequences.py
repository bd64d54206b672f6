# Lists, tuples and ranges are sequences; texts, bytes, dicts, sets and generators are not.
def look(x):
    match x:
        case []:
            return "empty"
        case [one]:
            return f"one {one}"
        case [1, second]:
            return f"1 and {second}"
        case (a, (b, c)):
            return f"nested {a} {b} {c}"
        case a, b, c:
            return f"three {a} {b} {c}"
        case _:
            return "no"


print(look([]), look(()), look([9]), look((8,)))  # expect: empty empty one 9 one 8
print(look([1, 2]), look([2, (3, 4)]), look([2, 3]))  # expect: 1 and 2 nested 2 3 4 no
print(look(range(3)), look("abc"), look(b"abc"))  # expect: three 0 1 2 no no
print(look({1: 2}), look({1}), look(x for x in [1]))  # expect: no no no
print(look([1, 2, 3, 4]))  # expect: no
