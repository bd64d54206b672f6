from functools import cmp_to_key

words = ["bb", "a", "ccc", "aa"]
print(sorted(words, key=cmp_to_key(lambda a, b: len(a) - len(b) or (a > b) - (a < b))))  # expect: ['a', 'aa', 'bb', 'ccc']
print(max(words, key=cmp_to_key(lambda a, b: len(a) - len(b))), min([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)))  # expect: ccc 3
key = cmp_to_key(lambda a, b: a - b)
print(key(1) < key(2), key(2) == key(2), key(1) >= key(2))  # expect: True True False
