from dataclasses import InitVar, dataclass, field


@dataclass
class Circle:
    radius: float
    scale: InitVar[float] = 1
    area: float = field(init=False)

    def __post_init__(self, scale):
        self.area = 3 * self.radius ** 2 * scale


print(Circle(2), Circle(2, 10).area)  # expect: Circle(radius=2, area=12) 120


@dataclass
class Checked:
    n: int

    def __post_init__(self):
        if self.n < 0:
            raise ValueError("n must not be negative")


try:
    Checked(-1)
except ValueError as error:
    print(error, Checked(1))  # expect: n must not be negative Checked(n=1)
