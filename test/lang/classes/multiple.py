# The method resolution order of several bases is C3's.
class Base:
    def who(self):
        return ["Base"]

class Left(Base):
    def who(self):
        return ["Left"] + super().who()

class Right(Base):
    def who(self):
        return ["Right"] + super().who()

class Both(Left, Right):
    def who(self):
        return ["Both"] + super().who()

print(Both().who())

class Mixin:
    def describe(self):
        return "I am " + self.name

class Named(Mixin, Base):
    def __init__(self, name):
        self.name = name

print(Named("x").describe(), Named("y").who())
try:
    class Wrong(Base, Both):
        pass
except TypeError:
    print("no order")

# expect: ['Both', 'Left', 'Right', 'Base']
# expect: I am x ['Base']
# expect: no order
