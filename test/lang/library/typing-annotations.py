from typing import Any, Callable, Dict, List, Optional, TypeVar, Union, cast
import typing

T = TypeVar("T")
Vector = List[float]
Handler = Callable[[dict, Any], Optional[Dict[str, Union[int, str]]]]


def scale(v: Vector, k: float = 2.0) -> Vector:
    return [x * k for x in v]


def first(items: "typing.Sequence[T]") -> T:
    return items[0]


limit: typing.Final[int] = 3
print(scale([1, 2]), first("ab"), limit, cast(List[int], [1]), typing.TYPE_CHECKING)  # expect: [2.0, 4.0] a 3 [1] False
