// Sorting: a stable merge sort, bottom up, in an array of half the length at most; keys may lie in a second list that is sorted along.
#include "frame.h"
#include "number.h"
#include "sequences.h"

#define RUN 8  // runs of this length are sorted by insertion first

// What orders two keys quickly: all are small ints, all floats, or anything else.
enum kind { KIND_INTS, KIND_FLOATS, KIND_ANY };
struct sorting { root items, keys, spare; enum kind kind; bool reverse, separate, failed, twin; };

static value *words_of(root list) { return iotpy_list_items(*list); }

static enum kind kind_of(const value *keys, uint32_t count) {
  bool ints = true, floats = true;
  for (uint32_t i = 0; i < count && (ints || floats); i++) {
    ints = ints && is_int(keys[i]);
    floats = floats && is_float(keys[i]);
  }
  return ints ? KIND_INTS : floats ? KIND_FLOATS : KIND_ANY;
}

// Must b stand before a? (Not on equality: the sort is stable, in reverse too.) When this fails, objects have moved.
static bool before(struct sorting *s, value b, value a) {
  if (s->reverse) { value kept = a; a = b; b = kept; }
  if (s->kind == KIND_INTS) return (int32_t)b < (int32_t)a;
  if (s->kind == KIND_FLOATS) return compare_doubles(iotpy_float_of(b), iotpy_float_of(a)) == -1;
  if (s->failed) return false;
  root right = iotpy_push(a), left = iotpy_push(b);
  value less = iotpy_compare(COMPARE_LT, left, right);
  if (less == VALUE_ERROR || less == VALUE_TWIN) {
    s->failed = true;
    s->twin = less == VALUE_TWIN;
    return false;
  }
  iotpy_pop(right);
  return less == VALUE_TRUE;
}

static void insert(value *list, uint32_t from, uint32_t to) {           // the word at `from` goes down to `to`
  value word = list[from];
  for (; from > to; from--) list[from] = list[from - 1];
  list[to] = word;
}

// By binary search, which compares little.
static void insert_run(struct sorting *s, uint32_t from, uint32_t to) {
  value *keys = words_of(s->keys), *items = words_of(s->items);
  for (uint32_t i = from + 1; i < to; i++) {
    value key = keys[i];
    uint32_t low = i, high = i;
    if (before(s, key, keys[i - 1])) low = from, high = i - 1;
    while (low < high && !s->failed) {
      uint32_t middle = (low + high) / 2;
      if (before(s, key, keys[middle])) high = middle;
      else low = middle + 1;
    }
    if (s->failed) return;
    insert(keys, i, low);
    if (s->separate) insert(items, i, low);
  }
}

// Merges from..middle and middle..to by way of the spare array, which takes the left part.
static void merge(struct sorting *s, uint32_t from, uint32_t middle, uint32_t to) {
  value *keys = words_of(s->keys), *items = words_of(s->items);
  if (!before(s, keys[middle], keys[middle - 1])) return;
  value *left = iotpy_fields(*s->spare), *left_items = left + (middle - from);
  __builtin_memcpy(left, keys + from, 4 * (middle - from));
  if (s->separate) __builtin_memcpy(left_items, items + from, 4 * (middle - from));
  else left_items = left;
  uint32_t i = 0, j = middle, out = from;
  while (i < middle - from) {
    bool right = j < to && !s->failed && before(s, keys[j], left[i]);
    if (s->failed) {
      keys = words_of(s->keys);
      items = words_of(s->items);
      left = iotpy_fields(*s->spare);
      left_items = s->separate ? left + (middle - from) : left;
    }
    keys[out] = right ? keys[j] : left[i];
    items[out++] = right ? items[j] : left_items[i];
    if (right) j++;
    else i++;
  }
}

bool iotpy_sort(root list, root keys, bool reverse, bool *twin) {
  uint32_t count = iotpy_list_length(*list);
  struct sorting s = {.items = list, .keys = keys, .reverse = reverse, .separate = *list != *keys};
  *twin = false;
  if (count < 2) return true;
  uint32_t half = count <= RUN ? 0 : count;  // the left part of a merge may be nearly all: powers of two times RUN
  value spare = iotpy_try_new(O_ARRAY, 0, (s.separate ? 2 : 1) * half + 1);
  uint32_t run = spare ? RUN : count;        // without memory for merging, all is one run
  s.spare = iotpy_push(spare ? spare : VALUE_NONE);
  s.kind = kind_of(words_of(keys), count);
  for (uint32_t i = 0; i < count && !s.failed; i += run) insert_run(&s, i, i + run < count ? i + run : count);
  for (uint32_t width = run; width < count && !s.failed; width *= 2) {
    for (uint32_t i = 0; i + width < count && !s.failed; i += 2 * width) merge(&s, i, i + width, i + 2 * width < count ? i + 2 * width : count);
  }
  *twin = s.twin;
  if (s.failed && !s.twin) return false;
  iotpy_pop(s.spare);
  return !s.failed;
}

static value sorted_outcome(bool ok, bool twin, value result) { return ok ? result : twin ? VALUE_TWIN : VALUE_ERROR; }

static bool wants_reverse(value v) { return v != VALUE_UNBOUND && iotpy_truth(v) == 1; }

value native_list_dot_sort(root arguments, uint32_t count) {
  (void)count;
  value key = arguments[1];
  bool twin;
  if (key != VALUE_UNBOUND && key != VALUE_NONE) return VALUE_TWIN;
  bool ok = iotpy_sort(arguments, arguments, wants_reverse(arguments[2]), &twin);
  return sorted_outcome(ok, twin, VALUE_NONE);
}

value native_sorted(root arguments, uint32_t count) {
  (void)count;
  value key = arguments[1];
  bool twin;
  if (key != VALUE_UNBOUND && key != VALUE_NONE) return VALUE_TWIN;
  value made = iotpy_list_of(arguments);
  if (!made || made == VALUE_TWIN) return made;
  root list = iotpy_push(made);
  *arguments = made;  // an iterator cannot be gone through again
  bool ok = iotpy_sort(list, list, wants_reverse(arguments[2]), &twin);
  if (!ok && !twin) return VALUE_ERROR;
  made = *list;
  iotpy_pop(list);
  return sorted_outcome(ok, twin, made);
}

// _sort_by(list, keys, reverse): sorts both lists by the keys.
value native__sort_by(root arguments, uint32_t count) {
  (void)count;
  value list = arguments[0], keys = arguments[1];
  bool twin;
  if (!is_object(list, O_LIST) || !is_object(keys, O_LIST) || iotpy_list_length(list) != iotpy_list_length(keys))
    return iotpy_raise(T_ValueError, "list modified during sort");
  bool ok = iotpy_sort(arguments, arguments + 1, wants_reverse(arguments[2]), &twin);
  return sorted_outcome(ok, twin, VALUE_NONE);
}
