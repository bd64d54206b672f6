# not on CPython: it goes thousands of levels into what nests; here 32 are the end, which a board's stack has room for
def nested(make, times):
    x = make(0)
    for _ in range(times):
        x = make(x)
    return x

def attempt(f, make):
    answers = []
    for times in (20, 300):
        try:
            f(nested(make, times))
            answers.append("ok")
        except Exception as e:
            answers.append(type(e).__name__)
    return answers

print(attempt(repr, lambda x: [x]), attempt(str, lambda x: (x,)), attempt(repr, lambda x: {1: x}), attempt(repr, slice))
print(attempt(hash, lambda x: (x,)), attempt(lambda x: {x}, lambda x: frozenset([x])))
print(attempt(repr, ValueError), attempt(str, KeyError), attempt(str, ValueError))
print(attempt(list, lambda x: zip(x or [1])), attempt(list, lambda x: enumerate(x or [1])))
print(attempt(lambda x: x == nested(lambda y: [y], 300), lambda x: [x]), attempt(lambda x: x < (nested(lambda y: (y,), 300),), lambda x: (x or (),)))
print(attempt(lambda x: x == nested(lambda y: {1: y}, 20), lambda x: {1: x}))
# expect: ['ok', 'RecursionError'] ['ok', 'RecursionError'] ['ok', 'RecursionError'] ['ok', 'RecursionError']
# expect: ['ok', 'RecursionError'] ['ok', 'RecursionError']
# expect: ['ok', 'RecursionError'] ['ok', 'RecursionError'] ['ok', 'RecursionError']
# expect: ['ok', 'RecursionError'] ['ok', 'RecursionError']
# expect: ['ok', 'RecursionError'] ['ok', 'RecursionError']
# expect: ['ok', 'ok']
