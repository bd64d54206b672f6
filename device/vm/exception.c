// Exceptions as objects: made by natives with a formatted message, by `raise`, and MemoryError, which is made before it is needed.
#include <stdarg.h>
#include "frame.h"

value exception_create(vm_t *vm, value type, root arguments) {
  root kept = iotpy_push(vm, type);
  value e = iotpy_new(vm, O_EXCEPTION, 0, 1 + EXCEPTION_WORDS);
  if (e) {
    iotpy_fields(vm, e)[EXCEPTION_TYPE] = iotpy_get(vm, kept);
    iotpy_fields(vm, e)[EXCEPTION_ARGS] = iotpy_get(vm, arguments);
  }
  iotpy_pop(vm, kept);
  return e;
}

value exception_type(const vm_t *vm, value exception) { return iotpy_fields(vm, exception)[EXCEPTION_TYPE]; }

value iotpy_raise_exception(vm_t *vm, value exception) {
  vm->roots->exception = exception;
  return VALUE_ERROR;
}

value iotpy_raise_memory_error(vm_t *vm) {
  if (vm->roots->memory_error != VALUE_NONE) iotpy_fields(vm, vm->roots->memory_error)[EXCEPTION_TRACEBACK] = VALUE_NONE;
  return iotpy_raise_exception(vm, vm->roots->memory_error);
}

static value raise_with_arguments(vm_t *vm, enum builtin_type type, root first, uint32_t count) {
  root arguments = iotpy_push(vm, VALUE_NONE);
  value tuple = iotpy_tuple(vm, first, count);
  if (!tuple) return VALUE_ERROR;
  iotpy_put(vm, arguments, tuple);
  value e = exception_create(vm, TYPE(type), arguments);
  iotpy_pop(vm, arguments);
  return e ? iotpy_raise_exception(vm, e) : VALUE_ERROR;
}

value iotpy_raise_value(vm_t *vm, enum builtin_type type, value argument) {
  root r = iotpy_push(vm, argument);
  raise_with_arguments(vm, type, r, 1);
  iotpy_pop(vm, r);
  return VALUE_ERROR;
}

value iotpy_raise_exception_of(vm_t *vm, enum builtin_type type) { return raise_with_arguments(vm, type, 0, 0); }

bool iotpy_raised(const vm_t *vm, enum builtin_type type) {
  value e = vm->roots->exception;
  return e != VALUE_NONE && iotpy_is_subtype(vm, exception_type(vm, e), TYPE(type));
}

void iotpy_clear(vm_t *vm) { vm->roots->exception = VALUE_NONE; }

bool exception_matches(vm_t *vm, value exception, value types, bool *ok) {
  if (is_object(vm, types, O_TUPLE)) {
    for (uint32_t i = 0; i < iotpy_tuple_length(vm, types) && *ok; i++) {
      value type = iotpy_tuple_items(vm, types)[i];
      if (!is_object(vm, type, O_TUPLE) && exception_matches(vm, exception, type, ok)) return true;
    }
    return false;
  }
  bool is_type = is_constant(types, KIND_TYPE) || is_object(vm, types, O_CLASS);
  *ok = is_type && iotpy_is_subtype(vm, types, TYPE(T_BaseException));
  if (!*ok) iotpy_raise(vm, T_TypeError, "catching classes that do not inherit from BaseException is not allowed");
  return *ok && is_object(vm, exception, O_EXCEPTION) && iotpy_is_subtype(vm, exception_type(vm, exception), types);
}

// ---- messages
#define MESSAGE_VALUES_MAX 6

static void add_number(vm_t *vm, builder *b, uint32_t magnitude, bool negative) {
  char digits[12];
  uint32_t at = sizeof digits;
  digits[--at] = 0;
  do { digits[--at] = (char)('0' + magnitude % 10); magnitude /= 10; } while (magnitude > 0);
  if (negative) digits[--at] = '-';
  builder_add_c(vm, b, digits + at);
}

static void add_repr(vm_t *vm, builder *b, root v) {
  value repr = iotpy_repr(vm, v);
  if (repr == VALUE_TWIN) builder_add_c(vm, b, "an object");
  else if (repr) builder_add_string(vm, b, repr);
  else b->failed = true;
}

// Values among the arguments of a message move while its text grows, so they are pushed first.
static root push_values(vm_t *vm, const char *format, va_list arguments) {
  root values = iotpy_push_words(vm, MESSAGE_VALUES_MAX);
  uint32_t count = 0;
  for (const char *c = format; *c; c++) {
    if (*c != '%') continue;
    c++;
    if (*c == 's') (void)va_arg(arguments, const char *);
    else if (*c == 'd' || *c == 'u') (void)va_arg(arguments, uint32_t);
    else iotpy_put(vm, values + count++, va_arg(arguments, value));
  }
  return values;
}

static value message_text(vm_t *vm, const char *format, va_list arguments, root values) {
  builder b;
  builder_begin(vm, &b);
  for (const char *c = format; *c && !b.failed; c++) {
    if (*c != '%') { builder_add_char(vm, &b, (uint32_t)(unsigned char)*c); continue; }
    c++;
    if (*c == 's') { builder_add_c(vm, &b, va_arg(arguments, const char *)); continue; }
    uint32_t number = va_arg(arguments, uint32_t);  // int32_t, uint32_t or value, which `values` holds
    if (*c == 'u') { add_number(vm, &b, number, false); continue; }
    if (*c == 'd') { add_number(vm, &b, (int32_t)number < 0 ? 0 - number : number, (int32_t)number < 0); continue; }
    if (*c == 'v') builder_add_string(vm, &b, iotpy_get(vm, values));
    if (*c == 't') builder_add_string(vm, &b, iotpy_function_name(vm, iotpy_type_of(vm, iotpy_get(vm, values))));
    if (*c == 'r') add_repr(vm, &b, values);
    values++;
  }
  return builder_end(vm, &b);
}

static value format_message(vm_t *vm, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  root values = push_values(vm, format, arguments);
  value message = message_text(vm, format, again, values);
  va_end(again);
  iotpy_pop(vm, values);
  return message;
}

value iotpy_format_message(vm_t *vm, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  value message = format_message(vm, format, arguments);
  va_end(arguments);
  return message;
}

value iotpy_raise(vm_t *vm, enum builtin_type type, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  value message = format_message(vm, format, arguments);
  va_end(arguments);
  return message ? iotpy_raise_value(vm, type, message) : VALUE_ERROR;
}

// ---- text
static bool prints_repr(const vm_t *vm, value exception) { return iotpy_is_subtype(vm, exception_type(vm, exception), TYPE(T_KeyError)); }

value iotpy_exception_str(vm_t *vm, root exception) {
  return iotpy_defines(vm, iotpy_get(vm, exception), STR___str__) ? VALUE_TWIN : exception_text(vm, exception);
}

value exception_text(vm_t *vm, root exception) {
  value e = iotpy_get(vm, exception);
  root arguments = iotpy_push(vm, iotpy_fields(vm, e)[EXCEPTION_ARGS]);
  uint32_t count = iotpy_tuple_length(vm, iotpy_get(vm, arguments));
  if (count == 1) iotpy_put(vm, arguments, iotpy_tuple_items(vm, iotpy_get(vm, arguments))[0]);
  value result = count == 0 ? iotpy_string(vm, "", 0) : count > 1 || prints_repr(vm, e) ? iotpy_repr(vm, arguments) : iotpy_str(vm, arguments);
  iotpy_pop(vm, arguments);
  return result;
}

value iotpy_exception_repr(vm_t *vm, root exception) {
  if (iotpy_defines(vm, iotpy_get(vm, exception), STR___repr__)) return VALUE_TWIN;
  root arguments = iotpy_push(vm, iotpy_fields(vm, iotpy_get(vm, exception))[EXCEPTION_ARGS]);
  bool single = iotpy_tuple_length(vm, iotpy_get(vm, arguments)) == 1;
  if (single) iotpy_put(vm, arguments, iotpy_tuple_items(vm, iotpy_get(vm, arguments))[0]);
  value repr = iotpy_repr(vm, arguments);
  if (repr == VALUE_TWIN || !repr) return repr;
  iotpy_put(vm, arguments, repr);
  builder b;
  builder_begin(vm, &b);
  builder_add_string(vm, &b, iotpy_function_name(vm, exception_type(vm, iotpy_get(vm, exception))));
  if (single) builder_add_c(vm, &b, "(");
  builder_add_string(vm, &b, iotpy_get(vm, arguments));
  if (single) builder_add_c(vm, &b, ")");
  value result = builder_end(vm, &b);
  iotpy_pop(vm, arguments);
  return result;
}
