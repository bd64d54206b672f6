# close: of generators that have not begun, are over, clean up, refuse.
def plain():
    yield 1

g = plain()
g.close()
g.close()
print(list(g), next(g, "over"))
def cleans():
    try:
        while True:
            try:
                yield 1
            finally:
                print("inner")
    finally:
        print("outer")
g = cleans()
next(g)
g.close()
try:
    next(g)
except StopIteration:
    print("stopped")
def refuses():
    try:
        yield 1
    finally:
        yield 2
def swallows():
    try:
        yield 1
    except GeneratorExit:
        print("swallowed")
def raises():
    try:
        yield 1
    finally:
        raise KeyError("fin")
for make in (refuses, swallows, raises):
    g = make()
    next(g)
    try:
        g.close()
        print("closed")
    except (RuntimeError, KeyError) as e:
        print(repr(e))

# expect: [] over
# expect: inner
# expect: outer
# expect: stopped
# expect: RuntimeError('generator ignored GeneratorExit')
# expect: swallowed
# expect: closed
# expect: KeyError('fin')
