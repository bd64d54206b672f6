# Loops with else, break, continue; conditions; nested loops.
def find(needle, hay):
    for index, item in enumerate(hay):
        if item == needle:
            break
    else:
        return "none"
    return index


print(find(2, [1, 2, 3]), find(9, [1, 2]), find(0, []))  # expect: 1 none none


def loops():
    out = []
    for i in range(3):
        for j in range(3):
            if j == 1:
                continue
            if i == 2:
                break
            out.append((i, j))
        else:
            out.append("else")
    n = 0
    while True:
        n += 1
        if n % 2:
            continue
        if n > 6:
            break
        out.append(n)
    while n < 10:
        n += 1
    else:
        out.append("done")
    return out, i, j, n


print(loops())  # expect: ([(0, 0), (0, 2), 'else', (1, 0), (1, 2), 'else', 2, 4, 6, 'done'], 2, 0, 10)
out = []
for i in range(10, 0, -3):
    out.append(i)
for i in range(0):
    out.append("never")
for i in range(2, 4):
    i = i * 100
    out.append(i)
print(out, i)  # expect: [10, 7, 4, 1, 200, 300] 300
big = 1073741822
print([i - big for i in range(big, big + 4)], list(range(5, -5, -4)))  # expect: [0, 1, 2, 3] [5, 1, -3]
for step in (1, -1, 2):
    print(list(range(0, 4, step)), end=" ")
print()  # expect: [0, 1, 2, 3] [] [0, 2] 
try:
    for i in range(0, 3, 0):
        pass
except ValueError as error:
    print(error)  # expect: range() arg 3 must not be zero
try:
    for i in range("x"):
        pass
except TypeError as error:
    print(error)  # expect: 'str' object cannot be interpreted as an integer
for a, (b, *c) in [(1, (2, 3, 4)), (5, "xyz")]:
    print(a, b, c)
# expect: 1 2 [3, 4]
# expect: 5 x ['y', 'z']
grade = []
for score in (95, 85, 75, 5):
    if score > 90:
        grade.append("A")
    elif score > 80:
        grade.append("B")
    elif score > 70:
        grade.append("C")
    else:
        grade.append("F")
print(grade)  # expect: ['A', 'B', 'C', 'F']
i = 5
while i:
    i -= 1
    if i == 3:
        continue
    if i == 1:
        break
print(i)  # expect: 1
for key in {"a": 1, "b": 2}:
    print(key, end="")
print()  # expect: ab
for i in [3, 1, 2]:
    values = [j for j in range(i)]
print(values)  # expect: [0, 1]
x = 3
if x > 1 and (x < 3 or x == 3) and not x == 4:
    print("yes")  # expect: yes
if not (x > 1 and x < 3):
    print("not both")  # expect: not both
print("a" if x == 1 else "b" if x == 2 else "c")  # expect: c
if False:
    print("never")
while False:
    print("never")
else:
    print("else of an empty loop")  # expect: else of an empty loop
if True:
    pass
else:
    print("never")


def unbound(flag):
    if flag:
        x = 1
    return x


try:
    unbound(False)
except UnboundLocalError as error:
    print(error)  # expect: cannot access local variable 'x' where it is not associated with a value
print(unbound(True))  # expect: 1


def loop_variable(items):
    for item in items:
        pass
    return item


try:
    loop_variable([])
except UnboundLocalError as error:
    print(error)  # expect: cannot access local variable 'item' where it is not associated with a value


def deep(n):
    for a in range(2):
        for b in range(2):
            for c in range(2):
                for d in range(2):
                    if a + b + c + d == n:
                        return a, b, c, d


print(deep(3), deep(9))  # expect: (0, 1, 1, 1) None
def polynomial(x):
    total = 0.0
    for k in range(50):
        total = total * x + 1.5
        total += 1000000 * 70000 - k * 300
    return total


print(polynomial(0.5))  # expect: 139999971202.99988
