# try, except, else, finally in every combination.
def f(kind):
    out = []
    try:
        out.append("try")
        if kind == "value":
            raise ValueError("v")
        if kind == "key":
            {}["k"]
        if kind == "zero":
            1 // 0
        if kind == "return":
            return out
    except (ValueError, TypeError) as e:
        out.append(str(e))
    except LookupError as e:
        out.append(repr(e))
    else:
        out.append("else")
    finally:
        out.append("finally")
    return out

for kind in ("value", "key", "none", "return"):
    print(f(kind))
try:
    f("zero")
except ZeroDivisionError as e:
    print(e, type(e).__name__)

def nested():
    try:
        try:
            raise KeyError("inner")
        finally:
            print("inner finally")
    except KeyError as e:
        print("outer", e)
        try:
            raise ValueError("again")
        except ValueError:
            print("handled")
        raise

try:
    nested()
except KeyError as e:
    print("reraised", e.args)

def loop():
    for i in range(3):
        try:
            if i == 1:
                continue
            if i == 2:
                break
        finally:
            print("f", i)
    return "out"

print(loop())

def override():
    try:
        return "try"
    finally:
        return "finally"

print(override())
try:
    raise ValueError
except ValueError as e:
    print(repr(e), str(e) == "", e.args)
try:
    raise 5
except TypeError as e:
    print(e)
try:
    try:
        pass
    except 5:
        pass
    raise RuntimeError("reached")
except RuntimeError as e:
    print(e)

# expect: ['try', 'v', 'finally']
# expect: ['try', "KeyError('k')", 'finally']
# expect: ['try', 'else', 'finally']
# expect: ['try', 'finally']
# expect: integer division or modulo by zero ZeroDivisionError
# expect: inner finally
# expect: outer 'inner'
# expect: handled
# expect: reraised ('inner',)
# expect: f 0
# expect: f 1
# expect: f 2
# expect: out
# expect: finally
# expect: ValueError() True ()
# expect: exceptions must derive from BaseException
# expect: reached
