# What cannot be gone through is refused at once, not with the first item; numbers' functions refuse objects without their methods.
class Plain:
    def __add__(self, other):
        return 1

class Halves:
    def __divmod__(self, other):
        return NotImplemented if other == 3 else (other / 2, 0)
    def __round__(self, digits=None):
        return digits

def attempt(f):
    try:
        return f()
    except Exception as e:
        return f"{type(e).__name__}: {e}"

print(attempt(lambda: filter(None, 0)), attempt(lambda: map(abs, [1], None)))
print(attempt(lambda: divmod(Plain(), 2)))
print(attempt(lambda: divmod(2, Plain())))
print(attempt(lambda: round(Plain())))
print(divmod(Halves(), 5), round(Halves(), 2), round(Halves()))
print(attempt(lambda: divmod(Halves(), 3)))
items = [1, 2]
doubled = map(lambda x: x * 2, items)
items.append(3)
print(list(doubled))
# expect: TypeError: 'int' object is not iterable TypeError: 'NoneType' object is not iterable
# expect: TypeError: unsupported operand type(s) for divmod(): 'Plain' and 'int'
# expect: TypeError: unsupported operand type(s) for divmod(): 'int' and 'Plain'
# expect: TypeError: type Plain doesn't define __round__ method
# expect: (2.5, 0) 2 None
# expect: TypeError: unsupported operand type(s) for divmod(): 'Halves' and 'int'
# expect: [2, 4, 6]
