# Attributes come and go at run time, also by computed names.
class A:
    x = 1

a = A()
print(a.x, hasattr(a, "x"), hasattr(a, "y"), getattr(a, "y", "none"))
a.x = 2
print(a.x, A.x)
del a.x
print(a.x)
for i in range(12):
    setattr(a, "field" + str(i), i * i)
print(a.field0, a.field11, getattr(a, "field" + "7"), hasattr(a, "field12"))
b = A()
print(hasattr(b, "field3"))
delattr(a, "field3")
print(hasattr(a, "field3"), a.field4)
for what in (lambda: a.missing, lambda: A.missing, lambda: (5).missing, lambda: "s".nothing):
    try:
        what()
    except AttributeError as e:
        print(e)
try:
    del a.nothing
except AttributeError:
    print("not there")
try:
    (5).x = 3
except AttributeError:
    print("cannot set")

# expect: 1 True False none
# expect: 2 1
# expect: 1
# expect: 0 121 49 False
# expect: False
# expect: False 16
# expect: 'A' object has no attribute 'missing'
# expect: type object 'A' has no attribute 'missing'
# expect: 'int' object has no attribute 'missing'
# expect: 'str' object has no attribute 'nothing'
# expect: not there
# expect: cannot set
