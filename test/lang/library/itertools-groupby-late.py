from itertools import groupby

# A group ends when the next one is asked for.
pairs = [(key, group) for key, group in groupby("aab")]
print([(key, list(group)) for key, group in pairs])  # expect: [('a', []), ('b', [])]
groups = groupby("aaab")
key, first = next(groups)
print(key, next(first))  # expect: a a
key, second = next(groups)
print(key, list(first), list(second), list(groups))  # expect: b [] ['b'] []
