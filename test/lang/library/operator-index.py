import operator

print(operator.index(5), operator.index(True))  # expect: 5 1


class Three:
    def __index__(self):
        return 3


print(operator.index(Three()), [0, 1, 2, 9][operator.index(Three())])  # expect: 3 9
try:
    operator.index(1.5)
except TypeError as error:
    print(error)  # expect: 'float' object cannot be interpreted as an integer
