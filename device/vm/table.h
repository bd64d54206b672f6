// The hash table that dict and set share.
//
//   entries   O_ARRAY of `used` entries in order of insertion, each a key (and a value, in a dict); a removed one has an unbound key
//   index     none up to TABLE_LINEAR_MAX entries; then an O_BUFFER of 2^n slots of 1, 2 or 4 bytes (by capacity): 0 empty, else entry + 1
//
// Slots of removed entries stay until the table is built anew, when it is full.
#pragma once
#include "sequences.h"

enum { TABLE_LIVE, TABLE_USED, TABLE_ENTRIES, TABLE_INDEX };
#define TABLE_LINEAR_MAX 8u

static inline uint32_t table_stride(value table) { return header_type(*iotpy_words(table)) == O_DICT ? 2 : 1; }
static inline uint32_t table_live(value table) { return (uint32_t)int_of(iotpy_fields(table)[TABLE_LIVE]); }
static inline uint32_t table_used(value table) { return (uint32_t)int_of(iotpy_fields(table)[TABLE_USED]); }
static inline value *table_entry(value table, uint32_t i) {
  return iotpy_fields(iotpy_fields(table)[TABLE_ENTRIES]) + i * table_stride(table);
}
enum { FIND_NONE = -1, FIND_ERROR = -2, FIND_TWIN = -3 };
int32_t table_find(value table, value key);                   // entry number or FIND_...; does not allocate unless it raises
int32_t table_put(root table, root key);                      // entry number, new or old; or FIND_ERROR, FIND_TWIN [gc]
void table_remove(value table, uint32_t entry);
void table_clear(value table);
bool table_next(value table, uint32_t *position, value **entry);  // live entries in order; position starts at 0
bool table_reserve(root table, uint32_t capacity);  // [gc]
value table_new(enum object_type type, uint32_t flags);  // [gc]
