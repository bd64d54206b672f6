// Arguments become parameters of a Python function: defaults, keywords, *args, **kwargs, keyword-only parameters, and CPython's messages
// when they do not fit. All arguments lie on the stack; the frame they go to is already pushed, its registers unbound, and names of
// keyword arguments are the tuple in roots->scratch.
#include "frame.h"

static value function_field(const value *frame, uint32_t field) {
  value function = frame[LINK_FUNCTION];
  return is_object(function, O_FUNCTION) ? iotpy_fields(function)[field] : VALUE_NONE;
}

// ---- names in messages: a method called on an instance has its class before it
static value owner_of(value function, value self, value name) {
  value type = is_instance(self) ? instance_class(self) : self;
  if (!is_object(type, O_CLASS)) return VALUE_UNBOUND;
  value order = iotpy_fields(type)[CLASS_ORDER];
  for (uint32_t i = 0; i + 1 < iotpy_tuple_length(order); i++) {
    value class_ = iotpy_tuple_items(order)[i];
    const value *found = class_attribute(class_, name);
    if (found && *found == function) return class_;
  }
  return VALUE_UNBOUND;
}

static value qualified_name(const value *frame, const uint8_t *record) {
  value name = record_name(record), owner = owner_of(frame[LINK_FUNCTION], frame[0], name);
  if (owner == VALUE_UNBOUND) return name;
  builder b;
  builder_begin(&b);
  builder_add_string(&b, iotpy_function_name(owner));
  builder_add_c(&b, ".");
  builder_add_string(&b, name);
  value qualified = builder_end(&b);
  return qualified ? qualified : name;
}

// ---- too many, too few
static bool too_many(const value *frame, const uint8_t *record, uint32_t given, uint32_t keyword_only) {
  value name = qualified_name(frame, record);
  uint32_t most = record[RECORD_POSITIONAL], least = most - record_extension(record, EXTENSION_DEFAULTS);
  root takes = iotpy_push(name), gave = iotpy_push(STRING(STR_args));
  *takes = least == most ? iotpy_format_message("%v() takes %u positional argument%s", name, most, most == 1 ? "" : "s")
                                     : iotpy_format_message("%v() takes from %u to %u positional arguments", name, least, most);
  *gave = keyword_only ? iotpy_format_message("%u positional argument%s (and %u keyword-only argument%s) were", given, given == 1 ? "" : "s",
                                                          keyword_only, keyword_only == 1 ? "" : "s")
                                   : iotpy_format_message(given == 1 ? "%u was" : "%u were", given);
  if (*takes && *gave) iotpy_raise(T_TypeError, "%v but %v given", *takes, *gave);
  return false;
}

static void add_missing(builder *b, const uint8_t *record, uint32_t parameter, uint32_t nth, uint32_t of) {
  if (nth > 0) builder_add_c(b, of == 2 ? " and " : nth + 1 == of ? ", and " : ", ");
  builder_add_c(b, "'");
  builder_add_string(b, record_parameter(record, parameter));
  builder_add_c(b, "'");
}

static bool raise_missing(const value *frame, const uint8_t *record, uint32_t first, uint32_t end, uint32_t count, const char *kind) {
  root name = iotpy_push(qualified_name(frame, record));
  builder b;
  builder_begin(&b);
  uint32_t nth = 0;
  for (uint32_t i = first; i < end; i++) if (frame[i] == VALUE_UNBOUND) add_missing(&b, record, i, nth++, count);
  value names = builder_end(&b);
  if (names) iotpy_raise(T_TypeError, "%v() missing %u required %s argument%s: %v", *name, count, kind, count == 1 ? "" : "s", names);
  return false;
}

static bool check_bound(const value *frame, const uint8_t *record, uint32_t first, uint32_t end, const char *kind) {
  uint32_t missing = 0;
  for (uint32_t i = first; i < end; i++) missing += frame[i] == VALUE_UNBOUND;
  return missing == 0 || raise_missing(frame, record, first, end, missing, kind);
}

// ---- keywords
static value keyword_name(uint32_t i) { return iotpy_tuple_items(vm->roots->scratch)[i]; }

static int32_t find_parameter(const uint8_t *record, value name) {
  const uint8_t *names = record_names(record);
  read_string(&names);
  uint32_t count = record_parameters(record);
  for (uint32_t i = 0; i < count; i++) if (read_string(&names) == name) return (int32_t)i;
  return -1;
}

// How many of the names are those of keyword-only parameters.
static uint32_t count_keyword_only(const uint8_t *record, uint32_t named) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < named; i++) count += find_parameter(record, keyword_name(i)) >= record[RECORD_POSITIONAL];
  return count;
}

static bool bind_extra_keyword(const value *frame, const uint8_t *record, value *kwargs, uint32_t i, value *item) {
  if (!kwargs) {
    value name = qualified_name(frame, record);
    iotpy_raise(T_TypeError, "%v() got an unexpected keyword argument '%v'", name, keyword_name(i));
    return false;
  }
  root key = iotpy_push(keyword_name(i));
  bool ok = iotpy_dict_put(kwargs, key, item);
  iotpy_pop(key);
  return ok;
}

static bool bind_keyword(value *frame, const uint8_t *record, value *kwargs, uint32_t i, value *item) {
  int32_t at = find_parameter(record, keyword_name(i));
  bool positional_only = at >= 0 && (uint32_t)at < record_extension(record, EXTENSION_POSITIONAL_ONLY);
  if (positional_only && !kwargs) {
    value name = qualified_name(frame, record);
    iotpy_raise(T_TypeError, "%v() got some positional-only arguments passed as keyword arguments: '%v'", name, keyword_name(i));
    return false;
  }
  if (at < 0 || positional_only) return bind_extra_keyword(frame, record, kwargs, i, item);
  if (frame[at] != VALUE_UNBOUND) {
    value name = qualified_name(frame, record);
    iotpy_raise(T_TypeError, "%v() got multiple values for argument '%v'", name, keyword_name(i));
    return false;
  }
  frame[at] = *item;
  return true;
}

// ---- defaults
static void bind_defaults(value *frame, const uint8_t *record) {
  uint32_t positional = record[RECORD_POSITIONAL], defaults = record_extension(record, EXTENSION_DEFAULTS);
  value values = function_field(frame, FUNCTION_DEFAULTS);
  for (uint32_t i = 0; i < defaults && values != VALUE_NONE; i++) {
    value *parameter = frame + positional - defaults + i;
    if (*parameter == VALUE_UNBOUND) *parameter = iotpy_tuple_items(values)[i];
  }
  uint32_t keyword_only = record_extension(record, EXTENSION_KEYWORD_ONLY);
  values = function_field(frame, FUNCTION_KEYWORD_DEFAULTS);
  for (uint32_t i = 0; i < keyword_only && values != VALUE_NONE; i++) {
    value *parameter = frame + positional + i;
    if (*parameter == VALUE_UNBOUND) *parameter = iotpy_tuple_items(values)[i];
  }
}

// The tuple of what is left of the positional arguments, and an empty dict, each in its register.
static bool bind_collectors(value *frame, const uint8_t *record, const value *extra, uint32_t extras) {
  value *at = frame + record_parameters(record);
  if (record[RECORD_FLAGS] & FUNCTION_ARGS) {
    value tuple = iotpy_tuple(extra, extras);
    if (!tuple) return false;
    *at++ = tuple;
  }
  if (record[RECORD_FLAGS] & FUNCTION_KWARGS) {
    value dict = iotpy_dict();
    if (!dict) return false;
    *at = dict;
  }
  return true;
}

static bool bind_flagged(value *frame, const uint8_t *record, value *arguments, uint32_t given, uint32_t named) {
  uint32_t positional = record[RECORD_POSITIONAL], flags = record[RECORD_FLAGS];
  uint32_t extras = given > positional ? given - positional : 0;
  for (uint32_t i = 0; i < given - extras; i++) frame[i] = arguments[i];
  if (extras > 0 && !(flags & FUNCTION_ARGS)) return too_many(frame, record, given, count_keyword_only(record, named));
  if (!bind_collectors(frame, record, arguments + positional, extras)) return false;
  value *kwargs = flags & FUNCTION_KWARGS ? frame + record_parameters(record) + (flags & FUNCTION_ARGS) : NULL;
  if (named == 0 && given >= positional && record_parameters(record) == positional) return true;
  for (uint32_t i = 0; i < named; i++) if (!bind_keyword(frame, record, kwargs, i, arguments + given + i)) return false;
  bind_defaults(frame, record);
  return check_bound(frame, record, 0, positional, "positional") &&
         check_bound(frame, record, positional, record_parameters(record), "keyword-only");
}

bool bind_parameters(value *frame, const uint8_t *record, value *arguments, uint32_t count, uint32_t named) {
  if (named > 0 || record[RECORD_FLAGS] & ~(uint32_t)FUNCTION_GENERATOR || count != record[RECORD_POSITIONAL]) {
    return bind_flagged(frame, record, arguments, count - named, named);
  }
  for (uint32_t i = 0; i < count; i++) frame[i] = arguments[i];
  return true;
}

// A twin's parameters are filled in order with what the native saw: positional, *args, keyword-only, **kwargs.
bool bind_twin(value *frame, const uint8_t *record, const value *arguments, uint32_t count) {
  uint32_t positional = record[RECORD_POSITIONAL], keyword_only = record_extension(record, EXTENSION_KEYWORD_ONLY);
  bool collects = record[RECORD_FLAGS] & FUNCTION_ARGS, named = record[RECORD_FLAGS] & FUNCTION_KWARGS;
  uint32_t last = keyword_only + named, given = count > last ? count - last : 0;
  uint32_t extras = given > positional ? given - positional : 0;
  for (uint32_t i = 0; i < given - extras; i++) frame[i] = arguments[i];
  for (uint32_t i = 0; i < keyword_only && given + i < count; i++) frame[positional + i] = arguments[given + i];
  if (!bind_collectors(frame, record, arguments + positional, extras)) return false;
  value kwargs = named && count > 0 ? arguments[count - 1] : VALUE_UNBOUND;
  if (kwargs != VALUE_UNBOUND) frame[record_parameters(record) + collects] = kwargs;
  return true;
}
