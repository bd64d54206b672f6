// Reads a verified image: where its tables lie, its strings, constants, functions and twins.
#include "frame.h"

void image_open(void) {
  vm->string_table = vm->image + IMAGE_HEADER_BYTES + 2 * image_u16(IMAGE_FUNCTIONS);
  vm->constant_table = vm->string_table + 2 * image_u16(IMAGE_STRINGS);
  vm->string_data = vm->image + 4 * image_u16(IMAGE_STRING_DATA);
  vm->ascii = true;
  for (const uint8_t *data = vm->string_data, *end = vm->image + read_u32(vm->image + IMAGE_BYTES); data < end && vm->ascii; data++) vm->ascii = *data < 0x80;
}

static const uint8_t *twin_table(void) { return vm->constant_table + 2 * image_u16(IMAGE_CONSTANTS); }

value image_constant(uint32_t index) {
  return IOTPY_CONSTANT(KIND_CONSTANT, 4 * read_u16(vm->constant_table + 2 * index));
}

uint32_t image_module_function(uint32_t module) {
  return read_u16(twin_table() + 4 * image_u16(IMAGE_TWINS) + 2 * module);
}

uint32_t image_twin(uint32_t builtin) {
  const uint8_t *twins = twin_table();
  for (uint32_t i = 0; i < image_u16(IMAGE_TWINS); i++) {
    if (read_u16(twins + 4 * i) == builtin) return read_u16(twins + 4 * i + 2);
  }
  return NO_FUNCTION;
}

// ---- strings
static const char rom_text[] = ROM_TEXT;
static const uint16_t rom_text_at[ROM_STRINGS + 1] = ROM_TEXT_AT;

static text rom_string(uint32_t id) {
  return (text){(const uint8_t *)rom_text + rom_text_at[id], (uint32_t)rom_text_at[id + 1] - rom_text_at[id], true};
}

// Each string ends where the next begins, the last at the image's end.
static uint32_t strings_end(void) { return read_u32(vm->image + IMAGE_BYTES) - (uint32_t)(vm->string_data - vm->image); }

static text image_string(uint32_t index) {
  const uint8_t *entry = vm->string_table + 2 * index;
  uint32_t at = read_u16(entry), end = entry + 2 < vm->constant_table ? read_u16(entry + 2) : strings_end();
  text t = {.data = vm->string_data + at, .bytes = end - at, .ascii = true};
  for (uint32_t i = 0; !vm->ascii && i < t.bytes && t.ascii; i++) t.ascii = t.data[i] < 0x80;
  return t;
}

const uint8_t *iotpy_text_data(value string) {
  if (!is_constant(string, KIND_STRING)) return (const uint8_t *)iotpy_fields(string);
  uint32_t id = payload_of(string);
  return id < ROM_STRINGS ? (const uint8_t *)rom_text + rom_text_at[id] : vm->string_data + read_u16(vm->string_table + 2 * (id - ROM_STRINGS));
}

text iotpy_constant_text(uint32_t id) { return id < ROM_STRINGS ? rom_string(id) : image_string(id - ROM_STRINGS); }

static int compare_text(text a, text b) {
  int order = __builtin_memcmp(a.data, b.data, a.bytes < b.bytes ? a.bytes : b.bytes);
  return order != 0 ? order : (a.bytes > b.bytes) - (a.bytes < b.bytes);
}

static value find_in_rom(text t) {
  bool lowercase = t.bytes > 0 && t.data[0] >= 'a' && t.data[0] <= 'z';
  uint32_t low = lowercase ? 0 : ROM_STRINGS_LOWERCASE, high = lowercase ? ROM_STRINGS_LOWERCASE : ROM_STRINGS;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    int order = compare_text(t, rom_string(middle));
    if (order == 0) return STRING(middle);
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return 0;
}

value image_find_string(text t) {
  const uint8_t *entry = vm->string_table, *end = vm->constant_table;
  for (uint32_t at = read_u16(entry), next; entry < end; entry += 2, at = next) {
    next = entry + 2 < end ? read_u16(entry + 2) : strings_end();
    if (next - at == t.bytes && __builtin_memcmp(vm->string_data + at, t.data, t.bytes) == 0) {
      return STRING(ROM_STRINGS + (uint32_t)(entry - vm->string_table) / 2);
    }
  }
  return find_in_rom(t);
}

// ---- functions
const uint8_t *record_names(const uint8_t *record) {
  return record_trailer(record) + (record[RECORD_FLAGS] & FUNCTION_EXTENDED ? EXTENSION_BYTES : 0);
}

value record_name(const uint8_t *record) {
  const uint8_t *names = record_names(record);
  return read_string(&names);
}

value record_parameter(const uint8_t *record, uint32_t i) {
  const uint8_t *names = record_names(record);
  for (uint32_t skip = 0; skip <= i; skip++) read_string(&names);
  return read_string(&names);
}

const uint8_t *record_handlers(const uint8_t *record) {
  const uint8_t *names = record_names(record);
  for (uint32_t i = 0; i <= record_parameters(record); i++) read_string(&names);
  return names;
}

uint32_t function_index(value function) {
  if (is_object(function, O_GENERATOR)) function = iotpy_fields(function)[GENERATOR_FUNCTION];
  if (is_constant(function, KIND_FUNCTION)) return payload_of(function);
  return is_object(function, O_FUNCTION) ? (uint32_t)int_of(iotpy_fields(function)[FUNCTION_INDEX]) : NO_FUNCTION;
}
