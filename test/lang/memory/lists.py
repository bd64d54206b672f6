# Objects that hold one another survive while the collector moves them.
class Node:
    def __init__(self, v, next=None):
        self.v = v
        self.next = next

head = None
for i in range(300):
    head = Node(i, head)
total, n = 0, head
while n is not None:
    total += n.v
    n = n.next
print(total)
a = []
a.append(a)
b = {"self": None}
b["self"] = b
print(a[0] is a, b["self"] is b, len(a))
table = {}
for i in range(200):
    table["key" + str(i)] = [i, str(i)]
for i in range(0, 200, 3):
    del table["key" + str(i)]
print(len(table), table["key100"], sum(v[0] for v in table.values()))
deep = None
for i in range(200):
    deep = (deep, i)
d = 0
while deep is not None:
    deep = deep[0]
    d += 1
print(d)
text = ""
for i in range(100):
    text += chr(97 + i % 26)
print(text[:30], len(text))
grid = [[i * j for j in range(8)] for i in range(8)]
print(sum(sum(row) for row in grid), grid[7][7])

# expect: 44850
# expect: True True 1
# expect: 133 [100, '100'] 13267
# expect: 200
# expect: abcdefghijklmnopqrstuvwxyzabcd 100
# expect: 784 49
