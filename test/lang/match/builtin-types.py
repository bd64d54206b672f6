# Class patterns of built-in types: the one positional pattern is for the value itself.
def look(x):
    match x:
        case bool(b):
            return f"bool {b}"
        case int(0) | float(0):
            return "nothing"
        case int(n) if n > 100:
            return f"large {n}"
        case int():
            return "int"
        case float(f):
            return f"float {f}"
        case str("on" | "off" as state):
            return f"state {state}"
        case str(s) | bytes(s):
            return f"text {s!r}"
        case list([first, *_]) | tuple([first, *_]):
            return f"items from {first}"
        case dict(d):
            return f"dict of {len(d)}"
        case set() | frozenset():
            return "set"
    return "?"


for x in (True, 0, 0.0, 500, 5, 1.5, "on", "x", b"y", [1, 2], (3,), [], {"k": 1}, {1}, frozenset(), None):
    print(look(x), end="; ")
print()
# expect: bool True; nothing; nothing; large 500; int; float 1.5; state on; text 'x'; text b'y'; items from 1; items from 3; ?; dict of 1; set; set; ?; 
