// Every limit of the runtime, each with the width or the resource that forces it.
#pragma once

#define IOTPY_REGISTERS_MAX 250       // register operands are one byte; the rest is room for the frame's own words
#define IOTPY_ARGUMENTS_MAX 240       // the count operand is one byte and the window must fit the registers
#define IOTPY_FRAMES_MAX 1000         // CPython's own recursion limit
#define IOTPY_ARENA_BYTES_MIN 1024    // roots, one frame and room to report a MemoryError
#define IOTPY_ARENA_BYTES_MAX (1u << 30)
#define IOTPY_OBJECT_WORDS_MAX ((1u << 22) - 1)  // the header holds the size in 22 bits
#define IOTPY_ROOT_RESERVE_WORDS 32   // stack words a native may push without asking (iotpy_push); the language tests reach 17
#define IOTPY_INT_DIGITS_MAX 2048     // 65,536 bits: longer results raise OverflowError, so no operation outruns its fuel by much
#define IOTPY_NEST_MAX 32             // objects in one another that C goes into at once: the board's stack
#define IOTPY_TRACEBACK_MAX 16        // frames an exception remembers: the innermost ones
#define IOTPY_MARK_STACK 32           // objects the collector has open at once; more makes it scan the heap again
#define IOTPY_ATTRIBUTE_CACHE 32      // entries, power of two
