// The hash table of dict and set; the layout is drawn in table.h.
#include "table.h"

value table_new(vm_t *vm, enum object_type type, uint32_t flags) {
  value v = iotpy_new(vm, type, flags, 5);
  if (v) table_clear(vm, v);
  return v;
}

void table_clear(vm_t *vm, value table) {
  value *fields = iotpy_fields(vm, table);
  fields[TABLE_LIVE] = fields[TABLE_USED] = from_int(0);
  fields[TABLE_ENTRIES] = fields[TABLE_INDEX] = VALUE_NONE;
}

static uint32_t capacity_of(const vm_t *vm, value table) {
  value entries = iotpy_fields(vm, table)[TABLE_ENTRIES];
  return entries == VALUE_NONE ? 0 : (header_words(*iotpy_words(vm, entries)) - 1) / table_stride(vm, table);
}

// ---- the index
static uint32_t slot_bytes(uint32_t capacity) { return capacity < 255 ? 1 : capacity < 65535 ? 2 : 4; }
static uint32_t slot_count(uint32_t capacity) {
  uint32_t slots = 16;
  while (slots < capacity + capacity / 2) slots *= 2;
  return slots;
}

struct index { uint8_t *data; uint32_t width, mask; };
static struct index index_of(const vm_t *vm, value table) {
  uint32_t capacity = capacity_of(vm, table);
  return (struct index){(uint8_t *)iotpy_fields(vm, iotpy_fields(vm, table)[TABLE_INDEX]), slot_bytes(capacity), slot_count(capacity) - 1};
}

static uint32_t slot_read(const struct index *x, uint32_t i) {
  uint16_t half;
  uint32_t word;
  if (x->width == 1) return x->data[i];
  if (x->width == 2) return __builtin_memcpy(&half, x->data + 2 * i, 2), half;
  return __builtin_memcpy(&word, x->data + 4 * i, 4), word;
}

static void slot_write(const struct index *x, uint32_t i, uint32_t entry) {
  uint16_t half = (uint16_t)entry;
  if (x->width == 1) x->data[i] = (uint8_t)entry;
  else if (x->width == 2) __builtin_memcpy(x->data + 2 * i, &half, 2);
  else __builtin_memcpy(x->data + 4 * i, &entry, 4);
}

static void index_add(const struct index *x, uint32_t hash, uint32_t entry) {
  uint32_t i = hash & x->mask;
  while (slot_read(x, i) != 0) i = (i + 1) & x->mask;
  slot_write(x, i, entry + 1);
}

// ---- looking up
// A wanted key, with its text when it is a string.
struct wanted { value key; bool is_text; text text; };
static struct wanted wanted_of(const vm_t *vm, value key) {
  struct wanted w = {.key = key, .is_text = is_string(vm, key)};
  if (w.is_text) w.text = iotpy_text(vm, key);
  return w;
}

// Equality of a stored key and a wanted one: the same object is equal, even nan. As iotpy_equal otherwise.
static int same_key(vm_t *vm, value stored, const struct wanted *wanted) {
  if (stored == wanted->key) return 1;
  if (stored == VALUE_UNBOUND || are_ints(stored, wanted->key)) return 0;
  if (!wanted->is_text || !is_string(vm, stored)) return iotpy_equal(vm, stored, wanted->key);
  if (is_constant(stored, KIND_STRING) && is_constant(wanted->key, KIND_STRING)) return 0;
  if (is_ref(stored) && is_ref(wanted->key) && *iotpy_words(vm, stored) != *iotpy_words(vm, wanted->key)) return 0;  // not of one length
  text t = iotpy_text(vm, stored);
  if (t.bytes != wanted->text.bytes || (t.bytes > 0 && t.data[t.bytes - 1] != wanted->text.data[t.bytes - 1])) return 0;  // keys differ at the end: k1, k2
  return __builtin_memcmp(t.data, wanted->text.data, t.bytes) == 0;
}

static int32_t answer_of(int equal, uint32_t entry) { return equal == 1 ? (int32_t)entry : equal < 0 ? FIND_ERROR : FIND_TWIN; }

static int32_t find_linear(vm_t *vm, value table, value key) {
  uint32_t used = table_used(vm, table), stride = table_stride(vm, table), hash;
  if (!is_int(key) && !is_string(vm, key) && !iotpy_hash(vm, key, &hash)) return FIND_ERROR;  // only to refuse what has no hash
  if (used == 0) return FIND_NONE;
  const value *entry = table_entry(vm, table, 0);
  for (uint32_t i = 0; i < used; i++, entry += stride) if (*entry == key) return (int32_t)i;
  struct wanted wanted = wanted_of(vm, key);
  entry = table_entry(vm, table, 0);
  for (uint32_t i = 0; i < used; i++, entry += stride) {
    int equal = same_key(vm, *entry, &wanted);
    if (equal) return answer_of(equal, i);
  }
  return FIND_NONE;
}

static int32_t find_indexed(vm_t *vm, value table, value key, uint32_t hash) {
  struct index x = index_of(vm, table);
  struct wanted wanted = wanted_of(vm, key);
  for (uint32_t i = hash & x.mask;; i = (i + 1) & x.mask) {
    uint32_t slot = slot_read(&x, i);
    if (slot == 0) return FIND_NONE;
    int equal = same_key(vm, *table_entry(vm, table, slot - 1), &wanted);
    if (equal) return answer_of(equal, slot - 1);
  }
}

int32_t table_find(vm_t *vm, value table, value key) {
  uint32_t hash;
  if (iotpy_fields(vm, table)[TABLE_INDEX] == VALUE_NONE) return find_linear(vm, table, key);
  return iotpy_hash(vm, key, &hash) ? find_indexed(vm, table, key, hash) : FIND_ERROR;
}

// ---- growing
// Copies the live entries into arrays of the wanted capacity, and indexes them.
bool table_reserve(vm_t *vm, root table, uint32_t capacity) {
  uint32_t stride = table_stride(vm, iotpy_get(vm, table)), used = 0, position = 0, hash;
  if ((uint64_t)capacity * stride > IOTPY_OBJECT_WORDS_MAX - 1) return iotpy_raise(vm, T_MemoryError, ""), false;
  value made = iotpy_new(vm, O_ARRAY, 0, capacity * stride + 1);
  if (!made) return false;
  root entries = iotpy_push(vm, made);
  value index = VALUE_NONE;
  if (capacity > TABLE_LINEAR_MAX && !(index = iotpy_raw(vm, O_BUFFER, slot_count(capacity) * slot_bytes(capacity)))) return false;
  value *old, v = iotpy_get(vm, table);
  value *out = iotpy_fields(vm, iotpy_get(vm, entries));
  for (; table_next(vm, v, &position, &old); used++) for (uint32_t i = 0; i < stride; i++) out[used * stride + i] = old[i];
  value *fields = iotpy_fields(vm, v);
  fields[TABLE_ENTRIES] = iotpy_get(vm, entries);
  fields[TABLE_INDEX] = index;
  fields[TABLE_USED] = from_int((int32_t)used);
  iotpy_pop(vm, entries);
  if (index == VALUE_NONE) return true;
  struct index x = index_of(vm, v);
  for (uint32_t i = 0; i < used; i++) if (iotpy_hash(vm, *table_entry(vm, v, i), &hash)) index_add(&x, hash, i);
  return true;
}

int32_t table_put(vm_t *vm, root table, root key) {
  uint32_t hash = 0;
  int32_t found = table_find(vm, iotpy_get(vm, table), iotpy_get(vm, key));
  if (found != FIND_NONE) return found;
  value v = iotpy_get(vm, table);
  uint32_t used = table_used(vm, v), live = table_live(vm, v), capacity = capacity_of(vm, v);
  if (used == capacity) {
    bool sparse = live < used - used / 4;
    uint32_t wanted = sparse ? capacity : capacity == 0 ? 4 : capacity < TABLE_LINEAR_MAX ? TABLE_LINEAR_MAX : capacity + capacity / 2;
    if (!table_reserve(vm, table, wanted)) return FIND_ERROR;
    v = iotpy_get(vm, table);
    used = table_used(vm, v);
  }
  value *fields = iotpy_fields(vm, v);
  if (fields[TABLE_INDEX] != VALUE_NONE) {
    struct index x = index_of(vm, v);
    if (!iotpy_hash(vm, iotpy_get(vm, key), &hash)) return FIND_ERROR;
    index_add(&x, hash, used);
  }
  fields[TABLE_LIVE] = from_int((int32_t)live + 1);
  fields[TABLE_USED] = from_int((int32_t)used + 1);
  value *entry = table_entry(vm, v, used);
  entry[0] = iotpy_get(vm, key);
  if (table_stride(vm, v) == 2) entry[1] = VALUE_NONE;
  return (int32_t)used;
}

void table_remove(vm_t *vm, value table, uint32_t entry) {
  uint32_t live = table_live(vm, table) - 1;
  if (live == 0) return table_clear(vm, table);
  value *words = table_entry(vm, table, entry);
  words[0] = VALUE_UNBOUND;
  if (table_stride(vm, table) == 2) words[1] = VALUE_NONE;
  iotpy_fields(vm, table)[TABLE_LIVE] = from_int((int32_t)live);
}

bool table_next(const vm_t *vm, value table, uint32_t *position, value **entry) {
  for (uint32_t used = table_used(vm, table); *position < used;) {
    value *e = table_entry(vm, table, (*position)++);
    if (*e == VALUE_UNBOUND) continue;
    *entry = e;
    return true;
  }
  return false;
}
