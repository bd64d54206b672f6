// The table of built-in functions.
#include "vm.h"

native *const iotpy_natives[] = {
#define X(identifier, name, kind, owner, least, most, first, keywords) native_##identifier,
    IOTPY_BUILTINS(X)
#undef X
};
