// The report of an uncaught exception, written piece by piece without building a value: memory may be what has run out.
#include "frame.h"

#define CAUSES_MAX 4
struct report { vm_t *vm; enum iotpy_encoding encoding; };

static void emit(const struct report *r, const char *text) {
  uint32_t bytes = 0;
  while (text[bytes]) bytes++;
  iotpy_port_emit(r->vm->host, (const uint8_t *)text, bytes);
}
static void emit_byte(const struct report *r, uint32_t byte) {
  uint8_t b = (uint8_t)byte;
  iotpy_port_emit(r->vm->host, &b, 1);
}

// ---- CBOR items (RFC 8949, section 3) and the same in JSON
enum { CBOR_UNSIGNED = 0x00, CBOR_TEXT = 0x60, CBOR_ARRAY = 0x80, CBOR_MAP = 0xa0 };
static void emit_head(const struct report *r, uint32_t major, uint32_t n) {
  if (n < 24) { emit_byte(r, major | n); return; }
  uint32_t size = n < 0x100 ? 0 : n < 0x10000 ? 1 : 2;
  emit_byte(r, major | (24 + size));
  for (int32_t shift = (8 << size) - 8; shift >= 0; shift -= 8) emit_byte(r, n >> shift);
}

static void emit_number(const struct report *r, uint32_t n) {
  if (r->encoding == IOTPY_CBOR) { emit_head(r, CBOR_UNSIGNED, n); return; }
  char digits[12];
  uint32_t at = sizeof digits;
  digits[--at] = 0;
  do { digits[--at] = (char)('0' + n % 10); n /= 10; } while (n > 0);
  emit(r, digits + at);
}

static void emit_escaped(const struct report *r, uint32_t byte) {
  static const char hex[] = "0123456789abcdef";
  if (byte == '"' || byte == '\\') { emit(r, "\\"); emit_byte(r, byte); }
  else if (byte == '\n') emit(r, "\\n");
  else if (byte < 32) { emit(r, "\\u00"); emit_byte(r, (uint32_t)hex[byte >> 4]); emit_byte(r, (uint32_t)hex[byte & 15]); }
  else emit_byte(r, byte);
}

static void emit_text(const struct report *r, text t) {
  if (r->encoding == IOTPY_CBOR) {
    emit_head(r, CBOR_TEXT, t.bytes);
    iotpy_port_emit(r->vm->host, t.data, t.bytes);
    return;
  }
  emit(r, "\"");
  for (uint32_t i = 0; i < t.bytes; i++) emit_escaped(r, t.data[i]);
  emit(r, "\"");
}

static void emit_key(const struct report *r, const char *key, bool first) {
  uint32_t bytes = 0;
  while (key[bytes]) bytes++;
  bool json = r->encoding == IOTPY_JSON;
  if (json && !first) emit(r, ", ");
  emit_text(r, (text){(const uint8_t *)key, bytes, true});
  if (json) emit(r, ": ");
}

// ---- the parts
static void emit_message(const struct report *r, root exception) {
  vm_t *vm = r->vm;
  value message = exception_text(vm, exception);
  if (is_string(vm, message)) emit_text(r, iotpy_text(vm, message));
  else emit_text(r, (text){(const uint8_t *)"", 0, true});
}

static uint32_t frames_of(const vm_t *vm, value traceback) {
  uint32_t count = 0;
  if (traceback == VALUE_NONE) return 0;
  while (2 * count + 1 < header_words(*iotpy_words(vm, traceback)) && iotpy_fields(vm, traceback)[2 * count] != VALUE_NONE) count++;
  return count;
}

static void emit_frames(const struct report *r, value traceback) {
  uint32_t count = frames_of(r->vm, traceback);
  bool json = r->encoding == IOTPY_JSON;
  if (json) emit(r, "["); else emit_head(r, CBOR_ARRAY, count);
  for (uint32_t i = count; i-- > 0;) {
    const value *entry = iotpy_fields(r->vm, traceback) + 2 * i;
    if (json) emit(r, "["); else emit_head(r, CBOR_ARRAY, 2);
    emit_number(r, (uint32_t)int_of(entry[0]));
    if (json) emit(r, ", ");
    emit_number(r, (uint32_t)int_of(entry[1]));
    if (json) emit(r, i > 0 ? "], " : "]");
  }
  if (json) emit(r, "]");
}

// One exception and, inside it, its cause.
static void emit_exceptions(const struct report *r, root exception) {
  vm_t *vm = r->vm;
  uint32_t depth = 0;
  for (;; depth++) {
    const value *fields = iotpy_fields(vm, iotpy_get(vm, exception));
    bool more = fields[EXCEPTION_CAUSE] != VALUE_NONE && depth < CAUSES_MAX;
    if (r->encoding == IOTPY_JSON) emit(r, "{"); else emit_head(r, CBOR_MAP, more ? 4 : 3);
    emit_key(r, "errorType", true);
    emit_text(r, iotpy_text(vm, iotpy_function_name(vm, fields[EXCEPTION_TYPE])));
    emit_key(r, "errorMessage", false);
    emit_message(r, exception);
    emit_key(r, "frames", false);
    emit_frames(r, iotpy_fields(vm, iotpy_get(vm, exception))[EXCEPTION_TRACEBACK]);
    if (!more) break;
    emit_key(r, "cause", false);
    iotpy_put(vm, exception, iotpy_fields(vm, iotpy_get(vm, exception))[EXCEPTION_CAUSE]);
  }
  for (uint32_t i = 0; r->encoding == IOTPY_JSON && i <= depth; i++) emit(r, "}");
}

void iotpy_emit_error(vm_t *vm, enum iotpy_encoding encoding) {
  if (int_of(vm->roots->state) != IOTPY_RAISED || vm->roots->exception == VALUE_NONE) return;
  value pending = vm->roots->exception;
  vm->stack_low = vm->arena_end;
  root exception = iotpy_push(vm, pending), kept = iotpy_push(vm, pending);
  emit_exceptions(&(struct report){vm, encoding}, exception);
  vm->roots->exception = iotpy_get(vm, kept);
  vm->stack_low = vm->arena_end;
  iotpy_save(vm, 0);
}
