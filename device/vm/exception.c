// Exceptions as objects: made by natives with a formatted message, by `raise`, and MemoryError, which is made before it is needed.
#include <stdarg.h>
#include "frame.h"

value exception_create(value type, root arguments) {
  root kept = iotpy_push(type);
  value e = iotpy_new(O_EXCEPTION, 0, 1 + EXCEPTION_WORDS);
  if (e) {
    iotpy_fields(e)[EXCEPTION_TYPE] = *kept;
    iotpy_fields(e)[EXCEPTION_ARGS] = *arguments;
  }
  iotpy_pop(kept);
  return e;
}

value exception_type(value exception) { return iotpy_fields(exception)[EXCEPTION_TYPE]; }

value iotpy_raise_exception(value exception) {
  vm->roots->exception = exception;
  return VALUE_ERROR;
}

value iotpy_raise_memory_error(void) {
  if (vm->roots->memory_error != VALUE_NONE) iotpy_fields(vm->roots->memory_error)[EXCEPTION_TRACEBACK] = VALUE_NONE;
  return iotpy_raise_exception(vm->roots->memory_error);
}

static value raise_with_arguments(enum builtin_type type, root first, uint32_t count) {
  root arguments = iotpy_push(VALUE_NONE);
  value tuple = iotpy_tuple(first, count);
  if (!tuple) return VALUE_ERROR;
  *arguments = tuple;
  value e = exception_create(TYPE(type), arguments);
  iotpy_pop(arguments);
  return e ? iotpy_raise_exception(e) : VALUE_ERROR;
}

value iotpy_raise_value(enum builtin_type type, value argument) {
  root r = iotpy_push(argument);
  raise_with_arguments(type, r, 1);
  iotpy_pop(r);
  return VALUE_ERROR;
}

value iotpy_raise_exception_of(enum builtin_type type) { return raise_with_arguments(type, 0, 0); }

bool iotpy_raised(enum builtin_type type) {
  value e = vm->roots->exception;
  return e != VALUE_NONE && iotpy_is_subtype(exception_type(e), TYPE(type));
}

void iotpy_clear(void) { vm->roots->exception = VALUE_NONE; }

bool exception_matches(value exception, value types, bool *ok) {
  bool many = is_object(types, O_TUPLE), matches = false;
  for (uint32_t i = 0; i < (many ? iotpy_tuple_length(types) : 1); i++) {
    value type = many ? iotpy_tuple_items(types)[i] : types;
    *ok = (is_constant(type, KIND_TYPE) || is_object(type, O_CLASS)) && iotpy_is_subtype(type, TYPE(T_BaseException));
    if (!*ok) return iotpy_raise(T_TypeError, "catching classes that do not inherit from BaseException is not allowed");
    matches = matches || (is_object(exception, O_EXCEPTION) && iotpy_is_subtype(exception_type(exception), type));
  }
  return matches;
}

// ---- messages
#define MESSAGE_VALUES_MAX 6

static void add_number(builder *b, uint32_t magnitude, bool negative) {
  char digits[12];
  uint32_t at = sizeof digits;
  digits[--at] = 0;
  do { digits[--at] = (char)('0' + magnitude % 10); magnitude /= 10; } while (magnitude > 0);
  if (negative) digits[--at] = '-';
  builder_add_c(b, digits + at);
}

static void add_repr(builder *b, root v) {
  value repr = iotpy_repr(v);
  if (repr == VALUE_TWIN) builder_add_c(b, "an object");
  else if (repr) builder_add_string(b, repr);
  else b->failed = true;
}

// Values among the arguments of a message move while its text grows, so they are pushed first.
static root push_values(const char *format, va_list arguments) {
  root values = iotpy_push_words(MESSAGE_VALUES_MAX);
  uint32_t count = 0;
  for (const char *c = format; *c; c++) {
    if (*c != '%') continue;
    c++;
    if (*c == 's') (void)va_arg(arguments, const char *);
    else if (*c == 'd' || *c == 'u') (void)va_arg(arguments, uint32_t);
    else values[count++] = va_arg(arguments, value);
  }
  return values;
}

static value message_text(const char *format, va_list arguments, root values) {
  builder b;
  builder_begin(&b);
  for (const char *c = format; *c && !b.failed; c++) {
    if (*c != '%') { builder_add_char(&b, (uint32_t)(unsigned char)*c); continue; }
    c++;
    if (*c == 's') { builder_add_c(&b, va_arg(arguments, const char *)); continue; }
    uint32_t number = va_arg(arguments, uint32_t);  // int32_t, uint32_t or value, which `values` holds
    if (*c == 'u') { add_number(&b, number, false); continue; }
    if (*c == 'd') { add_number(&b, (int32_t)number < 0 ? 0 - number : number, (int32_t)number < 0); continue; }
    if (*c == 'v') builder_add_string(&b, *values);
    if (*c == 't') builder_add_string(&b, iotpy_function_name(iotpy_type_of(*values)));
    if (*c == 'r') add_repr(&b, values);
    values++;
  }
  return builder_end(&b);
}

static value format_message(const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  root values = push_values(format, arguments);
  value message = message_text(format, again, values);
  va_end(again);
  iotpy_pop(values);
  return message;
}

value iotpy_format_message(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  value message = format_message(format, arguments);
  va_end(arguments);
  return message;
}

value iotpy_raise(enum builtin_type type, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  value message = format_message(format, arguments);
  va_end(arguments);
  return message ? iotpy_raise_value(type, message) : VALUE_ERROR;
}

// ---- text
static bool prints_repr(value exception) { return iotpy_is_subtype(exception_type(exception), TYPE(T_KeyError)); }

value iotpy_exception_str(root exception) {
  return iotpy_defines(*exception, STR___str__) ? VALUE_TWIN : exception_text(exception);
}

value exception_text(root exception) {
  value e = *exception;
  root arguments = iotpy_push(iotpy_fields(e)[EXCEPTION_ARGS]);
  uint32_t count = iotpy_tuple_length(*arguments);
  if (count == 1) *arguments = iotpy_tuple_items(*arguments)[0];
  if (count == 0) return iotpy_pop(arguments), iotpy_string("", 0);
  if (!iotpy_room(8) || !iotpy_enter("")) return VALUE_ERROR;
  value result = count > 1 || prints_repr(e) ? iotpy_repr(arguments) : iotpy_str(arguments);
  vm->nesting--;
  iotpy_pop(arguments);
  return result;
}

value iotpy_exception_repr(root exception) {
  if (iotpy_defines(*exception, STR___repr__)) return VALUE_TWIN;
  root arguments = iotpy_push(iotpy_fields(*exception)[EXCEPTION_ARGS]);
  bool single = iotpy_tuple_length(*arguments) == 1;
  if (single) *arguments = iotpy_tuple_items(*arguments)[0];
  if (!iotpy_room(8) || !iotpy_enter("")) return VALUE_ERROR;
  value repr = iotpy_repr(arguments);
  vm->nesting--;
  if (repr == VALUE_TWIN || !repr) return repr;
  *arguments = repr;
  builder b;
  builder_begin(&b);
  builder_add_string(&b, iotpy_function_name(exception_type(*exception)));
  if (single) builder_add_c(&b, "(");
  builder_add_string(&b, *arguments);
  if (single) builder_add_c(&b, ")");
  value result = builder_end(&b);
  iotpy_pop(arguments);
  return result;
}
