from contextlib import closing, nullcontext


class Door:
    def close(self):
        print("closed")


with closing(Door()) as door:
    print(type(door).__name__)
try:
    with closing(Door()):
        raise ValueError("stuck")
except ValueError as error:
    print(error)
with nullcontext(5) as value:
    print(value)
# expect: Door
# expect: closed
# expect: closed
# expect: stuck
# expect: 5
