// The hash table of dict and set; the layout is drawn in table.h.
#include "table.h"

value table_new(enum object_type type, uint32_t flags) {
  value v = iotpy_new(type, flags, 5);
  if (v) table_clear(v);
  return v;
}

void table_clear(value table) {
  value *fields = iotpy_fields(table);
  fields[TABLE_LIVE] = fields[TABLE_USED] = from_int(0);
  fields[TABLE_ENTRIES] = fields[TABLE_INDEX] = VALUE_NONE;
}

static uint32_t capacity_of(value table) {
  value entries = iotpy_fields(table)[TABLE_ENTRIES];
  return entries == VALUE_NONE ? 0 : (header_words(*iotpy_words(entries)) - 1) / table_stride(table);
}

// ---- the index
static uint32_t slot_bytes(uint32_t capacity) { return capacity < 255 ? 1 : capacity < 65535 ? 2 : 4; }
static uint32_t slot_count(uint32_t capacity) {
  uint32_t slots = 16;
  while (slots < capacity + capacity / 2) slots *= 2;
  return slots;
}

struct index { uint8_t *data; uint32_t width, mask; };
static struct index index_of(value table) {
  uint32_t *buffer = iotpy_words(iotpy_fields(table)[TABLE_INDEX]), width = slot_bytes(capacity_of(table));
  return (struct index){(uint8_t *)(buffer + 1), width, 4 * (header_words(*buffer) - 1) / width - 1};
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
static struct wanted wanted_of(value key) {
  struct wanted w = {.key = key, .is_text = is_string(key)};
  if (w.is_text) w.text = iotpy_text(key);
  return w;
}

// Equality of a stored key and a wanted one: the same object is equal, even nan. As iotpy_equal otherwise.
static int same_key(value stored, const struct wanted *wanted) {
  if (stored == wanted->key) return 1;
  if (stored == VALUE_UNBOUND || are_ints(stored, wanted->key)) return 0;
  if (!wanted->is_text || !is_string(stored)) return iotpy_equal(stored, wanted->key);
  if (is_constant(stored, KIND_STRING) && is_constant(wanted->key, KIND_STRING)) return 0;
  if (is_ref(stored) && is_ref(wanted->key)) {  // of one length when their headers are the same
    const uint32_t *a = iotpy_words(stored), *b = iotpy_words(wanted->key);
    return *a == *b && __builtin_memcmp(a + 1, b + 1, wanted->text.bytes) == 0;
  }
  text t = iotpy_text(stored);
  if (t.bytes != wanted->text.bytes || (t.bytes > 0 && t.data[t.bytes - 1] != wanted->text.data[t.bytes - 1])) return 0;  // keys differ at the end: k1, k2
  return __builtin_memcmp(t.data, wanted->text.data, t.bytes) == 0;
}

static int32_t answer_of(int equal, uint32_t entry) { return equal == 1 ? (int32_t)entry : equal < 0 ? FIND_ERROR : FIND_TWIN; }

static int32_t find_linear(value table, value key) {
  uint32_t used = table_used(table), stride = table_stride(table), hash;
  if (!is_int(key) && !is_string(key) && !iotpy_hash(key, &hash)) return FIND_ERROR;  // only to refuse what has no hash
  if (used == 0) return FIND_NONE;
  const value *entry = table_entry(table, 0);
  for (uint32_t i = 0; i < used; i++, entry += stride) if (*entry == key) return (int32_t)i;
  struct wanted wanted = wanted_of(key);
  entry = table_entry(table, 0);
  for (uint32_t i = 0; i < used; i++, entry += stride) {
    int equal = same_key(*entry, &wanted);
    if (equal) return answer_of(equal, i);
  }
  return FIND_NONE;
}

static int32_t find_indexed(value table, value key, uint32_t hash) {
  struct index x = index_of(table);
  struct wanted wanted = wanted_of(key);
  for (uint32_t i = hash & x.mask;; i = (i + 1) & x.mask) {
    uint32_t slot = slot_read(&x, i);
    if (slot == 0) return FIND_NONE;
    int equal = same_key(*table_entry(table, slot - 1), &wanted);
    if (equal) return answer_of(equal, slot - 1);
  }
}

int32_t table_find(value table, value key) {
  uint32_t hash;
  if (iotpy_fields(table)[TABLE_INDEX] == VALUE_NONE) return find_linear(table, key);
  return iotpy_hash(key, &hash) ? find_indexed(table, key, hash) : FIND_ERROR;
}

// ---- growing
// Copies the live entries into arrays of the wanted capacity, and indexes them.
bool table_reserve(root table, uint32_t capacity) {
  uint32_t stride = table_stride(*table), used = 0, position = 0, hash;
  if ((uint64_t)capacity * stride > IOTPY_OBJECT_WORDS_MAX - 1) return iotpy_raise(T_MemoryError, ""), false;
  value made = iotpy_new(O_ARRAY, 0, capacity * stride + 1);
  if (!made) return false;
  root entries = iotpy_push(made);
  value index = VALUE_NONE;
  if (capacity > TABLE_LINEAR_MAX && !(index = iotpy_raw(O_BUFFER, slot_count(capacity) * slot_bytes(capacity)))) return false;
  value *old, v = *table;
  value *out = iotpy_fields(*entries);
  for (; table_next(v, &position, &old); used++) for (uint32_t i = 0; i < stride; i++) out[used * stride + i] = old[i];
  value *fields = iotpy_fields(v);
  fields[TABLE_ENTRIES] = *entries;
  fields[TABLE_INDEX] = index;
  fields[TABLE_USED] = from_int((int32_t)used);
  iotpy_pop(entries);
  if (index == VALUE_NONE) return true;
  struct index x = index_of(v);
  for (uint32_t i = 0; i < used; i++) if (iotpy_hash(*table_entry(v, i), &hash)) index_add(&x, hash, i);
  return true;
}

int32_t table_put(root table, root key) {
  uint32_t hash = 0;
  int32_t found = table_find(*table, *key);
  if (found != FIND_NONE) return found;
  value v = *table;
  uint32_t used = table_used(v), live = table_live(v), capacity = capacity_of(v);
  if (used == capacity) {
    bool sparse = live < used - used / 4;
    uint32_t wanted = sparse ? capacity : capacity == 0 ? 4 : capacity < TABLE_LINEAR_MAX ? TABLE_LINEAR_MAX : capacity + capacity / 2;
    if (!table_reserve(table, wanted)) return FIND_ERROR;
    v = *table;
    used = table_used(v);
  }
  value *fields = iotpy_fields(v);
  if (fields[TABLE_INDEX] != VALUE_NONE) {
    struct index x = index_of(v);
    if (!iotpy_hash(*key, &hash)) return FIND_ERROR;
    index_add(&x, hash, used);
  }
  fields[TABLE_LIVE] = from_int((int32_t)live + 1);
  fields[TABLE_USED] = from_int((int32_t)used + 1);
  value *entry = table_entry(v, used);
  entry[0] = *key;
  if (table_stride(v) == 2) entry[1] = VALUE_NONE;
  return (int32_t)used;
}

void table_remove(value table, uint32_t entry) {
  uint32_t live = table_live(table) - 1;
  if (live == 0) return table_clear(table);
  value *words = table_entry(table, entry);
  words[0] = VALUE_UNBOUND;
  if (table_stride(table) == 2) words[1] = VALUE_NONE;
  iotpy_fields(table)[TABLE_LIVE] = from_int((int32_t)live);
}

bool table_next(value table, uint32_t *position, value **entry) {
  for (uint32_t used = table_used(table); *position < used;) {
    value *e = table_entry(table, (*position)++);
    if (*e == VALUE_UNBOUND) continue;
    *entry = e;
    return true;
  }
  return false;
}
