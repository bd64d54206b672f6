# Alternatives are tried in order and bind the same names.
def look(x):
    match x:
        case ["go", ("north" | "south") as way] | ["go", way, "slowly"]:
            return f"go {way}"
        case [a, [b]] | {"a": a, "b": b} | (b, a):
            return f"a={a} b={b}"
        case (1 | 2 | 3) | (4 | 5):
            return "small"
        case ("x" | "y") as letter:
            return letter


print(look(["go", "north"]), look(["go", "home", "slowly"]))  # expect: go north go home
print(look([1, [2]]), look({"a": 3, "b": 4}), look((5, 6)))  # expect: a=1 b=2 a=3 b=4 a=6 b=5
print(look(3), look(5), look(6), look("y"))  # expect: small small None y
