// The methods of str. Offsets are bytes inside, code points towards Python.
#include "sequences.h"

// ---- searching. What is short is tried at each place; what is longer is found by two-way matching (Crochemore and Perrin, 1991): in time that is
// linear in both texts, whatever they hold, and without memory. `d` is 1, or -1 with pointers to last bytes: then it goes backwards.
#define SHORT_BYTES_MAX 16

// Where the greatest suffix begins (by the order of bytes, or the reversed one), less 1, and its period.
static int32_t greatest_suffix(const uint8_t *wanted, int32_t length, int32_t d, int32_t order, int32_t *period) {
  int32_t start = -1, j = 0, k = 1;
  *period = 1;
  while (j + k < length) {
    int32_t difference = order * (wanted[d * (start + k)] - wanted[d * (j + k)]);
    if (difference < 0) {
      start = j++;
      k = *period = 1;
    } else if (difference > 0 || k == *period) {
      j += k;
      k = 1;
      if (difference > 0) *period = j - start;
    } else {
      k++;
    }
  }
  return start;
}

static int32_t two_way(const uint8_t *in, int32_t bytes, const uint8_t *wanted, int32_t length, int32_t d) {
  int32_t period, other_period, i = 0, known = 0;   // known: how many bytes at the front are known to match
  int32_t cut = greatest_suffix(wanted, length, d, 1, &period), other = greatest_suffix(wanted, length, d, -1, &other_period);
  if (other > cut) cut = other, period = other_period;
  while (i <= cut && wanted[d * i] == wanted[d * (i + period)]) i++;
  bool periodic = i > cut;
  if (!periodic) period = (cut > length - cut - 1 ? cut : length - cut - 1) + 1;
  for (int32_t at = 0; at <= bytes - length;) {
    int32_t k = cut + 1 > known ? cut + 1 : known;
    while (k < length && wanted[d * k] == in[d * (at + k)]) k++;
    if (k < length) {
      at += k - cut;
      known = 0;
      continue;
    }
    for (k = cut + 1; k > known && wanted[d * (k - 1)] == in[d * (at + k - 1)];) k--;
    if (k <= known) return at;
    at += period;
    known = periodic ? length - period : 0;
  }
  return -1;
}

int32_t find_bytes(const uint8_t *in, uint32_t bytes, const uint8_t *wanted, uint32_t length, uint32_t from) {
  if (length > bytes || from > bytes - length) return -1;
  if (length > SHORT_BYTES_MAX) {
    int32_t at = two_way(in + from, (int32_t)(bytes - from), wanted, (int32_t)length, 1);
    return at < 0 ? at : at + (int32_t)from;
  }
  for (uint32_t i = from; i <= bytes - length; i++) {
    if (length == 0 || (in[i] == wanted[0] && __builtin_memcmp(in + i, wanted, length) == 0)) return (int32_t)i;
  }
  return -1;
}

static int32_t find_last(const uint8_t *in, uint32_t bytes, const uint8_t *wanted, uint32_t length, uint32_t from) {
  if (length > bytes || from > bytes - length) return -1;
  if (length > SHORT_BYTES_MAX) {
    int32_t at = two_way(in + bytes - 1, (int32_t)(bytes - from), wanted + length - 1, (int32_t)length, -1);
    return at < 0 ? at : (int32_t)(bytes - length) - at;
  }
  for (uint32_t i = bytes - length + 1; i-- > from;) if (__builtin_memcmp(in + i, wanted, length) == 0) return (int32_t)i;
  return -1;
}

static text text_argument(root arguments, uint32_t i) { return iotpy_text(arguments[i]); }

// Are the first `count` arguments strings?
static bool strings(root arguments, uint32_t count, const char *name) {
  for (uint32_t i = 0; i < count; i++) {
    if (is_string(arguments[i])) continue;
    iotpy_raise(T_TypeError, "%s() argument %u must be str, not %t", name, i > 0 ? i : 1u, arguments[i]);
    return false;
  }
  return true;
}

// ---- searching. The part of self that start and end leave, as byte offsets.
static bool part_of(root arguments, uint32_t *from, uint32_t *to) {
  text t = text_argument(arguments, 0);
  uint32_t start, end, length = iotpy_text_length(t);
  if (!iotpy_range_arguments(arguments, 2, length, &start, &end)) return false;
  if (start > length) return *from = 1, *to = 0, true;  // not even the empty string lies there
  t = text_argument(arguments, 0);
  *from = text_offset(t, start);
  *to = text_offset(t, end);
  return true;
}

static value find(root arguments, bool last, bool must, const char *name) {
  uint32_t from, to;
  if (!strings(arguments, 2, name) || !part_of(arguments, &from, &to)) return VALUE_ERROR;
  text in = text_argument(arguments, 0), wanted = text_argument(arguments, 1);
  int32_t at = from > to ? -1 : last ? find_last(in.data, to, wanted.data, wanted.bytes, from) : find_bytes(in.data, to, wanted.data, wanted.bytes, from);
  if (at < 0) return must ? iotpy_raise(T_ValueError, "substring not found") : from_int(-1);
  return from_int((int32_t)iotpy_text_length((text){in.data, (uint32_t)at, in.ascii}));
}
value native_str_dot_find(root arguments, uint32_t count) { (void)count; return find(arguments, false, false, "find"); }
value native_str_dot_index(root arguments, uint32_t count) { (void)count; return find(arguments, false, true, "index"); }
value native_str_dot_rfind(root arguments, uint32_t count) { (void)count; return find(arguments, true, false, "rfind"); }
value native_str_dot_rindex(root arguments, uint32_t count) { (void)count; return find(arguments, true, true, "rindex"); }

value native_str_dot_count(root arguments, uint32_t count) {
  (void)count;
  uint32_t from, to;
  int32_t found = 0;
  if (!strings(arguments, 2, "count") || !part_of(arguments, &from, &to)) return VALUE_ERROR;
  text in = text_argument(arguments, 0), wanted = text_argument(arguments, 1);
  if (from > to) return from_int(0);
  if (wanted.bytes == 0) return from_int((int32_t)iotpy_text_length((text){in.data + from, to - from, in.ascii}) + 1);
  for (int32_t at; (at = find_bytes(in.data, to, wanted.data, wanted.bytes, from)) >= 0; from = (uint32_t)at + wanted.bytes) found++;
  return from_int(found);
}

static bool has_affix(text in, uint32_t from, uint32_t to, text affix, bool end) {
  if (from > to || affix.bytes > to - from) return false;
  return __builtin_memcmp(in.data + (end ? to - affix.bytes : from), affix.data, affix.bytes) == 0;
}

static value affix(root arguments, bool end, const char *name) {
  uint32_t from, to, count = 1;
  value wanted = arguments[1], *items = &wanted;
  bool tuple = is_object(wanted, O_TUPLE);
  if (!strings(arguments, 1, name) || !part_of(arguments, &from, &to)) return VALUE_ERROR;
  if (tuple) iotpy_sequence(wanted, &items, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (!is_string(items[i])) return iotpy_raise(T_TypeError, "%s first arg must be str or a tuple of str, not %t", name, wanted);
    if (has_affix(text_argument(arguments, 0), from, to, iotpy_text(items[i]), end)) return VALUE_TRUE;
  }
  return VALUE_FALSE;
}
value native_str_dot_startswith(root arguments, uint32_t count) { (void)count; return affix(arguments, false, "startswith"); }
value native_str_dot_endswith(root arguments, uint32_t count) { (void)count; return affix(arguments, true, "endswith"); }

// ---- classes and case: ASCII and Latin-1
static bool is_space(uint32_t c) { return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F) || c == 0x85 || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029; }
static bool is_upper(uint32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F); }
static bool is_lower(uint32_t c) { return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7) || c == 0xB5 || c == 0xAA || c == 0xBA || (c >= 0x3B1 && c <= 0x3C9) || (c >= 0x430 && c <= 0x44F); }
static bool is_alpha(uint32_t c) { return is_upper(c) || is_lower(c) || (c >= 0x100 && c < 0x2000) || (c >= 0x3040 && c < 0xD800); }
static bool is_digit(uint32_t c) { return (c >= '0' && c <= '9') || c == 0xB2 || c == 0xB3 || c == 0xB9; }
static bool is_alnum(uint32_t c) { return is_alpha(c) || is_digit(c) || (c >= 0xBC && c <= 0xBE); }

static uint32_t to_lower(uint32_t c) {
  if (!is_upper(c)) return c;
  return c + 32;
}
static uint32_t to_upper(uint32_t c) {
  if (!is_lower(c) || c == 0xAA || c == 0xBA || c == 0xDF) return c;
  if (c == 0xB5) return 0x39C;
  if (c == 0xFF) return 0x178;
  if (c == 0x3C2) return 0x3A3;
  return c - 32;
}

static value every(root arguments, bool (*is)(uint32_t)) {
  text t = text_argument(arguments, 0);
  for (uint32_t at = 0; at < t.bytes;) if (!is(utf8_read(t.data, &at))) return VALUE_FALSE;
  return from_bool(t.bytes > 0);
}
value native_str_dot_isalnum(root arguments, uint32_t count) { (void)count; return every(arguments, is_alnum); }
value native_str_dot_isalpha(root arguments, uint32_t count) { (void)count; return every(arguments, is_alpha); }
value native_str_dot_isdigit(root arguments, uint32_t count) { (void)count; return every(arguments, is_digit); }
value native_str_dot_isspace(root arguments, uint32_t count) { (void)count; return every(arguments, is_space); }

static value cased(root arguments, bool (*wanted)(uint32_t), bool (*other)(uint32_t)) {
  text t = text_argument(arguments, 0);
  bool any = false;
  for (uint32_t at = 0; at < t.bytes;) {
    uint32_t c = utf8_read(t.data, &at);
    if (other(c)) return VALUE_FALSE;
    any |= wanted(c);
  }
  return from_bool(any);
}
value native_str_dot_islower(root arguments, uint32_t count) { (void)count; return cased(arguments, is_lower, is_upper); }
value native_str_dot_isupper(root arguments, uint32_t count) { (void)count; return cased(arguments, is_upper, is_lower); }

enum { CASE_LOWER, CASE_UPPER, CASE_SWAP, CASE_CAPITAL, CASE_TITLE };
static value recase(root arguments, uint32_t how) {
  text t = text_argument(arguments, 0);
  bool first = true;
  builder b;
  builder_begin(&b);
  for (uint32_t at = 0; at < t.bytes && !b.failed;) {
    uint32_t c = utf8_read(text_argument(arguments, 0).data, &at);
    bool upper = how == CASE_UPPER || (how == CASE_SWAP && is_lower(c)) || (how >= CASE_CAPITAL && first);
    first = how == CASE_TITLE && !is_alpha(c);
    if (upper && c == 0xDF) builder_add(&b, how >= CASE_CAPITAL ? "Ss" : "SS", 2);
    else builder_add_char(&b, upper ? to_upper(c) : to_lower(c));
  }
  return builder_end(&b);
}
value native_str_dot_lower(root arguments, uint32_t count) { (void)count; return recase(arguments, CASE_LOWER); }
value native_str_dot_upper(root arguments, uint32_t count) { (void)count; return recase(arguments, CASE_UPPER); }
value native_str_dot_swapcase(root arguments, uint32_t count) { (void)count; return recase(arguments, CASE_SWAP); }
value native_str_dot_capitalize(root arguments, uint32_t count) { (void)count; return recase(arguments, CASE_CAPITAL); }
value native_str_dot_title(root arguments, uint32_t count) { (void)count; return recase(arguments, CASE_TITLE); }

// ---- stripping
static bool text_has(text t, uint32_t c) {
  for (uint32_t at = 0; at < t.bytes;) if (utf8_read(t.data, &at) == c) return true;
  return false;
}

static value strip(root arguments, bool left, bool right) {
  value chars = arguments[1];
  bool spaces = chars == VALUE_UNBOUND || chars == VALUE_NONE;
  if (!spaces && !is_string(chars)) return iotpy_raise(T_TypeError, "strip arg must be None or str");
  text t = text_argument(arguments, 0), set = spaces ? t : iotpy_text(chars);
  uint32_t from = 0, to = t.bytes;
  for (uint32_t at = 0; left && at < to; from = at) {
    uint32_t c = utf8_read(t.data, &at);
    if (!(spaces ? is_space(c) : text_has(set, c))) break;
  }
  while (right && to > from) {
    uint32_t at = to - 1;
    while ((t.data[at] & 0xC0) == 0x80) at--;
    uint32_t start = at, c = utf8_read(t.data, &at);
    if (!(spaces ? is_space(c) : text_has(set, c))) break;
    to = start;
  }
  return string_part(arguments, from, to - from);
}
value native_str_dot_strip(root arguments, uint32_t count) { (void)count; return strip(arguments, true, true); }
value native_str_dot_lstrip(root arguments, uint32_t count) { (void)count; return strip(arguments, true, false); }
value native_str_dot_rstrip(root arguments, uint32_t count) { (void)count; return strip(arguments, false, true); }

// ---- padding
static value pad(root arguments, int32_t before_of_2) {
  int32_t width;
  uint32_t fill = ' ', at = 0;
  if (!iotpy_to_index(arguments[1], &width)) return VALUE_ERROR;
  if (arguments[2] != VALUE_UNBOUND) {
    if (!is_string(arguments[2]) || iotpy_text_length(text_argument(arguments, 2)) != 1)
      return iotpy_raise(T_TypeError, "The fill character must be exactly one character long");
    fill = utf8_read(text_argument(arguments, 2).data, &at);
  }
  int32_t missing = width - (int32_t)iotpy_text_length(text_argument(arguments, 0));
  if (missing <= 0) return arguments[0];
  int32_t before = before_of_2 == 1 ? missing / 2 + (missing & width & 1) : before_of_2 == 2 ? missing : 0;
  builder b;
  builder_begin(&b);
  for (int32_t i = 0; i < before && !b.failed; i++) builder_add_char(&b, fill);
  builder_add_string(&b, arguments[0]);
  for (int32_t i = before; i < missing && !b.failed; i++) builder_add_char(&b, fill);
  return builder_end(&b);
}
value native_str_dot_center(root arguments, uint32_t count) { (void)count; return pad(arguments, 1); }
value native_str_dot_ljust(root arguments, uint32_t count) { (void)count; return pad(arguments, 0); }
value native_str_dot_rjust(root arguments, uint32_t count) { (void)count; return pad(arguments, 2); }

value native_str_dot_zfill(root arguments, uint32_t count) {
  (void)count;
  int32_t width;
  if (!iotpy_to_index(arguments[1], &width)) return VALUE_ERROR;
  text t = text_argument(arguments, 0);
  int32_t missing = width - (int32_t)iotpy_text_length(t);
  uint32_t sign = t.bytes > 0 && (t.data[0] == '-' || t.data[0] == '+');
  if (missing <= 0) return arguments[0];
  builder b;
  builder_begin(&b);
  char first = sign ? (char)t.data[0] : 0;
  if (sign) builder_add(&b, &first, 1);
  for (int32_t i = 0; i < missing && !b.failed; i++) builder_add(&b, "0", 1);
  value rest = string_part(arguments, sign, text_argument(arguments, 0).bytes - sign);
  if (!rest) return VALUE_ERROR;
  builder_add_string(&b, rest);
  return builder_end(&b);
}

// ---- splitting
static bool add_part(root list, root string, uint32_t from, uint32_t to) {
  value part = string_part(string, from, to - from);
  if (!part) return false;
  root item = iotpy_push(part);
  bool ok = iotpy_list_append(list, item);
  if (ok) iotpy_pop(item);
  return ok;
}

static uint32_t skip_spaces(text t, uint32_t at, bool spaces) {
  while (at < t.bytes) {
    uint32_t next = at;
    if (is_space(utf8_read(t.data, &next)) != spaces) break;
    at = next;
  }
  return at;
}

static bool split_at_spaces(root arguments, root list, int32_t most) {
  uint32_t at = 0;
  for (;;) {
    text t = text_argument(arguments, 0);
    uint32_t from = skip_spaces(t, at, true);
    if (from >= t.bytes) return true;
    uint32_t to = most == 0 ? t.bytes : skip_spaces(t, from, false);
    if (most == 0) while (to > from && is_space(t.data[to - 1])) to--;
    if (!add_part(list, arguments, from, to)) return false;
    at = most == 0 ? t.bytes : to;
    if (most > 0) most--;
  }
}

static bool split_at(root arguments, root list, int32_t most) {
  uint32_t from = 0;
  for (;;) {
    text t = text_argument(arguments, 0), separator = text_argument(arguments, 1);
    int32_t at = most == 0 ? -1 : find_bytes(t.data, t.bytes, separator.data, separator.bytes, from);
    if (!add_part(list, arguments, from, at < 0 ? t.bytes : (uint32_t)at)) return false;
    if (at < 0) return true;
    from = (uint32_t)at + separator.bytes;
    if (most > 0) most--;
  }
}

static bool split_from_right(root arguments, root list, int32_t most) {
  bool spaces = arguments[1] == VALUE_UNBOUND || arguments[1] == VALUE_NONE;
  uint32_t to = text_argument(arguments, 0).bytes;
  for (;;) {
    text t = text_argument(arguments, 0);
    uint32_t from;
    int32_t at;
    if (spaces) {
      while (to > 0 && is_space(t.data[to - 1])) to--;
      if (to == 0) return true;
      from = to;
      while (most != 0 && from > 0 && !is_space(t.data[from - 1])) from--;
      if (most == 0) from = skip_spaces(t, 0, true);
      at = from > 0 && most != 0 ? (int32_t)from : -1;
    } else {
      text separator = text_argument(arguments, 1);
      at = most == 0 ? -1 : find_last(t.data, to, separator.data, separator.bytes, 0);
      from = at < 0 ? 0 : (uint32_t)at + separator.bytes;
    }
    if (!add_part(list, arguments, from, to)) return false;
    if (at < 0) return true;
    to = (uint32_t)at;
    if (most > 0) most--;
  }
}

value native_list_dot_reverse(root arguments, uint32_t count);

static value split(root arguments, bool right) {
  value separator = arguments[1];
  int32_t most = -1;
  bool spaces = separator == VALUE_UNBOUND || separator == VALUE_NONE;
  if (!spaces && !is_string(separator)) return iotpy_raise(T_TypeError, "must be str or None, not %t", separator);
  if (!spaces && iotpy_text(separator).bytes == 0) return iotpy_raise(T_ValueError, "empty separator");
  if (arguments[2] != VALUE_UNBOUND && !iotpy_to_index(arguments[2], &most)) return VALUE_ERROR;
  value made = iotpy_list(0, 0);
  if (!made) return VALUE_ERROR;
  root list = iotpy_push(made);
  bool ok = right ? split_from_right(arguments, list, most) : spaces ? split_at_spaces(arguments, list, most) : split_at(arguments, list, most);
  if (!ok) return VALUE_ERROR;
  if (right) native_list_dot_reverse(list, 1);
  made = *list;
  iotpy_pop(list);
  return made;
}
value native_str_dot_split(root arguments, uint32_t count) { (void)count; return split(arguments, false); }
value native_str_dot_rsplit(root arguments, uint32_t count) { (void)count; return split(arguments, true); }

value native_str_dot_splitlines(root arguments, uint32_t count) {
  (void)count;
  bool keep = arguments[1] != VALUE_UNBOUND && iotpy_truth(arguments[1]) == 1;
  value made = iotpy_list(0, 0);
  if (!made) return VALUE_ERROR;
  root list = iotpy_push(made);
  for (uint32_t from = 0;;) {
    text t = text_argument(arguments, 0);
    uint32_t to = from;
    while (to < t.bytes && !(t.data[to] >= 10 && t.data[to] <= 13) && !(t.data[to] >= 0x1C && t.data[to] <= 0x1E)) to++;
    if (from >= t.bytes) break;
    uint32_t next = to < t.bytes ? to + 1 + (t.data[to] == '\r' && to + 1 < t.bytes && t.data[to + 1] == '\n') : to;
    if (!add_part(list, arguments, from, keep ? next : to)) return VALUE_ERROR;
    from = next;
  }
  made = *list;
  iotpy_pop(list);
  return made;
}

static value partition(root arguments, bool right) {
  if (!strings(arguments, 2, "partition")) return VALUE_ERROR;
  text t = text_argument(arguments, 0), separator = text_argument(arguments, 1);
  if (separator.bytes == 0) return iotpy_raise(T_ValueError, "empty separator");
  int32_t at = right ? find_last(t.data, t.bytes, separator.data, separator.bytes, 0) : find_bytes(t.data, t.bytes, separator.data, separator.bytes, 0);
  root parts = iotpy_push_words(3);
  uint32_t end = at < 0 ? 0 : (uint32_t)at + separator.bytes, bytes = t.bytes;
  value empty = iotpy_string_room(0, true);
  if (!empty) return VALUE_ERROR;
  for (uint32_t i = 0; i < 3; i++) parts[i] = empty;
  if (at < 0) {
    parts[(right ? 2 : 0)] = arguments[0];
  } else {
    value before = string_part(arguments, 0, (uint32_t)at);
    if (!before) return VALUE_ERROR;
    *parts = before;
    parts[1] = arguments[1];
    value after = string_part(arguments, end, bytes - end);
    if (!after) return VALUE_ERROR;
    parts[2] = after;
  }
  value tuple = iotpy_tuple(parts, 3);
  if (tuple) iotpy_pop(parts);
  return tuple;
}
value native_str_dot_partition(root arguments, uint32_t count) { (void)count; return partition(arguments, false); }
value native_str_dot_rpartition(root arguments, uint32_t count) { (void)count; return partition(arguments, true); }

value native_str_dot_replace(root arguments, uint32_t count) {
  (void)count;
  int32_t most = -1;
  if (!strings(arguments, 3, "replace")) return VALUE_ERROR;
  if (arguments[3] != VALUE_UNBOUND && !iotpy_to_index(arguments[3], &most)) return VALUE_ERROR;
  root part = iotpy_push(VALUE_NONE);
  builder b;
  builder_begin(&b);
  for (uint32_t from = 0;;) {
    text t = text_argument(arguments, 0), old = text_argument(arguments, 1);
    bool between = old.bytes == 0;
    int32_t at = most == 0 ? -1 : between ? (from <= t.bytes ? (int32_t)from : -1) : find_bytes(t.data, t.bytes, old.data, old.bytes, from);
    uint32_t to = at < 0 ? t.bytes : (uint32_t)at, end = to + old.bytes;
    if (between && at >= 0 && to < t.bytes) utf8_read(t.data, &end);
    if (from < to) {
      value piece = string_part(arguments, from, to - from);
      if (!piece) return VALUE_ERROR;
      builder_add_string(&b, piece);
    }
    if (at < 0 || b.failed) break;
    builder_add_string(&b, arguments[2]);
    if (most > 0) most--;
    if (between) {  // the character itself follows the replacement
      if (to >= t.bytes) break;
      value piece = string_part(arguments, to, end - to);
      if (!piece) return VALUE_ERROR;
      builder_add_string(&b, piece);
    }
    from = end;
  }
  value made = builder_end(&b);
  if (made) iotpy_pop(part);
  return made;
}

value native_str_dot_join(root arguments, uint32_t count) {
  (void)count;
  value made = arguments[1], *items;
  uint32_t length, bytes = 0;
  if (!iotpy_sequence(made, &items, &length)) made = iotpy_list_of(arguments + 1);
  if (!made || made == VALUE_TWIN) return made;
  root list = iotpy_push(made);
  iotpy_sequence(made, &items, &length);
  text separator = text_argument(arguments, 0);
  bool ascii = separator.ascii;
  for (uint32_t i = 0; i < length; i++) {
    if (!is_string(items[i])) return iotpy_raise(T_TypeError, "sequence item %u: expected str instance, %t found", i, items[i]);
    text t = iotpy_text(items[i]);
    ascii = ascii && t.ascii;
    bytes += t.bytes + (i > 0 ? separator.bytes : 0);
    if (bytes > 4u * IOTPY_OBJECT_WORDS_MAX) return iotpy_raise(T_MemoryError, "");
  }
  made = iotpy_string_room(bytes, ascii);
  if (!made) return VALUE_ERROR;
  uint8_t *out = (uint8_t *)iotpy_fields(made);
  iotpy_sequence(*list, &items, &length);
  separator = text_argument(arguments, 0);
  for (uint32_t i = 0; i < length; i++) {
    if (i > 0 && separator.bytes > 0) {
      __builtin_memcpy(out, separator.data, separator.bytes);
      out += separator.bytes;
    }
    text t = iotpy_text(items[i]);
    if (t.bytes > 0) __builtin_memcpy(out, t.data, t.bytes);
    out += t.bytes;
  }
  iotpy_pop(list);
  return made;
}
