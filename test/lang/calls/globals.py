# Globals can be set, deleted and shadowed.
x = 1

def get():
    return x

def set_(v):
    global x
    x = v

set_(5)
print(get(), x)

def local():
    x = 9
    return x

print(local(), x)
try:
    def unbound():
        if False:
            y = 1
        return y
    unbound()
except UnboundLocalError as e:
    print(e)
z = 3
del z
try:
    z
except NameError:
    print("gone")
len = lambda v: "mine"
print(len([1]))
del len
print(len([1]))

# expect: 5 5
# expect: 9 5
# expect: cannot access local variable 'y' where it is not associated with a value
# expect: gone
# expect: mine
# expect: 1
