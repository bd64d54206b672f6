from enum import Enum, unique


class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius


class State(str, Enum):
    ON = "on"
    OFF = "off"


class Base(Enum):
    def hello(self):
        return "hello " + self.name


class Word(Base):
    A = "a"



print(Planet.MARS.mass, Planet.EARTH.radius, Planet((0.64, 3.39)), State.ON == "on", State("off"), [s.value for s in State], Word.A.hello())  # expect: 0.64 6.37 Planet.MARS True State.OFF ['on', 'off'] hello A
try:
    @unique
    class Bad(Enum):
        A = 1
        B = 1
except ValueError as error:
    print(error)  # expect: duplicate values found in <enum 'Bad'>: B -> A
