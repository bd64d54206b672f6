# Generators that run, close or fail themselves.
def attempt(f):
    try:
        return f()
    except BaseException as e:
        return type(e).__name__

def running():
    yield next(me)
me = running()
print(attempt(lambda: next(me)), attempt(lambda: next(me)))

def closing():
    yield attempt(lambda: me.close())
me = closing()
print(next(me))

def stubborn():
    for i in range(2):
        try:
            yield 1
        except GeneratorExit:
            pass
me = stubborn()
next(me)
print(attempt(me.close))
list(me)

def stops():
    yield 1
    raise StopIteration
print(attempt(lambda: list(stops())))

def endless():
    yield from endless()
print(attempt(lambda: list(endless())) in ("RecursionError", "MemoryError"))
# expect: ValueError StopIteration
# expect: ValueError
# expect: RuntimeError
# expect: RuntimeError
# expect: True
