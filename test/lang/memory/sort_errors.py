# A comparison that raises moves objects; the list keeps all its items.
for n in (1, 5, 8, 9, 20):
    items = ["%d" % i for i in range(n, 0, -1)] + [n] + ["%d" % i for i in range(n)]
    before = sorted(str(item) for item in items)
    try:
        items.sort()
    except TypeError as e:
        print(n, sorted(str(item) for item in items) == before)
try:
    [3, 1, "x", 2.5].sort()
except TypeError as e:
    print(e)
class C:
    pass
print("C object" in repr(C()), "C object" in str([C()]))
e = ValueError(1)
try:
    e.args = 5
except TypeError:
    print("args are a tuple")

# expect: 1 True
# expect: 5 True
# expect: 8 True
# expect: 9 True
# expect: 20 True
# expect: '<' not supported between instances of 'str' and 'int'
# expect: True True
# expect: args are a tuple
