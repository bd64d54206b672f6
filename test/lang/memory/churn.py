# Much garbage, little that lives: floats, big integers, tuples, closures.
total = 0.0
for i in range(2000):
    total = total + i * 0.5 - (i, i + 1)[1] / 2
print(total)
n = 1
for i in range(1, 40):
    n *= i
print(n)
keep = []
for i in range(500):
    x = [i, float(i), str(i), (i,), {i: i}]
    if i % 100 == 0:
        keep.append(x)
print(keep)
fs = []
for i in range(50):
    def f(i=i):
        return i
    fs.append(f)
print(sum(f() for f in fs))

# expect: -1000.0
# expect: 20397882081197443358640281739902897356800000000
# expect: [[0, 0.0, '0', (0,), {0: 0}], [100, 100.0, '100', (100,), {100: 100}], [200, 200.0, '200', (200,), {200: 200}], [300, 300.0, '300', (300,), {300: 300}], [400, 400.0, '400', (400,), {400: 400}]]
# expect: 1225
# not on posix-stress: it collects often enough by itself
