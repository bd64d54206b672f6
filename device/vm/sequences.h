// What the files on strings, bytes, lists and iterators share.
#pragma once
#include "types.h"

uint32_t utf8_write(uint8_t *out, uint32_t c);                            // bytes written, 1..4
uint32_t utf8_read(const uint8_t *data, uint32_t *at);                    // of valid UTF-8; moves on
bool utf8_valid(const uint8_t *data, uint32_t bytes, uint32_t *bad);      // *bad: where it is not
uint32_t text_offset(text t, uint32_t index);                             // byte offset of a code point
value iotpy_raw(enum object_type type, uint32_t bytes);                   // O_STR, O_BYTES or O_BUFFER of zeros [gc]
value string_part(root string, uint32_t from, uint32_t bytes);  // bytes of a string, cut between code points [gc]

// start, stop, step of a slice over `length` items as CPython clamps them; `count` items. false: an exception is pending.
struct bounds { int32_t start, stop, step; uint32_t count; };
bool iotpy_bounds(root three_words, uint32_t length, struct bounds *out);
// index of an item, negative ones from the end; IndexError "<what> index out of range".
bool iotpy_item_index(value key, uint32_t length, const char *what, uint32_t *out);
// Optional start and end arguments of find, count, index, ...: clamped as a slice's.
bool iotpy_range_arguments(root arguments, uint32_t first, uint32_t length, uint32_t *start, uint32_t *end);
// Calls iotpy_iterate until the end: each item is put into a list. The list, TWIN or error. [gc]
value iotpy_list_of(root iterable);
// For a twin that takes over from a native: if the argument is an iterator, a list of the `count` items taken from it and of those to come
// replaces it. TWIN or error. [gc]
value iotpy_give_back(root argument, root iterator, root taken, uint32_t count);
bool iotpy_array_reserve(root owner, uint32_t field, uint32_t capacity);  // O_ARRAY in a field has room [gc]
bool iotpy_sort(root list, root keys, bool reverse, bool *twin);                    // keys: a list as long, or the list itself [gc]
