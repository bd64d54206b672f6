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

static text image_string(uint32_t index) {
  const uint8_t *entry = vm->string_table + 2 * index, *data = vm->string_data + read_u16(entry);
  const uint8_t *end = entry + 2 < vm->constant_table ? vm->string_data + read_u16(entry + 2) : vm->image + read_u32(vm->image + IMAGE_BYTES);
  text t = {.data = data, .bytes = (uint32_t)(end - data), .ascii = true};
  for (uint32_t i = 0; !vm->ascii && i < t.bytes && t.ascii; i++) t.ascii = data[i] < 0x80;
  return t;
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
  value found = find_in_rom(t);
  for (uint32_t i = 0; !found && i < image_u16(IMAGE_STRINGS); i++) {
    text candidate = image_string(i);
    if (candidate.bytes == t.bytes && compare_text(candidate, t) == 0) found = STRING(ROM_STRINGS + i);
  }
  return found;
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
