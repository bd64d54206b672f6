from contextlib import suppress

with suppress(KeyError, ValueError):
    {}["a"]
    print("never")
print("after")  # expect: after
with suppress(KeyError):
    print("nothing raised")  # expect: nothing raised
try:
    with suppress(KeyError):
        [][1]
except IndexError as error:
    print(error)  # expect: list index out of range
