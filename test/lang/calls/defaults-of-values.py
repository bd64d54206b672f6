def f(a=1, b=2):
    return a + b


def wrong(a, b=1):
    return a


same = f
print(f(), same(5), list(map(same, [1, 2])), same(b=7))
for call in [lambda: wrong(), lambda: wrong(1, 2, 3), lambda: wrong(1, c=2), lambda: wrong(1, a=2)]:
    try:
        call()
    except TypeError as error:
        print(error)
# expect: 3 7 [3, 4] 8
# expect: wrong() missing 1 required positional argument: 'a'
# expect: wrong() takes from 1 to 2 positional arguments but 3 were given
# expect: wrong() got an unexpected keyword argument 'c'
# expect: wrong() got multiple values for argument 'a'
