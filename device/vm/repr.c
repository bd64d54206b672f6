// repr() and str() of built-in values. A value that lies within itself shows as [...]; instances with methods of their own answer TWIN.
#include "number.h"
#include "table.h"

void add_str_repr(builder *b, root string, bool ascii);
void add_bytes_repr(builder *b, root bytes);

enum result { OK, FAILED, NEEDS_TWIN };
// The containers that are open, for self-reference: a chain of roots on the C stack.
struct open_container { const struct open_container *outer; root container; };
struct repr { builder b; bool ascii; };

static enum result add(struct repr *r, root v, const struct open_container *outer);

static enum result add_items(struct repr *r, const char *open, root items, uint32_t count, const char *close, const struct open_container *outer) {
  builder_add_c(&r->b, open);
  root item = iotpy_push(VALUE_NONE);
  for (uint32_t i = 0; i < count; i++) {
    value *words;
    uint32_t length;
    iotpy_sequence(*items, &words, &length);
    if (i >= length) break;
    *item = words[i];
    if (i > 0) builder_add(&r->b, ", ", 2);
    enum result result = add(r, item, outer);
    if (result != OK) return result;
  }
  iotpy_pop(item);
  builder_add_c(&r->b, close);
  return r->b.failed ? FAILED : OK;
}

// Entries of a dict, set or view; `parts` 1 keys, 2 values, 3 both as pairs, 4 both as key: value.
static enum result add_entries(struct repr *r, root table, uint32_t parts, const struct open_container *outer) {
  root part = iotpy_push(VALUE_NONE);
  value *entry;
  bool first = true;
  for (uint32_t position = 0; table_next(*table, &position, &entry); first = false) {
    if (!first) builder_add(&r->b, ", ", 2);
    if (parts == 3) builder_add(&r->b, "(", 1);
    for (uint32_t i = parts == 2 ? 1 : 0; i < (parts == 1 ? 1u : 2u); i++) {
      *part = table_entry(*table, position - 1)[i];
      if (i == 1 && parts > 2) builder_add_c(&r->b, parts == 3 ? ", " : ": ");
      enum result result = add(r, part, outer);
      if (result != OK) return result;
    }
    if (parts == 3) builder_add(&r->b, ")", 1);
  }
  iotpy_pop(part);
  return r->b.failed ? FAILED : OK;
}

static enum result add_set(struct repr *r, root v, const struct open_container *outer) {
  value set = *v;
  bool empty = table_live(set) == 0, named = empty || header_flags(*iotpy_words(set)) != 0;
  if (named) builder_add_string(&r->b, iotpy_function_name(iotpy_type_of(set)));
  if (named) builder_add(&r->b, "(", 1);
  if (!empty) builder_add(&r->b, "{", 1);
  enum result result = add_entries(r, v, 1, outer);
  if (!empty) builder_add(&r->b, "}", 1);
  if (named) builder_add(&r->b, ")", 1);
  return result;
}

static enum result add_view(struct repr *r, root v, const struct open_container *outer) {
  static const char *const names[] = {"dict_keys([", "dict_values([", "dict_items(["};
  uint32_t kind = (uint32_t)int_of(iotpy_fields(*v)[0]);
  root dict = iotpy_push(iotpy_fields(*v)[1]);
  builder_add_c(&r->b, names[kind]);
  enum result result = add_entries(r, dict, kind + 1, outer);
  if (result == OK) iotpy_pop(dict);
  builder_add_c(&r->b, "])");
  return result;
}

static enum result add_open(struct repr *r, root v, uint32_t layout, const struct open_container *here) {
  value *items;
  uint32_t count = 0;
  iotpy_sequence(*v, &items, &count);
  enum result result = OK;
  switch (layout) {
    case O_LIST: return add_items(r, "[", v, count, "]", here);
    case O_TUPLE: return add_items(r, "(", v, count, count == 1 ? ",)" : ")", here);
    case O_SET: return add_set(r, v, here);
    case O_VIEW: return add_view(r, v, here);
    default:
      builder_add(&r->b, "{", 1);
      result = add_entries(r, v, 4, here);
      builder_add(&r->b, "}", 1);
      return result;
  }
}

#define DOING " while getting the repr of an object"
static enum result add_container(struct repr *r, root v, uint32_t layout, const struct open_container *outer) {
  struct open_container here = {outer, v};
  for (const struct open_container *o = outer; o; o = o->outer) {
    if (*o->container != *v) continue;
    builder_add_c(&r->b, layout == O_LIST ? "[...]" : layout == O_TUPLE ? "(...)" : "{...}");
    return OK;
  }
  if (!iotpy_room(8) || !iotpy_enter(DOING)) return FAILED;
  enum result result = add_open(r, v, layout, &here);
  vm->nesting--;
  return result;
}

static enum result add_parts(struct repr *r, root v, const char *name) {
  root part = iotpy_push(VALUE_NONE);
  builder_add_c(&r->b, name);
  uint32_t count = name[0] == 'r' && iotpy_fields(*v)[2] == from_int(1) ? 2 : 3;
  if (!iotpy_room(8) || !iotpy_enter(DOING)) return FAILED;
  for (uint32_t i = 0; i < count; i++) {
    *part = iotpy_fields(*v)[i];
    if (i > 0) builder_add(&r->b, ", ", 2);
    enum result result = add(r, part, NULL);
    if (result != OK) return vm->nesting--, result;
  }
  vm->nesting--;
  iotpy_pop(part);
  builder_add(&r->b, ")", 1);
  return OK;
}

static enum result add_named(struct repr *r, root v, const char *before, const char *after) {
  builder_add_c(&r->b, before);
  builder_add_string(&r->b, iotpy_function_name(*v));
  builder_add_c(&r->b, after);
  return OK;
}

static enum result add_constant(struct repr *r, root root_v) {
  static const char *const singletons[] = {"None", "False", "True", "Ellipsis", "NotImplemented"};
  value v = *root_v;
  if (is_constant(v, KIND_SINGLETON)) return builder_add_c(&r->b, payload_of(v) < 5 ? singletons[payload_of(v)] : "<unbound>"), OK;
  if (is_constant(v, KIND_TYPE)) return add_named(r, root_v, "<class '", "'>");
  if (is_constant(v, KIND_MODULE)) return add_named(r, root_v, "<module '", "' (built-in)>");
  return add_named(r, root_v, is_constant(v, KIND_BUILTIN) ? "<built-in function " : "<function ", ">");
}

static enum result add_text_of(struct repr *r, value made) {
  if (!made) return FAILED;
  if (made == VALUE_TWIN) return NEEDS_TWIN;
  builder_add_string(&r->b, made);
  return r->b.failed ? FAILED : OK;
}

static enum result add_instance(struct repr *r, root v) {
  value instance = *v;
  if (is_object(instance, O_EXCEPTION)) return add_text_of(r, iotpy_exception_repr(v));
  builder_add_c(&r->b, "<");
  builder_add_string(&r->b, iotpy_function_name(iotpy_type_of(*v)));
  builder_add_c(&r->b, " object>");
  return OK;
}

static enum result add_float(struct repr *r, double d) {
  char out[IOTPY_FLOAT_TEXT];
  builder_add(&r->b, out, iotpy_double_repr(d, out));
  return OK;
}

static enum result add(struct repr *r, root root_v, const struct open_container *outer) {
  value v = *root_v;
  if (r->b.failed) return FAILED;
  if (is_int(v)) return iotpy_int_add_text(&r->b, v) ? OK : FAILED;
  if (is_constant(v, KIND_STRING)) return add_str_repr(&r->b, root_v, r->ascii), OK;
  if (!is_ref(v) && !is_constant(v, KIND_CONSTANT)) return add_constant(r, root_v);
  uint32_t layout = header_type(*iotpy_words(v));
  if (iotpy_defines(v, STR___repr__)) return NEEDS_TWIN;
  switch (layout) {
    case O_FLOAT: return add_float(r, iotpy_float_of(v));
    case O_INT: return iotpy_int_add_text(&r->b, v) ? OK : FAILED;
    case O_STR: return add_str_repr(&r->b, root_v, r->ascii), OK;
    case O_BYTES:
    case O_BYTEARRAY: return add_bytes_repr(&r->b, root_v), OK;
    case O_TUPLE:
    case O_LIST:
    case O_DICT:
    case O_SET:
    case O_VIEW: return add_container(r, root_v, layout, outer);
    case O_RANGE: return add_parts(r, root_v, "range(");
    case O_SLICE: return add_parts(r, root_v, "slice(");
    case O_CLASS: return add_named(r, root_v, "<class '__main__.", "'>");
    case O_FUNCTION: return add_named(r, root_v, "<function ", ">");
    case O_METHOD: return add_named(r, root_v, "<bound method ", ">");
    case O_GENERATOR: return builder_add_c(&r->b, "<generator object>"), OK;
    case O_ITERATOR: return builder_add_c(&r->b, "<iterator object>"), OK;
    case O_INSTANCE:
    case O_EXCEPTION: return add_instance(r, root_v);
    default: return builder_add_c(&r->b, "<object>"), OK;
  }
}

static value repr_of(root v, bool ascii) {
  struct repr r = {.ascii = ascii};
  builder_begin(&r.b);
  enum result result = add(&r, v, NULL);
  if (result == OK) return builder_end(&r.b);
  iotpy_pop(r.b.buffer);
  return result == NEEDS_TWIN ? VALUE_TWIN : VALUE_ERROR;
}

value iotpy_repr(root v) { return repr_of(v, false); }
value native_ascii(root arguments, uint32_t count) { (void)count; return repr_of(arguments, true); }
value native_repr(root arguments, uint32_t count) { (void)count; return iotpy_repr(arguments); }

value iotpy_str(root v) {
  value x = *v;
  if (is_string(x)) return x;
  if (!is_object(x, O_EXCEPTION) && iotpy_defines(x, STR___str__)) return VALUE_TWIN;
  if (is_object(x, O_EXCEPTION)) return iotpy_exception_str(v);
  return iotpy_repr(v);
}
