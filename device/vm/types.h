// What the built-in types offer one another, besides vm.h. Arguments that are roots follow vm.h's rules.
#pragma once
#include "vm.h"

// ---- type_int.c. Integers here are small ints, O_INT (arena or image) and bools, which count as 0 and 1.
bool iotpy_is_number(value v);                                                    // int, bool or float
value iotpy_int_binary(enum binary_operator op, root left, root right); // int op int -> int; float for / and negative powers [gc]
value iotpy_int_unary(char op, root operand);                                     // [gc]
int iotpy_int_compare(value a, value b);                                          // -1, 0, 1
int iotpy_int_compare_double(value a, double d);                                  // exact: -1, 0, 1; 2 when d is not a number
bool iotpy_int_truth(value v);
bool iotpy_int_negative(value v);
uint32_t iotpy_int_hash(value v);
uint32_t iotpy_int_bit_length(value v);
value iotpy_int_text(root integer, uint32_t base, char prefix);             // a str: sign, "0" and prefix letter unless 0, digits; base 2, 8, 10, 16 [gc]
bool iotpy_int_add_text(builder *b, value integer);                               // decimal text appended [gc]
value iotpy_int_parse(root text, uint32_t first, uint32_t bytes, uint32_t base); // digits only of a str or bytes; unbound when malformed [gc]
value iotpy_int_from_double(double d);                                            // truncates; ValueError, OverflowError [gc]
// Like iotpy_to_index, but a value beyond 32 bits becomes INT32_MIN or INT32_MAX: for slices and counts.
bool iotpy_to_index_clamped(value v, int32_t *out);

// ---- type_float.c
value iotpy_float_binary(enum binary_operator op, double a, double b);  // [gc]
uint32_t iotpy_double_hash(double d);                                             // as iotpy_int_hash for whole numbers
value iotpy_float_parse(const uint8_t *data, uint32_t bytes, double *out);  // unbound when malformed, else None; as float(text)

// ---- number_text.c: no allocation, no vm
#define IOTPY_FLOAT_TEXT 32                                                       // room for the shortest text of any double
uint32_t iotpy_double_repr(double d, char *out);                                  // as CPython's repr: "0.1", "1e+16", "inf", "nan"; length
// Correctly rounded value of [sign] digits [. digits] [e sign digits] at data; *used is the length understood, 0 when malformed.
double iotpy_double_parse(const uint8_t *data, uint32_t bytes, uint32_t *used);

// ---- strings (type_str.c, type_bytes.c)
int iotpy_text_compare(text a, text b);                                           // by code points (UTF-8 keeps the order): -1, 0, 1
uint32_t iotpy_text_length(text t);                                               // in code points
value iotpy_str_concat(root left, root right);                                    // [gc]
bool is_bytes(value v);                                                           // bytes or bytearray
bool iotpy_bytes_view(value v, const uint8_t **data, uint32_t *bytes);  // of bytes or bytearray; false otherwise
value iotpy_bytes(const uint8_t *data, uint32_t bytes);                           // data not in the arena; may be NULL for zeros [gc]
uint8_t *iotpy_bytes_data(value bytes);                                           // of an O_BYTES
value iotpy_bytes_concat(root left, root right, bool in_place);                   // left's type decides; bytearray += in place [gc]

// ---- containers (type_list.c, type_tuple.c, type_dict.c, type_set.c, type_range.c)
value iotpy_list_concat(root left, root right);                                   // [gc]
value iotpy_list_extend(root list, root iterable);                                // the list, TWIN, error [gc]
value iotpy_tuple_concat(root left, root right);                                  // [gc]
// str, bytes, bytearray, list, tuple times count (0 when negative); lists and bytearrays grow in place when asked. [gc]
value iotpy_repeat(root sequence, int32_t count, bool in_place);
value iotpy_set_binary(enum binary_operator op, root left, root right, bool in_place);  // | & - ^ of sets, frozensets, dict keys [gc]
value dict_fill(root dict, root source);                                          // puts a mapping's items or an iterable's pairs: None, TWIN, error [gc]
value iotpy_dict_merge(root left, root right, bool in_place);                     // dict | dict [gc]
bool is_set(value v);                                                             // set or frozenset
value iotpy_set_compare(enum comparison op, value a, value b);                    // both sets: True/False/error; LE is subset
int iotpy_dict_equal(value a, value b);                                           // as iotpy_equal
bool iotpy_range_equal(value a, value b);
uint32_t iotpy_range_hash(value v);
bool iotpy_set_hash(value frozenset, uint32_t *out);

// ---- operators.c
int iotpy_equal_nested(value a, value b);                                         // iotpy_equal inside a container, where one object is always equal
uint32_t iotpy_bytes_hash(const uint8_t *data, uint32_t bytes);

// ---- format_percent.c
value iotpy_str_percent(root format, root arguments);                             // format % arguments; TWIN, error [gc]

// ---- attribute.c: does the class of this instance (or a base other than object) define the method?
bool iotpy_defines(value instance, enum rom_string name);

// ---- iterators (iterator.c)
enum { ITERATOR_KIND, ITERATOR_SOURCE, ITERATOR_POSITION, ITERATOR_EXTRA, ITERATOR_WORDS };
enum iterator_kind {
  ITERATE_SEQUENCE,  // list, tuple: position is the index
  ITERATE_STR,       // position is the byte offset
  ITERATE_BYTES,     // bytes, bytearray
  ITERATE_RANGE,     // position is the next number, extra how many remain
  ITERATE_KEYS,      // dict or set: extra is the number of entries at the start
  ITERATE_VALUES,
  ITERATE_ITEMS,
  ITERATE_REVERSED,  // list, tuple: position is the index + 1; -1 when over
  ITERATE_ENUMERATE, // source is an iterator, position the next number
  ITERATE_ZIP,       // source is a tuple of iterators; extra: strict
  ITERATE_DONE,
};
