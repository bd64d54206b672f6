// The report of an uncaught exception, written piece by piece without building a value: memory may be what has run out.
#include "frame.h"

#define CAUSES_MAX 4

static void emit(const char *text) {
  uint32_t bytes = 0;
  while (text[bytes]) bytes++;
  iotpy_port_emit(vm->host, (const uint8_t *)text, bytes);
}
static void emit_byte(uint32_t byte) {
  uint8_t b = (uint8_t)byte;
  iotpy_port_emit(vm->host, &b, 1);
}

// ---- CBOR items (RFC 8949, section 3) and the same in JSON
enum { CBOR_UNSIGNED = 0x00, CBOR_TEXT = 0x60, CBOR_ARRAY = 0x80, CBOR_MAP = 0xa0 };
static void emit_head(uint32_t major, uint32_t n) {
  if (n < 24) { emit_byte(major | n); return; }
  uint32_t size = n < 0x100 ? 0 : n < 0x10000 ? 1 : 2;
  emit_byte(major | (24 + size));
  for (int32_t shift = (8 << size) - 8; shift >= 0; shift -= 8) emit_byte(n >> shift);
}

static void emit_number(enum iotpy_encoding encoding, uint32_t n) {
  if (encoding == IOTPY_CBOR) { emit_head(CBOR_UNSIGNED, n); return; }
  char digits[12];
  uint32_t at = sizeof digits;
  digits[--at] = 0;
  do { digits[--at] = (char)('0' + n % 10); n /= 10; } while (n > 0);
  emit(digits + at);
}

static void emit_escaped(uint32_t byte) {
  static const char hex[] = "0123456789abcdef";
  if (byte == '"' || byte == '\\') { emit("\\"); emit_byte(byte); }
  else if (byte == '\n') emit("\\n");
  else if (byte < 32) { emit("\\u00"); emit_byte((uint32_t)hex[byte >> 4]); emit_byte((uint32_t)hex[byte & 15]); }
  else emit_byte(byte);
}

static void emit_text(enum iotpy_encoding encoding, text t) {
  if (encoding == IOTPY_CBOR) {
    emit_head(CBOR_TEXT, t.bytes);
    iotpy_port_emit(vm->host, t.data, t.bytes);
    return;
  }
  emit("\"");
  for (uint32_t i = 0; i < t.bytes; i++) emit_escaped(t.data[i]);
  emit("\"");
}

static void emit_key(enum iotpy_encoding encoding, const char *key, bool first) {
  uint32_t bytes = 0;
  while (key[bytes]) bytes++;
  bool json = encoding == IOTPY_JSON;
  if (json && !first) emit(", ");
  emit_text(encoding, (text){(const uint8_t *)key, bytes, true});
  if (json) emit(": ");
}

// ---- the parts
static void emit_message(enum iotpy_encoding encoding, root exception) {
  value message = exception_text(exception);
  if (is_string(message)) emit_text(encoding, iotpy_text(message));
  else emit_text(encoding, (text){(const uint8_t *)"", 0, true});
}

static uint32_t frames_of(value traceback) {
  uint32_t count = 0;
  if (traceback == VALUE_NONE) return 0;
  while (2 * count + 1 < header_words(*iotpy_words(traceback)) && iotpy_fields(traceback)[2 * count] != VALUE_NONE) count++;
  return count;
}

static void emit_frames(enum iotpy_encoding encoding, value traceback) {
  uint32_t count = frames_of(traceback);
  bool json = encoding == IOTPY_JSON;
  if (json) emit("["); else emit_head(CBOR_ARRAY, count);
  for (uint32_t i = count; i-- > 0;) {
    const value *entry = iotpy_fields(traceback) + 2 * i;
    if (json) emit("["); else emit_head(CBOR_ARRAY, 2);
    emit_number(encoding, (uint32_t)int_of(entry[0]));
    if (json) emit(", ");
    emit_number(encoding, (uint32_t)int_of(entry[1]));
    if (json) emit(i > 0 ? "], " : "]");
  }
  if (json) emit("]");
}

// One exception and, inside it, its cause.
static void emit_exceptions(enum iotpy_encoding encoding, root exception) {
  uint32_t depth = 0;
  for (;; depth++) {
    const value *fields = iotpy_fields(*exception);
    bool more = fields[EXCEPTION_CAUSE] != VALUE_NONE && depth < CAUSES_MAX;
    if (encoding == IOTPY_JSON) emit("{"); else emit_head(CBOR_MAP, more ? 4 : 3);
    emit_key(encoding, "errorType", true);
    emit_text(encoding, iotpy_text(iotpy_function_name(fields[EXCEPTION_TYPE])));
    emit_key(encoding, "errorMessage", false);
    emit_message(encoding, exception);
    emit_key(encoding, "frames", false);
    emit_frames(encoding, iotpy_fields(*exception)[EXCEPTION_TRACEBACK]);
    if (!more) break;
    emit_key(encoding, "cause", false);
    *exception = iotpy_fields(*exception)[EXCEPTION_CAUSE];
  }
  for (uint32_t i = 0; encoding == IOTPY_JSON && i <= depth; i++) emit("}");
}

void iotpy_emit_error(struct iotpy_vm *machine, enum iotpy_encoding encoding) {
  iotpy_use(machine);
  if (int_of(vm->roots->state) != IOTPY_RAISED || vm->roots->exception == VALUE_NONE) return;
  value pending = vm->roots->exception;
  vm->stack_low = vm->arena_end;
  root exception = iotpy_push(pending), kept = iotpy_push(pending);
  emit_exceptions(encoding, exception);
  vm->roots->exception = *kept;
  vm->stack_low = vm->arena_end;
  iotpy_save(0);
}
