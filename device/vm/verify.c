// The verifier: every rule of compiler/spec/verifier.md by its number, in the order of that page. Nothing in an image is believed before
// it has been checked, and sums of offsets are made of values small enough not to wrap around.
#include "frame.h"

struct checker {
  const uint8_t *image;
  uint32_t bytes;
  uint32_t functions, strings, constants, globals, twins, modules;
  uint32_t string_table, constant_table, twin_table, module_table, tables_end, string_data;
  uint32_t rule, at;   // the rule that is broken, and where
};

static bool broken(struct checker *c, uint32_t rule, uint32_t at) {
  c->rule = rule;
  c->at = at;
  return false;
}

static uint32_t u16_at(const struct checker *c, uint32_t at) { return read_u16(c->image + at); }
static uint32_t u32_at(const struct checker *c, uint32_t at) { return read_u32(c->image + at); }

// A shortest-form varint of at most three bytes before `end`; moves *at behind it.
static bool varint_at(const struct checker *c, uint32_t *at, uint32_t end, uint32_t *out) {
  uint32_t v = 0;
  for (uint32_t i = 0; i < 3; i++) {
    if (*at >= end) return false;
    uint32_t byte = c->image[(*at)++];
    v |= (byte & 127) << 7 * i;
    if (byte < 128) {
      *out = v;
      return i == 0 || byte != 0;
    }
  }
  return false;
}

// ---- header
static uint32_t crc32(const uint8_t *data, uint32_t bytes) {
  static const uint32_t nibbles[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
                                       0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
  uint32_t crc = 0xffffffff;
  for (uint32_t i = 0; i < bytes; i++) {
    crc = crc >> 4 ^ nibbles[(crc ^ data[i]) & 15];
    crc = crc >> 4 ^ nibbles[(crc ^ (uint32_t)data[i] >> 4) & 15];
  }
  return ~crc;
}

static bool check_header(struct checker *c) {
  if (c->bytes < IMAGE_HEADER_BYTES) return broken(c, 1001, 0);
  if (u32_at(c, 0) != 0x31494c4e) return broken(c, 1002, 0);
  if (u32_at(c, 4) != c->bytes) return broken(c, 1003, 4);
  if (u32_at(c, IMAGE_CRC) != crc32(c->image + 12, c->bytes - 12)) return broken(c, 1004, IMAGE_CRC);
  if (u32_at(c, 12) != IOTPY_SPEC) return broken(c, 1005, 12);
  c->functions = u16_at(c, IMAGE_FUNCTIONS);
  c->strings = u16_at(c, IMAGE_STRINGS);
  c->constants = u16_at(c, IMAGE_CONSTANTS);
  c->globals = u16_at(c, IMAGE_GLOBALS);
  c->twins = u16_at(c, IMAGE_TWINS);
  c->modules = u16_at(c, IMAGE_MODULES);
  if (c->functions == 0) return broken(c, 1006, IMAGE_FUNCTIONS);
  c->string_table = IMAGE_HEADER_BYTES + 2 * c->functions;
  c->constant_table = c->string_table + 2 * c->strings;
  c->twin_table = c->constant_table + 2 * c->constants;
  c->module_table = c->twin_table + 4 * c->twins;
  c->tables_end = c->module_table + 2 * c->modules;
  c->string_data = 4 * u16_at(c, IMAGE_STRING_DATA);
  if (c->tables_end > c->bytes) return broken(c, 1007, IMAGE_FUNCTIONS);
  if (c->string_data < c->tables_end || c->string_data > c->bytes) return broken(c, 1007, IMAGE_STRING_DATA);
  uint32_t entry = u16_at(c, IMAGE_ENTRY);
  bool known = entry == ENTRY_NONE || (entry & ENTRY_FUNCTION ? (entry & ~(uint32_t)ENTRY_FUNCTION) < c->functions : entry < c->globals);
  return known || broken(c, 1008, IMAGE_ENTRY);
}

// ---- strings
// Length of the well-formed UTF-8 sequence at the front (Unicode 15, table 3-7), or 0.
static uint32_t sequence_bytes(const uint8_t *s, uint32_t left) {
  uint32_t first = s[0], low = 0x80, high = 0xbf, count;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  count = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (first == 0xe0) low = 0xa0;
  if (first == 0xed) high = 0x9f;
  if (first == 0xf0) low = 0x90;
  if (first == 0xf4) high = 0x8f;
  if (count > left || s[1] < low || s[1] > high) return 0;
  for (uint32_t i = 2; i < count; i++) if ((s[i] & 0xc0) != 0x80) return 0;
  return count;
}

static bool is_utf8(const uint8_t *s, uint32_t bytes) {
  while (bytes > 0) {
    uint32_t count = sequence_bytes(s, bytes);
    if (count == 0) return false;
    s += count;
    bytes -= count;
  }
  return true;
}

static bool check_strings(struct checker *c) {
  for (uint32_t i = 0; i < c->strings; i++) {
    uint32_t entry = c->string_table + 2 * i, at = c->string_data + u16_at(c, entry);
    uint32_t end = i + 1 < c->strings ? c->string_data + u16_at(c, entry + 2) : c->bytes;
    if (at > end || end > c->bytes) return broken(c, 1102, entry);
    if (!is_utf8(c->image + at, end - at)) return broken(c, 1103, entry);
  }
  return true;
}

// ---- constants
static bool is_lower_constant(const struct checker *c, uint32_t offset, uint32_t count) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = (low + high) / 2, candidate = 4 * u16_at(c, c->constant_table + 2 * middle);
    if (candidate == offset) return true;
    if (candidate < offset) low = middle + 1;
    else high = middle;
  }
  return false;
}

static bool is_item(const struct checker *c, value v, uint32_t lower_constants) {
  if (is_int(v)) return true;
  if (is_ref(v)) return false;
  uint32_t payload = payload_of(v);
  switch (v >> 2 & 7) {
    case KIND_SINGLETON: return payload <= 4;
    case KIND_STRING: return payload < ROM_STRINGS + c->strings;
    case KIND_CONSTANT: return is_lower_constant(c, payload, lower_constants);
    case KIND_BUILTIN: return payload < BUILTIN_FUNCTIONS;
    case KIND_TYPE: return payload < BUILTIN_TYPES;
    case KIND_FUNCTION: return payload < c->functions;
    default: return false;
  }
}

static bool is_normal_int(const struct checker *c, uint32_t at, uint32_t digits, uint32_t flags) {
  if (digits < 1 || digits > IOTPY_INT_DIGITS_MAX || (flags & ~FLAG_NEGATIVE)) return false;
  uint32_t highest = u32_at(c, at + 4 * digits);
  uint32_t small_most = flags & FLAG_NEGATIVE ? 0u - (uint32_t)IOTPY_INT_MIN : IOTPY_INT_MAX;
  return highest != 0 && (digits > 1 || highest > small_most);
}

static bool check_constant(struct checker *c, uint32_t nth, uint32_t at, uint32_t *end) {
  uint32_t header = u32_at(c, at), type = header_type(header), flags = header_flags(header), words = header_words(header);
  bool known = type == O_INT || type == O_BYTES || type == O_TUPLE || (type == O_FLOAT && words == 3);
  if (!known || (header & 3) != 1 || words < 1 || words > (c->bytes - at) / 4) return broken(c, 1105, at);
  if (type == O_INT && !is_normal_int(c, at, words - 1, flags)) return broken(c, 1106, at);
  if (type == O_BYTES && (flags & 4 || (words == 1 && flags != 0))) return broken(c, 1107, at);
  if ((type == O_FLOAT || type == O_TUPLE) && flags != 0) return broken(c, 1107, at);
  for (uint32_t i = 1; type == O_TUPLE && i < words; i++) if (!is_item(c, u32_at(c, at + 4 * i), nth)) return broken(c, 1108, at);
  *end = at + 4 * words;
  return true;
}

static bool check_constants(struct checker *c) {
  uint32_t free_from = c->tables_end;
  for (uint32_t i = 0; i < c->constants; i++) {
    uint32_t entry = c->constant_table + 2 * i, at = 4 * u16_at(c, entry);
    if (at < free_from || at + 4 > c->bytes) return broken(c, 1104, entry);
    if (!check_constant(c, i, at, &free_from)) return false;
  }
  return true;
}

// ---- functions
static uint32_t record_offset(const struct checker *c, uint32_t function) { return 2 * u16_at(c, IMAGE_HEADER_BYTES + 2 * function); }

static bool check_function_table(struct checker *c) {
  for (uint32_t i = 0; i < c->functions; i++) {
    uint32_t at = record_offset(c, i);
    bool inside = at >= c->tables_end && at + RECORD_CODE <= c->bytes && u16_at(c, at + RECORD_CODE_BYTES) <= c->bytes - at - RECORD_CODE;
    if (!inside) return broken(c, 1101, IMAGE_HEADER_BYTES + 2 * i);
  }
  return true;
}

static bool extension_inside(const struct checker *c, uint32_t at) {
  const uint8_t *record = c->image + at;
  return !(record[RECORD_FLAGS] & FUNCTION_EXTENDED) || c->bytes - at - RECORD_CODE - read_u16(record + RECORD_CODE_BYTES) >= EXTENSION_BYTES;
}

static bool is_twin_function(const struct checker *c, uint32_t function) {
  if (function >= c->functions || !extension_inside(c, record_offset(c, function))) return false;
  const uint8_t *record = c->image + record_offset(c, function);
  return record_extension(record, EXTENSION_DEFAULTS) == 0 && record_extension(record, EXTENSION_CAPTURES) == 0;
}

static bool check_twins(struct checker *c) {
  uint32_t least = 0;
  for (uint32_t i = 0; i < c->twins; i++) {
    uint32_t at = c->twin_table + 4 * i, builtin = u16_at(c, at);
    if (builtin < least || builtin >= BUILTIN_FUNCTIONS || !is_twin_function(c, u16_at(c, at + 2))) return broken(c, 1109, at);
    least = builtin + 1;
  }
  return true;
}

static bool check_modules(struct checker *c) {
  for (uint32_t i = 0; i < c->modules; i++) {
    uint32_t at = c->module_table + 2 * i, function = u16_at(c, at);
    if (function >= c->functions) return broken(c, 1110, at);
    const uint8_t *record = c->image + record_offset(c, function);
    if (record[RECORD_POSITIONAL] != 0 || record[RECORD_FLAGS] != 0) return broken(c, 1110, at);
  }
  return true;
}

static bool string_operand_at(const struct checker *c, uint32_t *at, uint32_t end) {
  uint32_t v;
  return varint_at(c, at, end, &v) && v >> 1 < (v & 1 ? (uint32_t)ROM_STRINGS : c->strings);
}

static bool check_entry(struct checker *c) {
  uint32_t entry = u16_at(c, IMAGE_ENTRY);
  if (entry == ENTRY_NONE || !(entry & ENTRY_FUNCTION)) return true;
  uint32_t at = record_offset(c, entry & ~(uint32_t)ENTRY_FUNCTION);
  const uint8_t *record = c->image + at;
  bool ok = extension_inside(c, at) && record_extension(record, EXTENSION_KEYWORD_ONLY) == 0 && record_extension(record, EXTENSION_DEFAULTS) == 0 &&
            record_extension(record, EXTENSION_CAPTURES) == 0;
  return ok || broken(c, 1111, IMAGE_ENTRY);
}

// Extension, names and handlers from `at`, up to the next record or the image's end.
static bool check_trailer(const struct checker *c, const uint8_t *record, uint32_t at, uint32_t end) {
  uint32_t names = 1u + record[RECORD_POSITIONAL], handlers = record[RECORD_HANDLERS];
  if (at > end) return false;
  if (record[RECORD_FLAGS] & FUNCTION_EXTENDED) {
    if (end - at < EXTENSION_BYTES) return false;
    names += c->image[at + EXTENSION_KEYWORD_ONLY];
    at += EXTENSION_BYTES;
  }
  for (uint32_t i = 0; i < names; i++) if (!string_operand_at(c, &at, end)) return false;
  return end - at >= handlers * HANDLER_BYTES;
}

static bool check_function(struct checker *c, uint32_t function) {
  uint32_t at = record_offset(c, function), end = function + 1 < c->functions ? record_offset(c, function + 1) : c->bytes;
  const uint8_t *record = c->image + at;
  uint32_t flags = record[RECORD_FLAGS], registers = record[RECORD_REGISTERS], positional = record[RECORD_POSITIONAL];
  if (flags > 15 || registers > IOTPY_REGISTERS_MAX) return broken(c, 1201, at);
  if (!check_trailer(c, record, at + RECORD_CODE + u16_at(c, at + RECORD_CODE_BYTES), end)) return broken(c, 1202, at);
  uint32_t collectors = (flags & FUNCTION_ARGS ? 1u : 0u) + (flags & FUNCTION_KWARGS ? 1u : 0u);
  bool fits = registers >= record_parameters(record) + collectors && record_extension(record, EXTENSION_DEFAULTS) <= positional &&
              record_extension(record, EXTENSION_POSITIONAL_ONLY) <= positional;
  if (!fits) return broken(c, 1203, at);
  return u16_at(c, at + RECORD_CODE_BYTES) > 0 || broken(c, 1204, at);
}

// ---- code
static const char *const operand_letters[OPCODES] = {
#define X(name, letters) letters,
    IOTPY_OPCODES(X)
#undef X
};

#define OPERANDS_MAX 5
// A list (`S`, `R`) is kept as the offset where it begins; it ends with the instruction.
struct instruction { uint32_t at, end, opcode, count; uint32_t operands[OPERANDS_MAX]; };  // jumps: the target's offset in the image, wrapped

static bool decode_operand(const struct checker *c, char letter, uint32_t *at, uint32_t end, uint32_t *out) {
  switch (letter) {
    case 'h': case 'j': case 'l': {
      uint32_t size = letter == 'l' ? 4 : 2;
      if (end - *at < size) return false;
      *out = letter == 'l' ? u32_at(c, *at) : (uint32_t)read_i16(c->image + *at);
      *at += size;
      return true;
    }
    case 's': case 'k': case 'g': case 'f': case 'b': case 't': case 'm': return varint_at(c, at, end, out);
    default:
      if (*at >= end) return false;
      *out = c->image[(*at)++];
      return true;
  }
}

// Decodes the instruction at i->at; 0 or the rule that it breaks.
static uint32_t decode(const struct checker *c, struct instruction *i, uint32_t end) {
  uint32_t at = i->at;
  i->opcode = c->image[at++];
  if (i->opcode >= OPCODES) return 1301;
  const char *letters = operand_letters[i->opcode];
  for (i->count = 0; letters[i->count]; i->count++) {
    char letter = letters[i->count];
    bool list = letter == 'S' || letter == 'R';
    if (list) i->operands[i->count] = at;
    uint32_t ignored, repeat = list ? i->operands[i->count - 1] : 0;
    for (uint32_t n = 0; n < repeat; n++) if (!decode_operand(c, letter == 'S' ? 's' : 'r', &at, end, &ignored)) return 1302;
    if (!list && !decode_operand(c, letter, &at, end, &i->operands[i->count])) return 1302;
  }
  i->end = at;
  if (i->count > 0 && letters[i->count - 1] == 'j') i->operands[i->count - 1] += at;
  return 0;
}

// How many registers from its window the instruction uses, and where the operand of the window stands.
static uint32_t window_of(const struct checker *c, const struct instruction *i, uint32_t *operand) {
  const uint32_t *o = i->operands;
  *operand = 1;
  switch (i->opcode) {
    case OP_call: case OP_callkw: *operand = 0; return o[1] + 1;
    case OP_callm: *operand = 0; return o[2] + 1;
    case OP_callx: case OP_range: case OP_upto: *operand = 0; return 3;
    case OP_super: *operand = 0; return 2;
    case OP_loop: case OP_setslice: case OP_delslice: return 3;
    case OP_getslice: *operand = 2; return 3;
    case OP_list: case OP_tuple: case OP_set: case OP_dicts: case OP_joinstr: return o[2];
    case OP_dict: return 2 * o[2];
    case OP_unpack: *operand = 0; return o[2];
    case OP_unpackx: *operand = 0; return o[2] + 1 + o[3];
    case OP_mkclass: *operand = 2; return o[3];
    case OP_mkfunc: {
      *operand = 2;
      if (o[1] >= c->functions) return 0;
      const uint8_t *record = c->image + record_offset(c, o[1]);
      return record_extension(record, EXTENSION_DEFAULTS) + record_extension(record, EXTENSION_KEYWORD_ONLY) + record_extension(record, EXTENSION_CAPTURES);
    }
    default: return 0;
  }
}

// The strings from the offset up to the instruction's end.
static bool strings_exist(const struct checker *c, uint32_t at, uint32_t end) {
  while (at < end) if (!string_operand_at(c, &at, end)) return false;
  return true;
}

static bool operand_exists(const struct checker *c, const struct instruction *i, char letter, uint32_t v) {
  switch (letter) {
    case 'S': return strings_exist(c, v, i->end);
    case 's': return v >> 1 < (v & 1 ? (uint32_t)ROM_STRINGS : c->strings);
    case 'k': return v < c->constants;
    case 'g': return v < c->globals;
    case 'f': return v < c->functions;
    case 'b': return v < BUILTIN_FUNCTIONS;
    case 't': return v < BUILTIN_TYPES;
    case 'm': return v < c->modules;
    case 'c': return v <= (i->opcode == OP_format ? 3 : 5);
    case 'l': return fits_int((int32_t)v);
    default: return true;
  }
}

// Is the constant a tuple of at most `most` strings?
static bool is_tuple_of_strings(const struct checker *c, uint32_t constant, uint32_t most) {
  uint32_t at = 4 * u16_at(c, c->constant_table + 2 * constant), header = u32_at(c, at);
  if (header_type(header) != O_TUPLE || header_words(header) - 1 > most) return false;
  for (uint32_t i = 1; i < header_words(header); i++) if (!is_constant(u32_at(c, at + 4 * i), KIND_STRING)) return false;
  return true;
}

static uint32_t check_operands(const struct checker *c, const uint8_t *record, const struct instruction *i) {
  const char *letters = operand_letters[i->opcode];
  const uint32_t *o = i->operands;
  uint32_t registers = record[RECORD_REGISTERS], captures = record_extension(record, EXTENSION_CAPTURES), window;
  for (uint32_t n = 0; n < i->count; n++) {
    if ((letters[n] == 'r' || letters[n] == 'd') && o[n] >= registers) return 1303;
    for (uint32_t at = o[n]; letters[n] == 'R' && at < i->end; at++) if (c->image[at] >= registers) return 1303;
  }
  uint32_t size = window_of(c, i, &window);
  if (size > 0 && o[window] + size > registers) return 1304;
  for (uint32_t n = 0; n < i->count; n++) if (!operand_exists(c, i, letters[n], o[n])) return 1305;
  if (i->opcode == OP_callkw && !is_tuple_of_strings(c, o[2], o[1])) return 1306;
  if (i->opcode == OP_mkclass && !is_tuple_of_strings(c, o[4], IOTPY_OBJECT_WORDS_MAX)) return 1306;
  if (i->opcode == OP_loadf) {
    const uint8_t *named = c->image + record_offset(c, o[1]);
    if (record_extension(named, EXTENSION_DEFAULTS) || record_extension(named, EXTENSION_KEYWORD_ONLY) || record_extension(named, EXTENSION_CAPTURES)) return 1307;
  }
  if ((i->opcode == OP_loadfree || i->opcode == OP_freecell) && o[1] >= captures) return 1308;
  if (i->opcode == OP_storefree && o[0] >= captures) return 1308;
  if (i->opcode == OP_yield && !(record[RECORD_FLAGS] & FUNCTION_GENERATOR)) return 1309;
  return i->opcode == OP_callb && (o[1] == B_next || o[1] == B_getattr) ? 1313 : 0;
}

static bool ends_code(uint32_t opcode) {
  return opcode == OP_ret || opcode == OP_retnone || opcode == OP_raise || opcode == OP_raisefrom || opcode == OP_reraise || opcode == OP_jmp;
}

static bool check_instructions(struct checker *c, const uint8_t *record, uint32_t code, uint32_t end) {
  struct instruction i = {.end = code};
  while (i.end < end) {
    i.at = i.end;
    uint32_t rule = decode(c, &i, end);
    if (rule == 0) rule = check_operands(c, record, &i);
    if (rule != 0) return broken(c, rule, i.at);
  }
  return ends_code(i.opcode) || broken(c, 1310, i.at);
}

// Starts of instructions are marked for one stretch of the code at a time: a board has no room for more.
#define STRETCH 1024
struct starts { uint32_t from; uint8_t bits[STRETCH / 8]; };

static void mark_starts(const struct checker *c, struct starts *s, uint32_t code, uint32_t end) {
  __builtin_memset(s->bits, 0, sizeof s->bits);
  struct instruction i = {.end = code};
  while (i.end < end && i.end < s->from + STRETCH) {
    i.at = i.end;
    decode(c, &i, end);
    if (i.at >= s->from) s->bits[(i.at - s->from) / 8] |= (uint8_t)(1u << (i.at - s->from) % 8);
  }
}

static bool in_stretch(const struct starts *s, uint32_t at) { return at >= s->from && at < s->from + STRETCH; }
static bool is_start(const struct starts *s, uint32_t at) { return s->bits[(at - s->from) / 8] >> (at - s->from) % 8 & 1; }

// The first jump whose target lies in the stretch or outside the code and is no start of an instruction; `end` when there is none.
static uint32_t first_bad_jump(const struct checker *c, const struct starts *s, uint32_t code, uint32_t end) {
  struct instruction i = {.end = code};
  while (i.end < end) {
    i.at = i.end;
    decode(c, &i, end);
    if (i.count == 0 || operand_letters[i.opcode][i.count - 1] != 'j') continue;
    uint32_t target = i.operands[i.count - 1];
    if (target < code || target >= end || (in_stretch(s, target) && !is_start(s, target))) return i.at;
  }
  return end;
}

static bool check_jumps(struct checker *c, uint32_t code, uint32_t end) {
  uint32_t bad = end;
  for (struct starts s = {.from = code}; s.from < end; s.from += STRETCH) {
    mark_starts(c, &s, code, end);
    uint32_t found = first_bad_jump(c, &s, code, end);
    if (found < bad) bad = found;
  }
  return bad == end || broken(c, 1311, bad);
}

static bool starts_instruction(const struct checker *c, uint32_t code, uint32_t end, uint32_t at) {
  struct instruction i = {.end = code};
  while (i.end < end && i.end < at) {
    i.at = i.end;
    decode(c, &i, end);
  }
  return i.end == at;
}

static bool check_handlers(struct checker *c, const uint8_t *record, uint32_t code, uint32_t end) {
  const uint8_t *handler = record_handlers(record);
  for (uint32_t i = 0; i < record[RECORD_HANDLERS]; i++, handler += HANDLER_BYTES) {
    uint32_t start = code + read_u16(handler + HANDLER_START), stop = code + read_u16(handler + HANDLER_END), target = code + read_u16(handler + HANDLER_TARGET);
    bool ok = start < stop && stop <= end && target < end && handler[HANDLER_REGISTER] < record[RECORD_REGISTERS] && starts_instruction(c, code, end, start) &&
              starts_instruction(c, code, end, stop) && starts_instruction(c, code, end, target);
    if (!ok) return broken(c, 1312, (uint32_t)(handler - c->image));
  }
  return true;
}

static bool check_code(struct checker *c, uint32_t function) {
  uint32_t code = record_offset(c, function) + RECORD_CODE;
  const uint8_t *record = c->image + record_offset(c, function);
  uint32_t end = code + u16_at(c, record_offset(c, function) + RECORD_CODE_BYTES);
  return check_instructions(c, record, code, end) && check_jumps(c, code, end) && check_handlers(c, record, code, end);
}

static bool check_functions(struct checker *c) {
  for (uint32_t i = 0; i < c->functions; i++) if (!check_function(c, i)) return false;
  for (uint32_t i = 0; i < c->functions; i++) if (!check_code(c, i)) return false;
  return true;
}

uint32_t iotpy_verify(const uint8_t *image, uint32_t bytes, uint32_t *at) {
  struct checker c = {.image = image, .bytes = bytes};
  bool ok = check_header(&c) && check_function_table(&c) && check_strings(&c) && check_constants(&c) && check_twins(&c) && check_modules(&c) && check_entry(&c) && check_functions(&c);
  *at = c.at;
  return ok ? 0 : c.rule;
}
