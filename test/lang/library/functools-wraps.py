from functools import wraps


def logged(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        result = function(*args, **kwargs)
        print("called with", args, kwargs, "->", result)
        return result
    return wrapper


@logged
def add(a, b=0):
    return a + b


print(add(1, b=2))
# expect: called with (1,) {'b': 2} -> 3
# expect: 3
