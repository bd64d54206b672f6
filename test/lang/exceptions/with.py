# with calls __enter__ and __exit__, which may swallow the exception.
class Ctx:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow
    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()
    def __exit__(self, kind, e, tb):
        print("exit", self.name, None if kind is None else kind.__name__, e)
        return self.swallow

with Ctx("a") as x:
    print("body", x)
with Ctx("b", True):
    raise ValueError("gone")
try:
    with Ctx("c"), Ctx("d") as d:
        raise KeyError("stays")
except KeyError as e:
    print("out", e)

def f():
    with Ctx("r"):
        return "returned"

print(f())
for i in range(2):
    with Ctx("l"):
        if i == 0:
            continue
        break

# expect: enter a
# expect: body A
# expect: exit a None None
# expect: enter b
# expect: exit b ValueError gone
# expect: enter c
# expect: enter d
# expect: exit d KeyError 'stays'
# expect: exit c KeyError 'stays'
# expect: out 'stays'
# expect: enter r
# expect: exit r None None
# expect: returned
# expect: enter l
# expect: exit l None None
# expect: enter l
# expect: exit l None None
