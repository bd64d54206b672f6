from enum import Flag, IntFlag, auto


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


rw = Perm.R | Perm.W
print(rw, repr(Perm.R | Perm.X), Perm.R in rw, Perm.X in rw, bool(rw & Perm.X), ~Perm.R, list(rw), rw is Perm.RW)  # expect: Perm.RW <Perm.R|X: 5> True False False Perm.W|X [<Perm.R: 1>, <Perm.W: 2>] True
print(Perm(0), rw ^ Perm.R, Perm(3) is rw, [p.name for p in Perm], len(Perm), Perm.R | Perm.X == Perm(5))  # expect: Perm(0) Perm.W True ['R', 'W', 'X'] 3 True


class Bits(IntFlag):
    A = 1
    B = 2


print(Bits.A | Bits.B == 3, int(Bits.A | Bits.B), Bits(3) == 3, Bits.A & 1 == 1)  # expect: True 3 True True
try:
    Perm(99)
except ValueError:
    print("not a valid Perm")  # expect: not a valid Perm
