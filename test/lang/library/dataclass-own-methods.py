from dataclasses import dataclass


@dataclass
class Named:
    name: str

    def __repr__(self):
        return f"<{self.name}>"

    def __eq__(self, other):
        return True


@dataclass
class Empty:
    pass


print(Named("a"), Named("a") == Named("b"), Empty(), Empty() == Empty())  # expect: <a> True Empty() True


def local():
    @dataclass
    class Inner:
        x: int = 1
    return Inner()


print(local().x)  # expect: 1
