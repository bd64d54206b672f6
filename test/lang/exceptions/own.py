# Exception classes of the program's own.
class AppError(Exception):
    pass

class CodeError(AppError):
    def __init__(self, message, code):
        super().__init__(message)
        self.code = code
    def describe(self):
        return f"{self.args[0]} ({self.code})"

class Silent(Exception):
    def __str__(self):
        return "silent text"

try:
    raise CodeError("boom", 42)
except AppError as e:
    print(e, e.code, e.args, e.describe(), type(e).__name__, repr(e))
try:
    raise AppError("a", 1)
except Exception as e:
    print(e, repr(e), isinstance(e, AppError), isinstance(e, CodeError))
try:
    raise AppError
except AppError as e:
    print(repr(e), e.args)
try:
    raise Silent(1)
except Silent as e:
    print(e, str(e), f"{e}", e.args)
e = CodeError("kept", 1)
e.note = "more"
print(e.note, e.code, hasattr(e, "other"))
print(issubclass(CodeError, Exception), issubclass(KeyError, LookupError), issubclass(KeyError, CodeError))
class Stop(StopIteration):
    pass
print(Stop(5).value, StopIteration().value)
def pick(x):
    if x:
        raise CodeError("x", x)
for x in (0, 1):
    try:
        pick(x)
        print("fine")
    except CodeError as e:
        print(e.code)
try:
    raise CodeError
except TypeError as e:
    print(e)

# expect: boom 42 ('boom',) boom (42) CodeError CodeError('boom')
# expect: ('a', 1) AppError('a', 1) True False
# expect: AppError() ()
# expect: silent text silent text silent text (1,)
# expect: more 1 False
# expect: True True False
# expect: 5 None
# expect: fine
# expect: 1
# expect: CodeError.__init__() missing 2 required positional arguments: 'message' and 'code'
