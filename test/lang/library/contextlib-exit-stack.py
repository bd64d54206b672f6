from contextlib import ExitStack, suppress


class Step:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind and kind.__name__)


with ExitStack() as stack:
    names = [stack.enter_context(Step(name)) for name in "ab"]
    stack.callback(print, "callback", 1)
    print(names)
with ExitStack() as stack:
    stack.enter_context(suppress(ValueError))
    stack.enter_context(Step("c"))
    raise ValueError("swallowed")
print("after")
with ExitStack() as stack:
    stack.enter_context(Step("d"))
    kept = stack.pop_all()
print("kept")
kept.close()
# expect: enter a
# expect: enter b
# expect: ['a', 'b']
# expect: callback 1
# expect: exit b None
# expect: exit a None
# expect: enter c
# expect: exit c ValueError
# expect: after
# expect: enter d
# expect: kept
# expect: exit d None
