// Arguments become parameters of a Python function: defaults, keywords, *args, **kwargs, keyword-only parameters, and CPython's messages
// when they do not fit. All arguments lie on the stack; the frame they go to is already pushed, its registers unbound, and names of
// keyword arguments are the tuple in roots->scratch.
#include "frame.h"

static value function_field(vm_t *vm, const value *frame, uint32_t field) {
  value function = frame[LINK_FUNCTION];
  return is_object(vm, function, O_FUNCTION) ? iotpy_fields(vm, function)[field] : VALUE_NONE;
}

// ---- names in messages: a method called on an instance has its class before it
static value owner_of(vm_t *vm, value function, value self, value name) {
  if (!is_instance(vm, self)) return VALUE_UNBOUND;
  value order = iotpy_fields(vm, instance_class(vm, self))[CLASS_ORDER];
  for (uint32_t i = 0; i + 1 < iotpy_tuple_length(vm, order); i++) {
    value class_ = iotpy_tuple_items(vm, order)[i];
    const value *found = class_attribute(vm, class_, name);
    if (found && *found == function) return class_;
  }
  return VALUE_UNBOUND;
}

static value qualified_name(vm_t *vm, const value *frame, const uint8_t *record) {
  value name = record_name(record), owner = owner_of(vm, frame[LINK_FUNCTION], frame[0], name);
  if (owner == VALUE_UNBOUND) return name;
  builder b;
  builder_begin(vm, &b);
  builder_add_string(vm, &b, iotpy_function_name(vm, owner));
  builder_add_c(vm, &b, ".");
  builder_add_string(vm, &b, name);
  value qualified = builder_end(vm, &b);
  return qualified ? qualified : name;
}

// ---- too many, too few
static bool too_many(vm_t *vm, const value *frame, const uint8_t *record, uint32_t given, uint32_t keyword_only) {
  value name = qualified_name(vm, frame, record);
  uint32_t most = record[RECORD_POSITIONAL], least = most - record_extension(record, EXTENSION_DEFAULTS);
  root takes = iotpy_push(vm, name), gave = iotpy_push(vm, STRING(STR_args));
  iotpy_put(vm, takes, least == most ? iotpy_format_message(vm, "%v() takes %u positional argument%s", name, most, most == 1 ? "" : "s")
                                     : iotpy_format_message(vm, "%v() takes from %u to %u positional arguments", name, least, most));
  iotpy_put(vm, gave, keyword_only ? iotpy_format_message(vm, "%u positional argument%s (and %u keyword-only argument%s) were", given, given == 1 ? "" : "s",
                                                          keyword_only, keyword_only == 1 ? "" : "s")
                                   : iotpy_format_message(vm, given == 1 ? "%u was" : "%u were", given));
  if (iotpy_get(vm, takes) && iotpy_get(vm, gave)) iotpy_raise(vm, T_TypeError, "%v but %v given", iotpy_get(vm, takes), iotpy_get(vm, gave));
  return false;
}

static void add_missing(vm_t *vm, builder *b, const uint8_t *record, uint32_t parameter, uint32_t nth, uint32_t of) {
  if (nth > 0) builder_add_c(vm, b, of == 2 ? " and " : nth + 1 == of ? ", and " : ", ");
  builder_add_c(vm, b, "'");
  builder_add_string(vm, b, record_parameter(record, parameter));
  builder_add_c(vm, b, "'");
}

static bool raise_missing(vm_t *vm, const value *frame, const uint8_t *record, uint32_t first, uint32_t end, uint32_t count, const char *kind) {
  root name = iotpy_push(vm, qualified_name(vm, frame, record));
  builder b;
  builder_begin(vm, &b);
  uint32_t nth = 0;
  for (uint32_t i = first; i < end; i++) if (frame[i] == VALUE_UNBOUND) add_missing(vm, &b, record, i, nth++, count);
  value names = builder_end(vm, &b);
  if (names) iotpy_raise(vm, T_TypeError, "%v() missing %u required %s argument%s: %v", iotpy_get(vm, name), count, kind, count == 1 ? "" : "s", names);
  return false;
}

static bool check_bound(vm_t *vm, const value *frame, const uint8_t *record, uint32_t first, uint32_t end, const char *kind) {
  uint32_t missing = 0;
  for (uint32_t i = first; i < end; i++) missing += frame[i] == VALUE_UNBOUND;
  return missing == 0 || raise_missing(vm, frame, record, first, end, missing, kind);
}

// ---- keywords
static value keyword_name(vm_t *vm, uint32_t i) { return iotpy_tuple_items(vm, vm->roots->scratch)[i]; }

static int32_t find_parameter(const uint8_t *record, value name) {
  const uint8_t *names = record_names(record);
  read_string(&names);
  uint32_t count = record_parameters(record);
  for (uint32_t i = 0; i < count; i++) if (read_string(&names) == name) return (int32_t)i;
  return -1;
}

// How many of the names are those of keyword-only parameters.
static uint32_t count_keyword_only(vm_t *vm, const uint8_t *record, uint32_t named) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < named; i++) count += find_parameter(record, keyword_name(vm, i)) >= record[RECORD_POSITIONAL];
  return count;
}

static bool bind_extra_keyword(vm_t *vm, const value *frame, const uint8_t *record, value *kwargs, uint32_t i, value *item) {
  if (!kwargs) {
    value name = qualified_name(vm, frame, record);
    iotpy_raise(vm, T_TypeError, "%v() got an unexpected keyword argument '%v'", name, keyword_name(vm, i));
    return false;
  }
  root key = iotpy_push(vm, keyword_name(vm, i));
  bool ok = iotpy_dict_put(vm, kwargs, key, item);
  iotpy_pop(vm, key);
  return ok;
}

static bool bind_keyword(vm_t *vm, value *frame, const uint8_t *record, value *kwargs, uint32_t i, value *item) {
  int32_t at = find_parameter(record, keyword_name(vm, i));
  bool positional_only = at >= 0 && (uint32_t)at < record_extension(record, EXTENSION_POSITIONAL_ONLY);
  if (positional_only && !kwargs) {
    value name = qualified_name(vm, frame, record);
    iotpy_raise(vm, T_TypeError, "%v() got some positional-only arguments passed as keyword arguments: '%v'", name, keyword_name(vm, i));
    return false;
  }
  if (at < 0 || positional_only) return bind_extra_keyword(vm, frame, record, kwargs, i, item);
  if (frame[at] != VALUE_UNBOUND) {
    value name = qualified_name(vm, frame, record);
    iotpy_raise(vm, T_TypeError, "%v() got multiple values for argument '%v'", name, keyword_name(vm, i));
    return false;
  }
  frame[at] = *item;
  return true;
}

// ---- defaults
static void bind_defaults(vm_t *vm, value *frame, const uint8_t *record) {
  uint32_t positional = record[RECORD_POSITIONAL], defaults = record_extension(record, EXTENSION_DEFAULTS);
  value values = function_field(vm, frame, FUNCTION_DEFAULTS);
  for (uint32_t i = 0; i < defaults && values != VALUE_NONE; i++) {
    value *parameter = frame + positional - defaults + i;
    if (*parameter == VALUE_UNBOUND) *parameter = iotpy_tuple_items(vm, values)[i];
  }
  uint32_t keyword_only = record_extension(record, EXTENSION_KEYWORD_ONLY);
  values = function_field(vm, frame, FUNCTION_KEYWORD_DEFAULTS);
  for (uint32_t i = 0; i < keyword_only && values != VALUE_NONE; i++) {
    value *parameter = frame + positional + i;
    if (*parameter == VALUE_UNBOUND) *parameter = iotpy_tuple_items(vm, values)[i];
  }
}

// The tuple of what is left of the positional arguments, and an empty dict, each in its register.
static bool bind_collectors(vm_t *vm, value *frame, const uint8_t *record, const value *extra, uint32_t extras) {
  value *at = frame + record_parameters(record);
  if (record[RECORD_FLAGS] & FUNCTION_ARGS) {
    value tuple = iotpy_tuple(vm, extra, extras);
    if (!tuple) return false;
    *at++ = tuple;
  }
  if (record[RECORD_FLAGS] & FUNCTION_KWARGS) {
    value dict = iotpy_dict(vm);
    if (!dict) return false;
    *at = dict;
  }
  return true;
}

static bool bind_flagged(vm_t *vm, value *frame, const uint8_t *record, value *arguments, uint32_t given, uint32_t named) {
  uint32_t positional = record[RECORD_POSITIONAL], flags = record[RECORD_FLAGS];
  uint32_t extras = given > positional ? given - positional : 0;
  for (uint32_t i = 0; i < given - extras; i++) frame[i] = arguments[i];
  if (extras > 0 && !(flags & FUNCTION_ARGS)) return too_many(vm, frame, record, given, count_keyword_only(vm, record, named));
  if (!bind_collectors(vm, frame, record, arguments + positional, extras)) return false;
  value *kwargs = flags & FUNCTION_KWARGS ? frame + record_parameters(record) + (flags & FUNCTION_ARGS) : NULL;
  for (uint32_t i = 0; i < named; i++) if (!bind_keyword(vm, frame, record, kwargs, i, arguments + given + i)) return false;
  bind_defaults(vm, frame, record);
  return check_bound(vm, frame, record, 0, positional, "positional") &&
         check_bound(vm, frame, record, positional, record_parameters(record), "keyword-only");
}

bool bind_parameters(vm_t *vm, value *frame, const uint8_t *record, value *arguments, uint32_t count, uint32_t named) {
  if (named > 0 || record[RECORD_FLAGS] & ~(uint32_t)FUNCTION_GENERATOR || count != record[RECORD_POSITIONAL]) {
    return bind_flagged(vm, frame, record, arguments, count - named, named);
  }
  for (uint32_t i = 0; i < count; i++) frame[i] = arguments[i];
  return true;
}

// A twin's parameters are filled in order with what the native saw: positional, *args, keyword-only, **kwargs.
bool bind_twin(vm_t *vm, value *frame, const uint8_t *record, const value *arguments, uint32_t count) {
  uint32_t positional = record[RECORD_POSITIONAL], keyword_only = record_extension(record, EXTENSION_KEYWORD_ONLY);
  bool collects = record[RECORD_FLAGS] & FUNCTION_ARGS, named = record[RECORD_FLAGS] & FUNCTION_KWARGS;
  uint32_t last = keyword_only + named, given = count > last ? count - last : 0;
  uint32_t extras = given > positional ? given - positional : 0;
  for (uint32_t i = 0; i < given - extras; i++) frame[i] = arguments[i];
  for (uint32_t i = 0; i < keyword_only && given + i < count; i++) frame[positional + i] = arguments[given + i];
  if (!bind_collectors(vm, frame, record, arguments + positional, extras)) return false;
  value kwargs = named && count > 0 ? arguments[count - 1] : VALUE_UNBOUND;
  if (kwargs != VALUE_UNBOUND) frame[record_parameters(record) + collects] = kwargs;
  return true;
}
