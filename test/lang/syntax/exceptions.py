# try, except, else, finally, raise, with; every way out of a block.
def divide(a, b):
    out = []
    try:
        out.append("try")
        result = a / b
    except ZeroDivisionError as error:
        out.append(str(error))
        result = None
    except (TypeError, ValueError):
        out.append("type")
        result = -1
    else:
        out.append("else")
    finally:
        out.append("finally")
    return out, result


print(divide(1, 2), divide(1, 0), divide(1, "x"))
# expect: (['try', 'else', 'finally'], 0.5) (['try', 'division by zero', 'finally'], None) (['try', 'type', 'finally'], -1)


def leave(how):
    log = []
    for i in range(3):
        try:
            if how == "break":
                break
            if how == "continue":
                continue
            if how == "return":
                return log
            if how == "raise":
                raise ValueError(i)
            log.append("body")
        except ValueError as e:
            log.append(e.args[0])
        finally:
            log.append("f")
    else:
        log.append("else")
    return log


for how in ("break", "continue", "return", "raise", ""):
    print(how, leave(how))
# expect: break ['f']
# expect: continue ['f', 'f', 'f', 'else']
# expect: return ['f']
# expect: raise [0, 'f', 1, 'f', 2, 'f', 'else']
# expect:  ['body', 'f', 'body', 'f', 'body', 'f', 'else']


def overrides():
    try:
        return "try"
    finally:
        return "finally"


def keeps():
    x = 1
    try:
        return x
    finally:
        x = 2


def swallows():
    while True:
        try:
            raise ValueError
        finally:
            break
    return "swallowed"


print(overrides(), keeps(), swallows())  # expect: finally 1 swallowed


def nested(n):
    log = []
    try:
        try:
            if n == 0:
                raise KeyError("inner")
            if n == 1:
                raise IndexError("outer")
            if n == 2:
                return log
        except KeyError as e:
            log.append(repr(e))
            raise ValueError("from handler") from e
        finally:
            log.append("inner finally")
    except (ValueError, IndexError) as e:
        log.append(str(e))
        log.append(e.__cause__ is not None if isinstance(e, ValueError) else "-")
    finally:
        log.append("outer finally")
    return log


print(nested(0), nested(1), nested(2), nested(3))
# expect: ["KeyError('inner')", 'inner finally', 'from handler', True, 'outer finally'] ['inner finally', 'outer', '-', 'outer finally'] ['inner finally', 'outer finally'] ['inner finally', 'outer finally']


def again():
    try:
        try:
            raise ValueError("once")
        except ValueError:
            raise
    except ValueError as error:
        return "again " + str(error)


print(again())  # expect: again once


class Problem(Exception):
    def __init__(self, code, text="none"):
        super().__init__(code, text)
        self.code = code


class Worse(Problem):
    pass


try:
    raise Worse(3, "bad")
except Problem as problem:
    print(problem.code, problem.args, type(problem) is Worse)  # expect: 3 (3, 'bad') True
try:
    problem
except NameError as error:
    print(error)  # expect: name 'problem' is not defined
try:
    raise Problem
except TypeError as error:
    print("class without arguments:", error)
# expect: class without arguments: Problem.__init__() missing 1 required positional argument: 'code'
try:
    raise 3
except TypeError as error:
    print(error)  # expect: exceptions must derive from BaseException
try:
    assert 1 == 1
    assert 1 == 2, "not " + "equal"
except AssertionError as error:
    print(repr(error))  # expect: AssertionError('not equal')
try:
    assert False
except AssertionError as error:
    print(repr(error))  # expect: AssertionError()


class Manager:
    def __init__(self, log, swallow=False):
        self.log = log
        self.swallow = swallow

    def __enter__(self):
        self.log.append("enter")
        return self

    def __exit__(self, kind, value, traceback):
        self.log.append("exit " + (kind.__name__ if kind else "none"))
        return self.swallow


def manage(how):
    log = []
    for i in range(2):
        with Manager(log) as a, Manager(log, how == "swallow") as b:
            if how == "return":
                return log
            if how == "break":
                break
            if how == "continue":
                continue
            if how in ("swallow", "raise"):
                raise ValueError("in with")
            log.append(a is not b)
    return log


for how in ("", "return", "break", "continue", "swallow"):
    print(how, manage(how))
# expect:  ['enter', 'enter', True, 'exit none', 'exit none', 'enter', 'enter', True, 'exit none', 'exit none']
# expect: return ['enter', 'enter', 'exit none', 'exit none']
# expect: break ['enter', 'enter', 'exit none', 'exit none']
# expect: continue ['enter', 'enter', 'exit none', 'exit none', 'enter', 'enter', 'exit none', 'exit none']
# expect: swallow ['enter', 'enter', 'exit ValueError', 'exit none', 'enter', 'enter', 'exit ValueError', 'exit none']
try:
    manage("raise")
except ValueError as error:
    print("through", error)  # expect: through in with


def generator():
    try:
        yield 1
        yield 2
    finally:
        yield 3


print(list(generator()))  # expect: [1, 2, 3]


def deep(n):
    try:
        if n == 0:
            raise ValueError("bottom")
        deep(n - 1)
    except ValueError as e:
        if n < 3:
            raise
        return f"caught at {n}: {e}"


print(deep(3))  # expect: caught at 3: bottom
try:
    try:
        raise KeyError(1)
    except ValueError:
        print("wrong")
    else:
        print("wrong")
    finally:
        print("finally")
except KeyError:
    print("key")
# expect: finally
# expect: key


def name_is_deleted():
    e = "before"
    try:
        raise ValueError
    except ValueError as e:
        pass
    try:
        return e
    except UnboundLocalError as error:
        return str(error)


print(name_is_deleted())  # expect: cannot access local variable 'e' where it is not associated with a value


def in_loop():
    out = []
    for value in ("1", "x", "3"):
        try:
            out.append(int(value))
        except ValueError:
            out.append("?")
            continue
        out.append("ok")
    return out


print(in_loop())  # expect: [1, 'ok', '?', 3, 'ok']
