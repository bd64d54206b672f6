# Dotted names are values to compare with.
class Color:
    RED = 1
    GREEN = "green"
    class Deep:
        NONE = None


def look(x):
    match x:
        case Color.RED:
            return "red"
        case Color.GREEN:
            return "green"
        case Color.Deep.NONE:
            return "none"
        case {Color.GREEN: value}:
            return value
    return "?"


print(look(1), look(1.0), look("green"), look(None), look({"green": 7}), look({}))  # expect: red red green none 7 ?


class Whole:
    def __eq__(self, other):
        return other == "everything" or NotImplemented


match Whole():
    case "nothing":
        print("nothing")
    case "everything":
        print("matched by __eq__")  # expect: matched by __eq__
