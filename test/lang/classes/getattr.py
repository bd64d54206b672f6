# __getattr__ is asked only when the ordinary look-up fails.
class Proxy:
    def __init__(self, target):
        self.target = target
    def __getattr__(self, name):
        if name.startswith("no"):
            raise AttributeError("no " + name)
        return getattr(self.target, name)

p = Proxy([3, 1, 2])
print(p.target, p.count(1), p.index(2))
p.append(9)
print(p.target, hasattr(p, "sort"), hasattr(p, "nothing"), getattr(p, "nope", 5))
try:
    p.nowhere
except AttributeError as e:
    print(e)
try:
    p.nowhere2()
except AttributeError as e:
    print(e)

# expect: [3, 1, 2] 1 2
# expect: [3, 1, 2, 9] True False 5
# expect: no nowhere
# expect: no nowhere2
