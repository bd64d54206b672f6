# What goes wrong while a pair is taken from an iterator is what is raised, not that the pair is none.
class Failing:
    def __iter__(self):
        return iter(map(self.fail, "ab"))
    def fail(self, x):
        raise KeyError(x)

def attempt(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__

print(attempt(lambda: dict([(1, 2), 3])), attempt(lambda: dict([(1, 2), map(Failing().fail, "ab")])))
# expect: TypeError KeyError
