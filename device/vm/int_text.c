// Text and bytes of integers: str, bin, oct, hex, int(text, base), to_bytes, from_bytes.
#include "integer.h"

#define DECIMAL_DIGITS_MAX 4300  // as sys.get_int_max_str_digits()

// ---- to text
uint32_t iotpy_digits(uint64_t magnitude, uint32_t base, uint8_t *end) {
  uint8_t *at = end;
  do {
    uint32_t digit;
    if (magnitude >> 32) {
      digit = (uint32_t)(magnitude % base);
      magnitude /= base;
    } else {
      uint32_t low = (uint32_t)magnitude;
      digit = low % base;
      magnitude = low / base;
    }
    *--at = (uint8_t)(digit < 10 ? '0' + digit : 'a' + digit - 10);
  } while (magnitude);
  return (uint32_t)(end - at);
}

static uint32_t text_64(int64_t i, uint32_t base, char prefix, uint8_t *end) {
  uint32_t n = iotpy_digits(i < 0 ? -(uint64_t)i : (uint64_t)i, base, end);
  if (prefix) {
    *(end - ++n) = (uint8_t)prefix;
    *(end - ++n) = '0';
  }
  if (i < 0) *(end - ++n) = '-';
  return n;
}

// A str that begins with sign and prefix and has room for `digits` more; *at is where they go.
static value text_room(bool negative, char prefix, uint32_t digits, uint32_t *at) {
  *at = (uint32_t)negative + (prefix ? 2 : 0);
  value v = iotpy_string_room(*at + digits, true);
  if (!v) return v;
  uint8_t *to = (uint8_t *)(uintptr_t)iotpy_text(v).data;
  if (negative) *to++ = '-';
  if (prefix) *to++ = '0', *to = (uint8_t)prefix;
  return v;
}

static value text_power_of_2(root integer, uint32_t log2, char prefix) {
  uint32_t bits = iotpy_int_bit_length(*integer), count = (bits + log2 - 1) / log2, at;
  value v = text_room(iotpy_int_negative(*integer), prefix, count, &at);
  if (!v) return v;
  struct integer a;
  integer_view(*integer, &a);
  uint8_t *to = (uint8_t *)(uintptr_t)iotpy_text(v).data + at;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t bit = (count - 1 - i) * log2, word = bit / 32;
    uint64_t two = (word + 1 < a.count ? (uint64_t)a.digits[word + 1] << 32 : 0) | a.digits[word];
    iotpy_digits(two >> (bit & 31) & ((1u << log2) - 1), 1u << log2, to + i + 1);
  }
  return v;
}

// Divides by 10^4, half a digit at a time: both steps are machine divisions.
static uint32_t divide_by_10000(uint32_t *digits, uint32_t count) {
  uint32_t rest = 0;
  while (count-- > 0) {
    uint32_t high = rest << 16 | digits[count] >> 16, low;
    low = high % 10000 << 16 | (digits[count] & 0xFFFF);
    digits[count] = high / 10000 << 16 | low / 10000;
    rest = low % 10000;
  }
  return rest;
}

static value text_decimal(root integer) {
  uint32_t bits = iotpy_int_bit_length(*integer), room = bits * 1234 / 4096 + 5, at;
  const char *too_long = "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit";
  if (room > DECIMAL_DIGITS_MAX + 6) return iotpy_raise(T_ValueError, too_long);
  uint32_t words = bits / 32 + 1;
  value v = iotpy_new(O_BUFFER, 0, 1 + words + (room + 3) / 4);  // a copy of the magnitude, then the text, right-aligned
  if (!v) return v;
  root scratch = iotpy_push(v);
  struct integer a;
  integer_view(*integer, &a);
  bool negative = a.negative;
  uint32_t *digits = iotpy_words(v) + 1, count = a.count;
  uint8_t *end = (uint8_t *)(digits + words) + room, *to = end;
  __builtin_memcpy(digits, a.digits, count * 4);
  while (count > 0) {
    uint32_t four = divide_by_10000(digits, count);
    for (uint32_t i = 0; i < 4; i++, four /= 10) *--to = (uint8_t)('0' + four % 10);
    while (count > 0 && digits[count - 1] == 0) count--;
  }
  while (*to == '0') to++;
  uint32_t length = (uint32_t)(end - to);
  if (length > DECIMAL_DIGITS_MAX) return iotpy_raise(T_ValueError, too_long);
  v = text_room(negative, 0, length, &at);
  if (!v) return v;
  end = (uint8_t *)(iotpy_words(*scratch) + 1 + words) + room;
  __builtin_memcpy((uint8_t *)(uintptr_t)iotpy_text(v).data + at, end - length, length);
  iotpy_pop(scratch);
  return v;
}

value iotpy_int_text(root integer, uint32_t base, char prefix) {
  int64_t i;
  if (!iotpy_to_int64(*integer, &i)) return base == 10 ? text_decimal(integer) : text_power_of_2(integer, base == 16 ? 4 : base == 8 ? 3 : 1, prefix);
  uint8_t room[INT64_TEXT];
  uint32_t n = text_64(i, base, prefix, room + sizeof room);
  return iotpy_string(room + sizeof room - n, n);
}

bool iotpy_int_add_text(builder *b, value integer) {
  int64_t i;
  if (iotpy_to_int64(integer, &i)) {
    uint8_t room[24];
    uint32_t n = text_64(i, 10, 0, room + sizeof room);
    builder_add(b, room + sizeof room - n, n);
    return !b->failed;
  }
  root r = iotpy_push(integer);
  value v = iotpy_int_text(r, 10, 0);
  iotpy_pop(r);
  if (!v) {
    b->failed = true;
    return false;
  }
  builder_add_string(b, v);
  return !b->failed;
}

// ---- from text
static uint32_t digit_value(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 99;
}

static bool text_or_bytes(value v, const uint8_t **data, uint32_t *bytes) {
  if (iotpy_bytes_view(v, data, bytes)) return true;
  if (!is_string(v)) return false;
  text t = iotpy_text(v);
  *data = t.data;
  *bytes = t.bytes;
  return true;
}

// Counts the digits; false unless they are all of this base, with single underscores only between them.
static bool well_formed(const uint8_t *data, uint32_t bytes, uint32_t base, uint32_t *digits) {
  *digits = 0;
  bool last = false;
  for (uint32_t i = 0; i < bytes; i++) {
    bool digit = digit_value(data[i]) < base;
    if (!digit && !(data[i] == '_' && last)) return false;
    last = digit;
    *digits += digit;
  }
  return last;
}

static void multiply_add(uint32_t *digits, uint32_t count, uint32_t by, uint32_t add) {
  for (uint32_t i = 0; i < count; i++) {
    uint64_t p = (uint64_t)digits[i] * by + add;
    digits[i] = (uint32_t)p;
    add = (uint32_t)(p >> 32);
  }
}

value iotpy_int_parse(root source, uint32_t first, uint32_t bytes, uint32_t base) {
  const uint8_t *data;
  uint32_t size, digits;
  if (!text_or_bytes(*source, &data, &size) || !well_formed(data + first, bytes, base, &digits)) return VALUE_UNBOUND;
  if (digits > DECIMAL_DIGITS_MAX && base & (base - 1))
    return iotpy_raise(T_ValueError, "Exceeds the limit (4300 digits) for integer string conversion: value has %u digits; use sys.set_int_max_str_digits() to increase the limit", digits);
  uint32_t log2 = 32 - (uint32_t)__builtin_clz(base - 1);
  if (digits * log2 <= 30) {
    uint32_t small = 0;
    for (uint32_t i = first; i < first + bytes; i++)
      if (data[i] != '_') small = small * base + digit_value(data[i]);
    return from_int((int32_t)small);
  }
  if (digits > IOTPY_INT_DIGITS_MAX * 32) return iotpy_raise(T_OverflowError, TOO_MANY_DIGITS);
  value v = integer_room(digits * log2 / 32 + 1);
  if (!v) return v;
  text_or_bytes(*source, &data, &size);
  uint32_t *out = integer_digits(v), used = 0, chunk = 0, scale = 1;
  for (uint32_t i = first; i < first + bytes; i++) {
    if (data[i] != '_') {
      chunk = chunk * base + digit_value(data[i]);
      scale *= base;
    }
    if (scale < 0xFFFFFFFF / base && i + 1 < first + bytes) continue;
    used += used < digits * log2 / 32 + 1;  // a chunk adds at most one digit
    multiply_add(out, used, scale, chunk);
    chunk = 0, scale = 1;
  }
  return integer_settle(v, false);
}

static bool is_space(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31); }

// int(text, base) with sign, prefix and whitespace around.
static value int_from_text(root source, uint32_t base) {
  const uint8_t *data;
  uint32_t end, at = 0, wanted = base;
  text_or_bytes(*source, &data, &end);
  while (end > at && is_space(data[end - 1])) end--;
  while (at < end && is_space(data[at])) at++;
  bool negative = at < end && data[at] == '-';
  if (negative || (at < end && data[at] == '+')) at++;
  bool zero_first = false;
  if (at + 1 < end && data[at] == '0') {
    uint32_t letter = data[at + 1] | 32u, named = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    if (named && (base == 0 || base == named)) {
      base = named;
      at += 2;
      if (at < end && data[at] == '_') at++;
    } else if (base == 0) {
      zero_first = true;
    }
  }
  if (base == 0) base = 10;
  value v = iotpy_int_parse(source, at, end - at, base);
  if (zero_first && v != from_int(0) && v) v = VALUE_UNBOUND;
  if (v == VALUE_UNBOUND) return iotpy_raise(T_ValueError, "invalid literal for int() with base %u: %r", wanted, *source);
  if (!v || !negative) return v;
  root r = iotpy_push(v);
  v = iotpy_int_unary('-', r);
  iotpy_pop(r);
  return v;
}

static value int_with_base(root arguments) {
  const uint8_t *data;
  uint32_t bytes;
  int32_t base;
  if (!iotpy_to_index(arguments[1], &base)) return VALUE_ERROR;
  if (!text_or_bytes(arguments[0], &data, &bytes)) {
    if (arguments[0] == VALUE_UNBOUND) return iotpy_raise(T_TypeError, "int() missing string argument");
    return iotpy_raise(T_TypeError, "int() can't convert non-string with explicit base");
  }
  if (base != 0 && (base < 2 || base > 36)) return iotpy_raise(T_ValueError, "int() base must be >= 2 and <= 36, or 0");
  return int_from_text(arguments, (uint32_t)base);
}

value native_int(root arguments, uint32_t count) {
  (void)count;
  value v = arguments[0];
  const uint8_t *data;
  uint32_t bytes;
  if (arguments[1] != VALUE_UNBOUND) return int_with_base(arguments);
  if (v == VALUE_UNBOUND) return from_int(0);
  if (is_integer(v)) return v;
  if (is_bool(v)) return from_int(v == VALUE_TRUE);
  if (is_float(v)) return iotpy_int_from_double(iotpy_float_of(v));
  if (text_or_bytes(v, &data, &bytes)) return int_from_text(arguments, 10);
  if (iotpy_defines(v, STR___int__) || iotpy_defines(v, STR___index__)) return VALUE_TWIN;
  return iotpy_raise(T_TypeError, "int() argument must be a string, a bytes-like object or a real number, not '%t'", v);
}

static value text_in_base(root arguments, uint32_t base, char prefix) {
  value v = arguments[0];
  if (iotpy_defines(v, STR___index__)) return VALUE_TWIN;
  return integer_argument(v) ? iotpy_int_text(arguments, base, prefix) : VALUE_ERROR;
}

value native_bin(root arguments, uint32_t count) { return (void)count, text_in_base(arguments, 2, 'b'); }
value native_oct(root arguments, uint32_t count) { return (void)count, text_in_base(arguments, 8, 'o'); }
value native_hex(root arguments, uint32_t count) { return (void)count, text_in_base(arguments, 16, 'x'); }

// ---- bytes
value native_int_dot_bit_length(root arguments, uint32_t count) {
  (void)count;
  if (!integer_argument(arguments[0])) return VALUE_ERROR;
  return from_int((int32_t)iotpy_int_bit_length(arguments[0]));
}

// The byteorder argument: 1 big, 0 little, -1 after an exception.
static int big_endian(value order) {
  if (order == VALUE_UNBOUND) return 1;
  if (!is_string(order)) {
    iotpy_raise(T_TypeError, "byteorder must be str, not %t", order);
    return -1;
  }
  text t = iotpy_text(order);
  if (t.bytes == 3 && __builtin_memcmp(t.data, "big", 3) == 0) return 1;
  if (t.bytes == 6 && __builtin_memcmp(t.data, "little", 6) == 0) return 0;
  iotpy_raise(T_ValueError, "byteorder must be either 'little' or 'big'");
  return -1;
}

static bool is_signed(value v) { return v != VALUE_UNBOUND && iotpy_truth(v) == 1; }

value native_int_dot_to_bytes(root arguments, uint32_t count) {
  (void)count;
  int32_t length = 1;
  value v = arguments[0];
  if (!integer_argument(v)) return VALUE_ERROR;
  if (arguments[1] != VALUE_UNBOUND && !iotpy_to_index(arguments[1], &length)) return VALUE_ERROR;
  int big = big_endian(arguments[2]);
  if (big < 0) return VALUE_ERROR;
  if (length < 0) return iotpy_raise(T_ValueError, "length argument must be non-negative");
  bool with_sign = is_signed(arguments[3]);
  if (iotpy_int_negative(v) && !with_sign) return iotpy_raise(T_OverflowError, "can't convert negative int to unsigned");
  value out = iotpy_bytes(NULL, (uint32_t)length);
  if (!out) return out;
  struct integer a;
  integer_view(arguments[0], &a);
  uint8_t *data = iotpy_bytes_data(out);
  uint32_t carry = 1, n = (uint32_t)length, fill = a.negative ? 255 : 0, last = 0;
  bool fits = true;
  for (uint32_t i = 0; i < a.count * 4 || i < n; i++) {
    uint32_t byte = i < a.count * 4 ? a.digits[i / 4] >> (i & 3) * 8 & 255 : 0;
    if (a.negative) {
      byte = (byte ^ 255) + carry;
      carry = byte >> 8;
      byte &= 255;
    }
    if (i < n) data[big ? n - 1 - i : i] = (uint8_t)byte, last = byte;
    else fits &= byte == fill;
  }
  if (with_sign && (n ? last >> 7 != a.negative : a.count != 0)) fits = false;
  return fits ? out : iotpy_raise(T_OverflowError, "int too big to convert");
}

value native_int_dot_from_bytes(root arguments, uint32_t count) {
  (void)count;
  const uint8_t *data;
  uint32_t bytes;
  if (!iotpy_bytes_view(arguments[0], &data, &bytes))
    return iotpy_raise(T_TypeError, "cannot convert '%t' object to bytes", arguments[0]);
  int big = big_endian(arguments[1]);
  if (big < 0) return VALUE_ERROR;
  bool with_sign = is_signed(arguments[2]);
  value v = integer_room(bytes / 4 + 1);
  if (!v) return v;
  iotpy_bytes_view(arguments[0], &data, &bytes);
  uint32_t *digits = integer_digits(v);
  bool negative = with_sign && bytes && data[big ? 0 : bytes - 1] >> 7;
  uint32_t carry = 1;
  for (uint32_t i = 0; i < bytes; i++) {
    uint32_t byte = data[big ? bytes - 1 - i : i];
    if (negative) {
      byte = (byte ^ 255) + carry;
      carry = byte >> 8;
      byte &= 255;
    }
    digits[i / 4] |= byte << (i & 3) * 8;
  }
  if (negative && carry) digits[bytes / 4] |= 1u << (bytes & 3) * 8;
  return integer_settle(v, negative);
}
