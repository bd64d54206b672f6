from functools import singledispatch


@singledispatch
def show(value):
    return "something"


@show.register(int)
def _(value):
    return f"int {value}"


@show.register(list)
def show_list(value):
    return "list of " + ", ".join(show(item) for item in value)


class Base:
    pass


class Derived(Base):
    pass


show.register(Base, lambda value: "base")
print(show(1), show([1, "a"]), show(2.5), show(True), show(Derived()), show_list([2]))  # expect: int 1 list of int 1, something something int True base list of int 2
