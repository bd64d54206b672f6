# Containers that change while they are gone through or compared.
def attempt(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__

d = {1: 1, 2: 2}
def grow():
    for k in d:
        d[k + 10] = 1
def shrink():
    for k in d:
        del d[k]
s = {1, 2}
def grow_set():
    for k in s:
        s.add(k + 10)
print(attempt(grow), attempt(shrink), attempt(grow_set))

items = [1, 2, 3]
seen = []
for x in items:
    seen.append(x)
    if len(items) < 6:
        items.append(x * 10)
    if x == 2:
        del items[0]
print(seen, items)

class Clears:
    def __eq__(self, other):
        victims.clear()
        return False
victims = [Clears(), Clears(), 3]
print(attempt(lambda: 5 in victims), victims)
victims = [Clears(), Clears(), Clears()]
print(attempt(lambda: victims.index(7)), victims)
# expect: RuntimeError RuntimeError RuntimeError
# expect: [1, 2, 10, 20, 100, 200] [2, 3, 10, 20, 100, 200]
# expect: False []
# expect: ValueError []
