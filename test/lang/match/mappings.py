# A mapping has at least the keys of the pattern; `**rest` takes the others.
def look(event):
    match event:
        case {"type": "move", "to": [x, y]}:
            return f"move {x} {y}"
        case {"type": "say", "text": str(text), **rest}:
            return f"say {text} {rest}"
        case {"type": kind}:
            return f"unknown {kind}"
        case {1: "one", -2: value}:
            return f"numbers {value}"
        case {}:
            return "a mapping"
        case _:
            return "no mapping"


print(look({"type": "move", "to": (3, 4), "at": 5}))  # expect: move 3 4
print(look({"type": "say", "text": "hi", "loud": True}))  # expect: say hi {'loud': True}
print(look({"type": "say", "text": 1}))  # expect: unknown say
print(look({1: "one", -2: [0]}), look({}), look([]))  # expect: numbers [0] a mapping no mapping
event = {"a": 1, "b": 2, "c": 3}
match event:
    case {"b": b, **others}:
        others["d"] = b
        print(others, event)  # expect: {'a': 1, 'c': 3, 'd': 2} {'a': 1, 'b': 2, 'c': 3}
