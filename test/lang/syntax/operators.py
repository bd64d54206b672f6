# Arithmetic, comparison and boolean operators, in place and not.
a = 7
b = 3
print(a + b, a - b, a * b, a / b, a // b, a % b, a ** b)  # expect: 10 4 21 2.3333333333333335 2 1 343
print(a << b, a >> b, a & b, a | b, a ^ b, ~a, -a, +a)  # expect: 56 0 3 7 4 -8 -7 7
print(a < b, a <= b, a > b, a >= b, a == b, a != b)  # expect: False False True True False True
print(a is a, a is not b, 3 in [1, 3], 3 not in [1, 3], "b" in "abc")  # expect: True True True False True
print(1 < 2 < 3, 1 < 2 > 3, 1 < 3 < 2, 1 == 1 == 1 != 2)  # expect: True False False True
print(a and b, 0 and b, a or b, 0 or b, 0 or "" or None, 1 and 2 and 3)  # expect: 3 0 7 3 None 3
print(not a, not 0, not a == b, a if b else 0)  # expect: False True True 7


def loud(value, seen):
    seen.append(value)
    return value


seen = []
print(loud(1, seen) < loud(2, seen) < loud(0, seen) < loud(9, seen), seen)  # expect: False [1, 2, 0]
seen = []
print(loud(0, seen) and loud(1, seen) or loud(2, seen) or loud(3, seen), seen)  # expect: 2 [0, 2]
seen = []
print([loud(1, seen), loud(2, seen)][loud(0, seen)], {loud(3, seen): loud(4, seen)}, seen)  # expect: 1 {3: 4} [1, 2, 0, 3, 4]
x = 1
x += 2
x -= 10
x *= -6
x //= 4
x **= 2
x %= 50
x <<= 2
x >>= 1
x |= 8
x &= 92
x ^= 5
print(x)  # expect: 13
x /= 8
print(x)  # expect: 1.625
items = [1]
alias = items
items += [2]
items = items + [3]
print(items, alias)  # expect: [1, 2, 3] [1, 2]
text = "a"
text += "b"
text *= 2
print(text)  # expect: abab
d = {"k": 1}
d["k"] += 5
d["k"] -= 1
print(d)  # expect: {'k': 5}
nested = [[1, 2], [3]]
nested[0][1] += 10
nested[-1] += [4]
nested[0] *= 2
print(nested)  # expect: [[1, 12, 1, 12], [3, 4]]
values = [0, 1, 2, 3, 4]
values[1:3] += [9]
print(values)  # expect: [0, 1, 2, 9, 3, 4]
n = 10
while n > 0 and n != 4:
    n -= 1
print(n)  # expect: 4
total = 0
for i in range(20):
    if i < 3 or i == 7 or not i < 18:
        total += i
    if 5 <= i < 9 and i != 6:
        total += 100
print(total)  # expect: 347
f = 1.5
print(f < 2, f > 2, f == 1.5, f != 1, 2 > f, 0.0 == -0.0, f + 1, 1 - f, f * f, f / 2, f // 1, f % 1)
# expect: True False True True True True 2.5 -0.5 2.25 0.75 1.0 0.5
nan = float("nan")
print(nan < 1, nan > 1, nan == nan, nan != nan, not nan < 1)  # expect: False False False True True
hits = 0
if nan < 1:
    hits += 1
if not nan < 1:
    hits += 10
if nan != nan:
    hits += 100
print(hits)  # expect: 110
print(True + True, True == 1, 1 is True, None is None)  # expect: 2 True False True
print((1, 2) < (1, 3), [1] + [2], (1,) + (2,), [0] * 3, "x" < "y")  # expect: True [1, 2] (1, 2) [0, 0, 0] True
