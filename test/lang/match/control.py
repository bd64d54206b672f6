# Cases in loops, functions, classes and try: they may break, continue, return and bind.
def walk(commands):
    position = 0
    for command in commands:
        match command.split():
            case ["skip"]:
                continue
            case ["stop"]:
                break
            case ["move", amount]:
                position += int(amount)
            case ["fail"]:
                try:
                    match position:
                        case 0:
                            raise ValueError("at the start")
                        case _:
                            return position
                finally:
                    print("left at", position)
            case [unknown, *_]:
                print("what is", unknown)
    return position


print(walk(["move 3", "skip", "move 4", "stop", "move 100"]))  # expect: 7
print(walk(["fly high", "move 1", "fail", "move 1"]))
# expect: what is fly
# expect: left at 1
# expect: 1
try:
    walk(["fail"])
except ValueError as e:
    print(e)
# expect: left at 0
# expect: at the start


class Mode:
    match walk([]):
        case 0:
            start = "zero"

    def __init__(self, x):
        match x:
            case int():
                self.number = x
            case _:
                self.text = str(x)


print(Mode.start, Mode(1).number, Mode([]).text)  # expect: zero 1 []
