# Methods that call themselves without end.
class Endless:
    def __repr__(self): return repr(self)
    def __bool__(self): return bool(self)
    def __add__(self, other): return self + other
    def __format__(self, spec): return format(self, spec)
    def __call__(self): return self()
    def __getitem__(self, i): return self[i]
    def __getattr__(self, name): return getattr(self, name + "x")
    def __contains__(self, x): return x in self
    def __iter__(self): return iter(self)
    def __lt__(self, other): return sorted([self, other])

e = Endless()
for f in [lambda: repr(e), lambda: not e, lambda: e + 1, lambda: f"{e}", lambda: e(), lambda: e[0], lambda: e.a, lambda: 1 in e, lambda: list(e), lambda: sorted([e, e])]:
    try:
        f()
    except (RecursionError, MemoryError):
        print("ended", end=" ")
print()
# expect: ended ended ended ended ended ended ended ended ended ended 
