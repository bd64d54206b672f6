# Instances, classes and built-in types are called like functions.
class Scale:
    def __init__(self, k):
        self.k = k
    def __call__(self, x, *, offset=0):
        return self.k * x + offset

s = Scale(3)
print(s(4), s(4, offset=1), callable(s), callable(5), callable(Scale), callable(len))
for make in (int, float, str, Scale(2)):
    print(make(7))

def apply(f, *args):
    return f(*args)

print(apply(Scale, 9).k, apply(max, 3, 8), apply(s, 5))

# expect: 12 13 True False True True
# expect: 7
# expect: 7.0
# expect: 7
# expect: 14
# expect: 9 8 15
