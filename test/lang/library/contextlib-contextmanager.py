from contextlib import contextmanager


@contextmanager
def tagged(name):
    print("<" + name + ">")
    yield name.upper()
    print("</" + name + ">")


with tagged("p") as tag:
    print(tag)
with tagged("a"), tagged("b"):
    print("inside")
# expect: <p>
# expect: P
# expect: </p>
# expect: <a>
# expect: <b>
# expect: inside
# expect: </b>
# expect: </a>
