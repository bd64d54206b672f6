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

static inline uint32_t table_stride(const vm_t *vm, value table) { return header_type(*iotpy_words(vm, table)) == O_DICT ? 2 : 1; }
static inline uint32_t table_live(const vm_t *vm, value table) { return (uint32_t)int_of(iotpy_fields(vm, table)[TABLE_LIVE]); }
static inline uint32_t table_used(const vm_t *vm, value table) { return (uint32_t)int_of(iotpy_fields(vm, table)[TABLE_USED]); }
static inline value *table_entry(const vm_t *vm, value table, uint32_t i) {
  return iotpy_fields(vm, iotpy_fields(vm, table)[TABLE_ENTRIES]) + i * table_stride(vm, table);
}
enum { FIND_NONE = -1, FIND_ERROR = -2, FIND_TWIN = -3 };
int32_t table_find(vm_t *vm, value table, value key);         // entry number or FIND_...; does not allocate unless it raises
int32_t table_put(vm_t *vm, root table, root key);            // entry number, new or old; or FIND_ERROR, FIND_TWIN [gc]
void table_remove(vm_t *vm, value table, uint32_t entry);
void table_clear(vm_t *vm, value table);
bool table_next(const vm_t *vm, value table, uint32_t *position, value **entry);  // live entries in order; position starts at 0
bool table_reserve(vm_t *vm, root table, uint32_t capacity);  // [gc]
value table_new(vm_t *vm, enum object_type type, uint32_t flags);  // [gc]
