from enum import Enum


class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1

    def nice(self):
        return self.name.lower()


print(Color.RED, repr(Color.GREEN), Color.GREEN.value, Color.RED.name, Color(2), Color["GREEN"], Color.CRIMSON is Color.RED)
print(list(Color), len(Color), Color.RED in Color, Color.RED == Color.RED, Color.RED == 1, Color.RED != Color.GREEN, Color.RED.nice())
print([c.name for c in Color], {Color.RED: "r"}[Color.RED], isinstance(Color.RED, Color), type(Color.RED).__name__, f"{Color.RED}")
print(Color.__members__)
for action in [lambda: Color(9), lambda: Color["X"]]:
    try:
        action()
    except (ValueError, KeyError) as error:
        print(error)
# expect: Color.RED <Color.GREEN: 2> 2 RED Color.GREEN Color.GREEN True
# expect: [<Color.RED: 1>, <Color.GREEN: 2>] 2 True True False True red
# expect: ['RED', 'GREEN'] r True Color Color.RED
# expect: {'RED': <Color.RED: 1>, 'GREEN': <Color.GREEN: 2>, 'CRIMSON': <Color.RED: 1>}
# expect: 9 is not a valid Color
# expect: 'X'
