# Types for annotations, which are not evaluated. All are one thing that does nothing.


class _Type:
    def __getitem__(self, parameters):
        return self

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self


_type = _Type()
Any = _type
Union = _type
Optional = _type
Callable = _type
ClassVar = _type
Final = _type
Literal = _type
Annotated = _type
Type = _type
NoReturn = _type
Never = _type
Self = _type
LiteralString = _type
TypeAlias = _type
Concatenate = _type
Unpack = _type
Required = _type
NotRequired = _type
TypeGuard = _type
List = _type
Dict = _type
Set = _type
FrozenSet = _type
Tuple = _type
Deque = _type
DefaultDict = _type
OrderedDict = _type
Counter = _type
ChainMap = _type
Iterable = _type
Iterator = _type
Reversible = _type
Generator = _type
Sequence = _type
MutableSequence = _type
Mapping = _type
MutableMapping = _type
Collection = _type
Container = _type
Hashable = _type
Sized = _type
AbstractSet = _type
MutableSet = _type
KeysView = _type
ValuesView = _type
ItemsView = _type
Awaitable = _type
Coroutine = _type
AsyncIterable = _type
AsyncIterator = _type
AsyncGenerator = _type
ContextManager = _type
Text = _type
AnyStr = _type
ByteString = _type
SupportsInt = _type
SupportsFloat = _type
SupportsIndex = _type
SupportsAbs = _type
SupportsBytes = _type
SupportsRound = _type
TYPE_CHECKING = False


# The compiler takes these bases and decorators away.
class Generic:
    pass


class Protocol:
    pass


TypedDict = dict


def TypeVar(name, *constraints, **options):
    return _type


ParamSpec = TypeVarTuple = TypeVar


def NewType(name, tp):
    return lambda value: value


def cast(typ, val):
    return val


def assert_type(val, typ):
    return val


def final(f):
    return f


overload = override = runtime_checkable = no_type_check = final

NamedTuple = tuple
