# Counted loops: every direction, empty ones, bounds beyond small integers.
for r in (range(3), range(2, 5), range(10, 0, -3), range(0), range(5, 2), range(0, 5, 2)):
    print([x for x in r], len(r))
total = 0
for i in range(1073741820, 1073741830):
    total += i
print(total)
for i in range(-1073741830, -1073741820, 4):
    print(i)
for i in range(2 ** 40, 2 ** 40 + 3):
    print(i)
for i in range(1073741823, 1073741825, 1):
    print(i)
for i in range(True, 3):
    print(i)
for bad in (lambda: range(1, 2, 0), lambda: range(1.5), lambda: range("x")):
    try:
        for i in bad():
            pass
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
def step(n):
    for i in range(0, 3, n):
        return i
try:
    step(0)
except ValueError as e:
    print(e)
i = 5
for i in range(0):
    pass
print(i)
for i in range(3):
    i = 100
print(i)
for i in range(10):
    if i == 3:
        continue
    if i == 6:
        break
else:
    print("not here")
print(i)

# expect: [0, 1, 2] 3
# expect: [2, 3, 4] 3
# expect: [10, 7, 4, 1] 4
# expect: [] 0
# expect: [] 0
# expect: [0, 2, 4] 3
# expect: 10737418245
# expect: -1073741830
# expect: -1073741826
# expect: -1073741822
# expect: 1099511627776
# expect: 1099511627777
# expect: 1099511627778
# expect: 1073741823
# expect: 1073741824
# expect: 1
# expect: 2
# expect: ValueError range() arg 3 must not be zero
# expect: TypeError 'float' object cannot be interpreted as an integer
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: range() arg 3 must not be zero
# expect: 5
# expect: 100
# expect: 6
