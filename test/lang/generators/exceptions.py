# Exceptions go out of and through generators; a running one cannot be entered again.
def bad():
    yield 1
    raise ValueError("inside")

g = bad()
print(next(g))
try:
    next(g)
except ValueError as e:
    print(e)
print(next(g, "finished"))

def guarded():
    try:
        yield 1
        yield 2
    finally:
        print("cleanup")

for x in guarded():
    print(x)
g = guarded()
next(g)
g.close()
print(next(g, "closed"))

def stops():
    yield 1
    raise StopIteration

try:
    list(stops())
except RuntimeError as e:
    print(e)

def itself():
    yield next(me)

me = itself()
try:
    next(me)
except ValueError as e:
    print(e)

def handled():
    for i in range(3):
        try:
            if i == 1:
                raise KeyError(i)
            yield i
        except KeyError as e:
            yield "caught"

print(list(handled()))

def ignores():
    while True:
        try:
            yield 1
        except GeneratorExit:
            yield 2

g = ignores()
next(g)
try:
    g.close()
except RuntimeError as e:
    print(e)

# expect: 1
# expect: inside
# expect: finished
# expect: 1
# expect: 2
# expect: cleanup
# expect: cleanup
# expect: closed
# expect: generator raised StopIteration
# expect: generator already executing
# expect: [0, 'caught', 2]
# expect: generator ignored GeneratorExit
