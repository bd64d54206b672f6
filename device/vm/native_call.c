// Calls of built-in functions: their arguments are counted, and put in their places when some are named or left out.
#include "frame.h"

// X columns: identifier, name, owner kind, owner, least, most, first keyword, keywords
const struct builtin_shape iotpy_builtin_shapes[] = {
#define X(identifier, name, kind, owner, least, most, first, keywords) {name, kind, owner, least, most, first, keywords},
  IOTPY_BUILTINS(X)
#undef X
};
static const uint16_t rom_keywords[] = ROM_KEYWORDS;
enum { POSITIONAL_ONLY = 0xFFFF, STAR = 0xFFFE, STAR_STAR = 0xFFFD };

// Where the words of `keywords` put arguments: `positional` places, then `keyword_only` ones, then perhaps the dict of the rest.
struct places { const struct builtin_shape *shape; const uint16_t *words; uint32_t named, positional, keyword_only; bool dict; };

static struct places places_of(uint32_t builtin, uint32_t given) {
  const struct builtin_shape *shape = &iotpy_builtin_shapes[builtin];
  struct places p = {.shape = shape, .words = rom_keywords + shape->first_keyword, .positional = shape->most == 255 ? given : shape->most};
  uint32_t words = shape->keywords;
  if (words > 0 && p.words[words - 1] == STAR_STAR) { p.dict = true; words--; }
  while (p.named < words && p.words[p.named] != STAR) p.named++;
  if (p.named < words) p.keyword_only = words - p.named - 1;
  return p;
}

// ---- messages as CPython's
static value qualified_name(const struct builtin_shape *shape) {
  if (shape->owner_kind == OWNER_NONE) return STRING(shape->name);
  builder b;
  builder_begin(&b);
  value owner = shape->owner_kind == OWNER_TYPE ? TYPE(shape->owner) : IOTPY_CONSTANT(KIND_MODULE, shape->owner);
  builder_add_string(&b, iotpy_function_name(owner));
  builder_add_c(&b, ".");
  builder_add_string(&b, STRING(shape->name));
  return builder_end(&b);
}

static bool wrong_count(const struct builtin_shape *shape, uint32_t given) {
  uint32_t self = shape->owner_kind == OWNER_TYPE && shape->least > 0;  // a method's own object does not count
  uint32_t least = shape->least - self, most = shape->most == 255 ? 255 : shape->most - self;
  given -= self < given ? self : given;
  if (least == most && most < 2) {
    value name = qualified_name(shape);
    if (name) iotpy_raise(T_TypeError, "%v() takes %s (%u given)", name, most == 0 ? "no arguments" : "exactly one argument", given);
  } else {
    uint32_t bound = given < least ? least : most;
    const char *how = least == most ? "" : given < least ? "at least " : "at most ";
    iotpy_raise(T_TypeError, "%v expected %s%u argument%s, got %u", STRING(shape->name), how, bound, bound == 1 ? "" : "s", given);
  }
  return false;
}

static bool unexpected_keyword(const struct places *p, value name) {
  if (p->shape->keywords == 0) {
    value full = qualified_name(p->shape);
    if (full) iotpy_raise(T_TypeError, "%v() takes no keyword arguments", full);
  } else {
    iotpy_raise(T_TypeError, "%v() got an unexpected keyword argument '%v'", STRING(p->shape->name), name);
  }
  return false;
}

// ---- binding. `to` are the places, unbound; the names of the last `named` arguments are in roots->scratch.
static value keyword_name(uint32_t i) { return iotpy_tuple_items(vm->roots->scratch)[i]; }

// The place that the name stands for, or -1.
static int32_t place_named(const struct places *p, value name) {
  for (uint32_t i = 0; i < p->named && i < p->positional; i++) {
    if (p->words[i] != POSITIONAL_ONLY && STRING(p->words[i]) == name) return (int32_t)i;
  }
  for (uint32_t i = 0; i < p->keyword_only; i++) {
    if (STRING(p->words[p->named + 1 + i]) == name) return (int32_t)(p->positional + i);
  }
  return -1;
}

static bool put_in_dict(root dict, uint32_t i, value *item) {
  if (*dict == VALUE_UNBOUND) {
    value made = iotpy_dict();
    if (!made) return false;
    *dict = made;
  }
  root key = iotpy_push(keyword_name(i));
  bool ok = iotpy_dict_put(dict, key, item);
  iotpy_pop(key);
  return ok;
}

static bool bind_keyword(const struct places *p, value *to, uint32_t i, value *item) {
  int32_t place = place_named(p, keyword_name(i));
  if (place < 0 && p->dict) return put_in_dict(to + p->positional + p->keyword_only, i, item);
  if (place < 0) return unexpected_keyword(p, keyword_name(i));
  if (to[place] != VALUE_UNBOUND) {
    iotpy_raise(T_TypeError, "argument for %v() given by name ('%v') and position (%u)", STRING(p->shape->name), keyword_name(i), (uint32_t)place + 1);
    return false;
  }
  to[place] = *item;
  return true;
}

static bool bind_places(const struct places *p, value *to, value *arguments, uint32_t given, uint32_t named) {
  if (given > p->positional) return wrong_count(p->shape, given);
  for (uint32_t i = 0; i < given; i++) to[i] = arguments[i];
  for (uint32_t i = 0; i < named; i++) if (!bind_keyword(p, to, i, arguments + given + i)) return false;
  for (uint32_t i = 0; i < p->shape->least; i++) if (i >= p->positional || to[i] == VALUE_UNBOUND) return wrong_count(p->shape, given);
  return true;
}

// ---- the call
static const uint8_t *finish(value *regs, const uint8_t *pc, uint32_t delivery, uint32_t builtin, value *arguments, uint32_t count, value result) {
  switch (result) {
    case VALUE_ERROR: return iotpy_throw(regs, pc);
    case VALUE_TWIN: return iotpy_invoke_twin(regs, pc, delivery, builtin, arguments, count);
    case VALUE_FRAME: return iotpy_native_in_frames(regs, pc, delivery, builtin, arguments, count);
    case VALUE_WAIT:
      leave_frame(regs);
      vm->roots->host_delivery = delivery;
      return iotpy_stop(pc, IOTPY_WAIT);
    default:
      leave_frame(regs);
      return iotpy_deliver(pc, delivery, result);
  }
}

// Runs the native, unless it is a method that was taken from its type and given an object of another.
static value run_native(const struct builtin_shape *shape, uint32_t builtin, value *arguments, uint32_t count) {
  if (attribute_takes_self(builtin) && !attribute_fits(builtin, arguments[0])) {
    return iotpy_raise(T_TypeError, "descriptor '%v' for '%v' objects doesn't apply to a '%t' object", STRING(shape->name),
                       iotpy_function_name(TYPE(shape->owner)), arguments[0]);
  }
  return iotpy_natives[builtin](arguments, count);
}

static const uint8_t *call_placed(value *regs, const uint8_t *pc, uint32_t delivery, uint32_t builtin, value *arguments, uint32_t count,
                                  uint32_t named) {
  struct places p = places_of(builtin, count - named);
  uint32_t places = p.positional + p.keyword_only + p.dict;
  if (!iotpy_room(places + 1)) return iotpy_throw(regs, pc);
  value *to = iotpy_push_words(places);
  for (uint32_t i = 0; i < places; i++) to[i] = VALUE_UNBOUND;
  if (!bind_places(&p, to, arguments, count - named, named)) return iotpy_throw(regs, pc);
  return finish(regs, pc, delivery, builtin, to, places, run_native(p.shape, builtin, to, places));
}

// Has it places behind the positional ones?
static bool has_more_places(const struct builtin_shape *shape) {
  for (uint32_t i = 0; i < shape->keywords; i++) {
    uint32_t word = rom_keywords[shape->first_keyword + i];
    if (word == STAR || word == STAR_STAR) return true;
  }
  return false;
}

const uint8_t *call_native(value *regs, const uint8_t *pc, uint32_t delivery, uint32_t builtin, value *arguments, uint32_t count, value names) {
  const struct builtin_shape *shape = &iotpy_builtin_shapes[builtin];
  bool exact = shape->most == 255 ? shape->keywords == 0 && count >= shape->least : count == shape->most && !has_more_places(shape);
  if (exact && !names) return finish(regs, pc, delivery, builtin, arguments, count, run_native(shape, builtin, arguments, count));
  vm->roots->scratch = names ? names : VALUE_NONE;
  return call_placed(regs, pc, delivery, builtin, arguments, count, names ? iotpy_tuple_length(names) : 0);
}

// The native gets its words straight from registers when all it is given is positional: what is left out is unbound. Of methods the object
// goes first, and has been found to have them.
const uint8_t *call_native_listed(value *regs, const uint8_t *pc, uint32_t to, uint32_t builtin, const value *self, const uint8_t *list, uint32_t count) {
  const struct builtin_shape *shape = &iotpy_builtin_shapes[builtin];
  uint32_t given = count + (self != NULL), places = shape->most == 255 ? given : shape->most, room = places > given ? places : given;
  if (!iotpy_room(room)) return iotpy_throw(regs, pc);
  value *words = (value *)(void *)vm->stack_low - room, *next = words;
  vm->stack_low = (uint8_t *)words;
  if (self) *next++ = *self;
  for (uint32_t i = 0; i < count; i++) *next++ = regs[list[i]];
  while (next < words + room) *next++ = VALUE_UNBOUND;
  bool listed = given >= shape->least && given <= places && (shape->keywords == 0 || (shape->most != 255 && !has_more_places(shape)));
  if (!listed || (!self && attribute_takes_self(builtin))) return call_native(regs, pc, delivery_of(DELIVER_STORE, to), builtin, words, given, 0);
  value v = iotpy_natives[builtin](words, places);
  if (!v || (is_constant(v, KIND_SINGLETON) && v >= VALUE_TWIN)) return finish(regs, pc, delivery_of(DELIVER_STORE, to), builtin, words, places, v);
  leave_frame(regs);
  regs[to] = v;
  return pc;
}
