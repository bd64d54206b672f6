# Texts of exceptions: their own, their base's, with instances among the arguments.
class E(Exception):
    def __init__(self, code, message="m"):
        super().__init__(message)
        self.code = code
    def __str__(self):
        return f"{self.code}:{super().__str__()}"
class K(KeyError):
    def __str__(self):
        return "K" + super().__str__()
class G(Exception):
    def __repr__(self):
        return "G!"
class R:
    def __repr__(self):
        return "R"

e = E(5)
print(e, repr(e), f"{e}", "%s" % e, "{}".format(e), [e], Exception.__str__(e))
print(K("a"), K(1, 2), K())
print(G("x"), repr(G("x")), [G()], f"{G(1)!r} {G(1)}")
print(str(ValueError(R())), str(KeyError(R())), str(ValueError(R(), 1)), f"{ValueError(R())}", repr(ValueError(R(), 2)))

# expect: 5:m E('m') 5:m 5:m 5:m [E('m')] m
# expect: K'a' K(1, 2) K
# expect: x G! [G!] G! 1
# expect: R R (R, 1) R ValueError(R, 2)
