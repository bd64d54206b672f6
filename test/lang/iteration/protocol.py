# for, next and iter on instances.
class Count:
    def __init__(self, n):
        self.i, self.n = 0, n
    def __iter__(self):
        return self
    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i

for x in Count(3):
    print(x)
else:
    print("end")
it = iter(Count(2))
print(next(it), next(it), next(it, "default"))
try:
    next(it)
except StopIteration as e:
    print("stop", e.value)
print(list(Count(4)), sum(Count(4)), max(Count(4)), tuple(Count(2)), [a * b for a in Count(2) for b in Count(2)])
a, b, c = Count(3)
print(a, b, c)
first, *rest = Count(4)
print(first, rest)
print(*Count(3), [*Count(2), 9])
for wrong in (5, None):
    try:
        for x in wrong:
            pass
    except TypeError as e:
        print(e)
class Bad:
    def __iter__(self):
        return 5
try:
    for x in Bad():
        pass
except TypeError as e:
    print(e)

# expect: 1
# expect: 2
# expect: 3
# expect: end
# expect: 1 2 default
# expect: stop None
# expect: [1, 2, 3, 4] 10 4 (1, 2) [1, 2, 2, 4]
# expect: 1 2 3
# expect: 1 [2, 3, 4]
# expect: 1 2 3 [1, 2, 9]
# expect: 'int' object is not iterable
# expect: 'NoneType' object is not iterable
# expect: iter() returned non-iterator of type 'int'
