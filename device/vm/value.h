// Values and objects: how every 32-bit word and every block of the arena is laid out.
// The picture of a value is in compiler/spec/bytecode.md.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t value;

// ---- tagged words
#define IOTPY_INT_MIN (-(1 << 30))
#define IOTPY_INT_MAX ((1 << 30) - 1)
static inline bool is_int(value v) { return v & 1; }
static inline bool are_ints(value a, value b) { return a & b & 1; }
static inline int32_t int_of(value v) { return (int32_t)v >> 1; }
static inline value from_int(int32_t i) { return (value)i << 1 | 1; }
static inline bool fits_int(int64_t i) { return i >= IOTPY_INT_MIN && i <= IOTPY_INT_MAX; }

static inline bool is_ref(value v) { return (v & 3) == 0; }  // an object in the arena
enum constant_kind { KIND_SINGLETON, KIND_STRING, KIND_CONSTANT, KIND_BUILTIN, KIND_TYPE, KIND_FUNCTION, KIND_MODULE };
#define IOTPY_CONSTANT(kind, payload) ((value)(payload) << 5 | (value)(kind) << 2 | 2)
static inline bool is_constant(value v, uint32_t kind) { return (v & 31) == (kind << 2 | 2); }
static inline uint32_t payload_of(value v) { return v >> 5; }

#define VALUE_NONE IOTPY_CONSTANT(KIND_SINGLETON, 0)
#define VALUE_FALSE IOTPY_CONSTANT(KIND_SINGLETON, 1)
#define VALUE_TRUE IOTPY_CONSTANT(KIND_SINGLETON, 2)
#define VALUE_ELLIPSIS IOTPY_CONSTANT(KIND_SINGLETON, 3)
#define VALUE_NOT_IMPLEMENTED IOTPY_CONSTANT(KIND_SINGLETON, 4)
#define VALUE_UNBOUND IOTPY_CONSTANT(KIND_SINGLETON, 5)
#define VALUE_STOP IOTPY_CONSTANT(KIND_SINGLETON, 6)   // a native iterator has no more items (C only)
#define VALUE_TWIN IOTPY_CONSTANT(KIND_SINGLETON, 7)   // a native hands over to its Python twin (C only)
#define VALUE_WAIT IOTPY_CONSTANT(KIND_SINGLETON, 8)   // a native waits for the host (C only)
#define VALUE_FRAME IOTPY_CONSTANT(KIND_SINGLETON, 9)  // a native has pushed a frame, whose result will be its own (C only)
#define VALUE_ERROR 0u                                 // a native failed; the exception is pending (C only)
static inline value from_bool(bool b) { return b ? VALUE_TRUE : VALUE_FALSE; }
static inline bool is_bool(value v) { return v == VALUE_TRUE || v == VALUE_FALSE; }
#define STRING(id) IOTPY_CONSTANT(KIND_STRING, id)     // STRING(STR_append): a ROM string
#define TYPE(id) IOTPY_CONSTANT(KIND_TYPE, id)         // TYPE(T_int): a built-in type

// ---- objects
//
//  31                      10 9    7 6     2 1 0
// +--------------------------+------+-------+-+-+
// |  size in words, with it  | flags|  type |m|1|   header word of every object
// +--------------------------+------+-------+-+-+
// m: the collector's mark. Bit 0 tells a header from a threaded reference while the collector runs.
// Every type but those of RAW_TYPES holds values in all words after the header, so the collector needs no other knowledge.
enum object_type {
  O_FREE,       // unused words
  // raw types: bytes, not values
  O_FLOAT,      // IEEE double, 2 words after the header (4-byte aligned)
  O_INT,        // integer beyond a small int: sign in flag 1, magnitude in 32-bit digits, least first, no leading zero digit
  O_STR,        // UTF-8; flags 0..1 = unused bytes of the last word, flag 2 = holds non-ASCII
  O_BYTES,      // as O_STR
  O_BUFFER,     // bytes owned by a bytearray, dict index and the like; never a Python value
  // types of values
  O_ARRAY,      // values owned by a list, dict, ...; never a Python value
  O_TUPLE,      // the items
  O_LIST,       // length, O_ARRAY of capacity or None
  O_BYTEARRAY,  // length, O_BUFFER or None
  O_DICT,       // live entries, used entries, O_ARRAY (key, value)* or None, O_BUFFER index or None
  O_SET,        // live entries, used entries, O_ARRAY keys or None, O_BUFFER index or None; flag 0: frozenset
  O_RANGE,      // start, stop, step
  O_SLICE,      // start, stop, step
  O_FUNCTION,   // index, tuple of defaults or None, tuple of keyword defaults or None, tuple of cells or None
  O_METHOD,     // self, function or built-in
  O_CELL,       // content
  O_CLASS,      // name, method resolution order (tuple, itself first), attributes (O_ARRAY name,value*), attributes used,
                // field names (O_ARRAY), fields used, fields that lie inside each instance
  O_INSTANCE,   // class, overflow fields (O_ARRAY or None), fields
  O_EXCEPTION,  // type or class, args (tuple), cause, traceback (O_ARRAY of function,pc pairs or None), fields (dict or None)
  O_GENERATOR,  // function value, state (small int: offset of the next instruction in the image; -1 finished, -2 running), registers
  O_ITERATOR,   // kind (small int), source, position, limit/extra
  O_VIEW,       // kind (small int: keys, values, items), dict
  O_TYPES
};
static inline bool is_raw(uint32_t type) { return type <= O_BUFFER; }
static inline bool in_images(uint32_t type) { return type == O_FLOAT || type == O_INT || type == O_BYTES || type == O_TUPLE; }  // constants

static inline uint32_t header_of(uint32_t type, uint32_t flags, uint32_t words) { return words << 10 | flags << 7 | type << 2 | 1; }
static inline uint32_t header_type(uint32_t h) { return h >> 2 & 31; }
static inline uint32_t header_flags(uint32_t h) { return h >> 7 & 7; }
static inline uint32_t header_words(uint32_t h) { return h >> 10; }

#define FLAG_NEGATIVE 2u     // O_INT
#define FLAG_NON_ASCII 4u    // O_STR
#define FLAG_FROZEN 1u       // O_SET
#define FLAG_DERIVED 4u      // O_TUPLE, O_LIST, O_DICT, O_SET, O_CLASS: of a class of Python code; the last two words are its class and its fields
static inline bool is_derived(uint32_t header) {
  uint32_t type = header_type(header);
  return header_flags(header) & FLAG_DERIVED && ((type >= O_TUPLE && type <= O_SET) || type == O_CLASS);
}
