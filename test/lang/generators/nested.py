# Generators of generators, recursive and in closures.
def tree(n):
    if n > 0:
        for x in tree(n - 1):
            yield x
        yield n
        for x in tree(n - 1):
            yield x

print(list(tree(4)))

def make(n):
    def gen():
        nonlocal n
        while n > 0:
            n -= 1
            yield n
    return gen

m = make(3)
print(list(m()), list(m()))

class Node:
    def __init__(self, v, *kids):
        self.v, self.kids = v, kids
    def __iter__(self):
        yield self.v
        for k in self.kids:
            for x in k:
                yield x

print(list(Node(1, Node(2, Node(3)), Node(4))))

def primes():
    n, found = 2, []
    while True:
        if all(n % p for p in found):
            found.append(n)
            yield n
        n += 1

for p in primes():
    if p > 20:
        break
    print(p)

# expect: [1, 2, 1, 3, 1, 2, 1, 4, 1, 2, 1, 3, 1, 2, 1]
# expect: [2, 1, 0] []
# expect: [1, 2, 3, 4]
# expect: 2
# expect: 3
# expect: 5
# expect: 7
# expect: 11
# expect: 13
# expect: 17
# expect: 19
