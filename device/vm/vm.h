// What every file of the runtime shares: the machine, its arena, how natives keep values safe from the moving collector.
//
// arena   +-----------------+--------------------->           <-----------------------+
//         | roots, globals  |  heap, bump-allocated    free     stack: frames, roots  |
//         +-----------------+--------------------->           <-----------------------+
//         0                 heap base             heap end    stack low            size
//
// The heap grows up, the stack of frames grows down, and the collector slides the heap together when they meet. All state is in the
// arena; `struct iotpy_vm` outside it only holds addresses and a cache, and can be made again whenever iotpy_run has returned.
// What a frame looks like is drawn in frame.h. Every word of roots, globals and stack is a tagged value, so the collector scans them all.
#pragma once
#include "builtins.h"  // generated: STR_*, T_*, B_*
#include "iotpy.h"
#include "limits.h"
#include "value.h"

struct iotpy_roots {             // the first words of the arena; all are values
  value magic;                   // small int: low 30 bits of the image's crc
  value arena_bytes;             // small int
  value heap_end, stack_low;     // small ints, in bytes: where free space begins and ends; kept in struct iotpy_vm while running
  value pc;                      // small int: offset in the image of the next instruction
  value fuel_used;               // small int, modulo 2^30: since the start or the last call
  value state;                   // small int: enum iotpy_state; IOTPY_FUEL also means ready to run
  value exception;               // pending exception or None
  value result;                  // of the last finished call
  value callee;                  // function being called, between frames
  value host_operation;          // small int: built-in id of the waiting host call
  value host_arguments;          // tuple or None
  value host_delivery;           // small int: how the answer is delivered (frame.h)
  value memory_error;            // an exception made beforehand
  value memory_peak;             // small int: most words that were in use after a collection, heap and stack
  value collections;             // small int: garbage collections so far, modulo 2^30
  value scratch;                 // of the function at work; nothing outlives it here
};                               // then one word a module (True: its top level has begun), then the globals

struct attribute_cache { value class_, name, found; uint32_t where; };

struct iotpy_vm {
  uint8_t *arena;
  const uint8_t *image;
  struct iotpy_roots *roots;     // == arena
  void *host;                    // the port's own pointer
  uint8_t *heap_base, *heap_end, *stack_low, *arena_end;
  value *modules, *globals;
  int32_t fuel;                  // left; runs out below 0
  uint32_t steps;                // within built-ins (iotpy_step)
  uint32_t nesting;              // of objects that C goes into at once (iotpy_enter)
  const uint8_t *string_table, *string_data, *constant_table;   // of the image
  bool ascii;                    // all its strings are
  struct attribute_cache cache[IOTPY_ATTRIBUTE_CACHE];
};

// The machine at work: the public functions (iotpy.h) say which, and all within take it from here instead of handing it on.
#ifdef IOTPY_VM_REGISTER                                   // one that the compiler leaves alone: 7 KB less flash on a Cortex-M3, and faster
register struct iotpy_vm *vm __asm__(IOTPY_VM_REGISTER);
#else
extern struct iotpy_vm *vm;
#endif
static inline void iotpy_use(struct iotpy_vm *machine) { vm = machine; }

// ---- memory (arena.c). Any call marked [gc] may move every object: a `value` held in a C variable across it is stale.
// Keep such values on the stack of roots and read them back. A native that fails need not pop.
typedef value *root;                                       // a word of the stack, which does not move; arguments are roots too
root iotpy_push(value v);                                  // at most IOTPY_ROOT_RESERVE_WORDS since the last iotpy_new or iotpy_room
root iotpy_push_words(uint32_t count);                     // `count` words of None, ascending from the root (a push goes below the last)
void iotpy_pop(root first_pushed);                         // drops it and everything pushed after it

// New object of `words` words with its header; raw contents are zero, values are None. 0 and MemoryError when it does not fit. [gc]
value iotpy_new(enum object_type type, uint32_t flags, uint32_t words);
// The array or buffer at the root with more words: itself where it lies last in the heap, else a copy. 0 and MemoryError. [gc]
value iotpy_grow(root object, uint32_t words);
// Shrinks an object in place; the rest becomes free space.
void iotpy_shrink(value object, uint32_t words);
bool iotpy_room(uint32_t words);                           // may `words` words be pushed? Functions that recurse ask. false: MemoryError [gc]
void iotpy_collect(void);                                  // [gc]

static inline uint32_t *iotpy_words(value v) {             // the header word of an arena or image object
  return (uint32_t *)(uintptr_t)(is_ref(v) ? vm->arena + v : vm->image + payload_of(v));
}
// The words of an object that cannot lie in the image, behind its header.
static inline value *iotpy_fields(value v) { return (value *)(void *)(vm->arena + v) + 1; }
static inline bool is_layout(value v, enum object_type type) {  // arena or image object of this layout
  return ((v & 3) == 0 || is_constant(v, KIND_CONSTANT)) && header_type(*iotpy_words(v)) == (uint32_t)type;
}
static inline __attribute__((always_inline)) bool is_object(value v, enum object_type type) {
  return in_images(type) ? is_layout(v, type) : is_ref(v) && header_type(*(uint32_t *)(void *)(vm->arena + v)) == (uint32_t)type;
}

// ---- errors (exception.c). All return VALUE_ERROR (0) so that a native can `return iotpy_raise(...)`.
// Format directives: %s C string, %v str value, %t type name of a value, %r repr of a value, %d int32_t, %u uint32_t. [gc]
value iotpy_raise(enum builtin_type type, const char *format, ...);
value iotpy_raise_value(enum builtin_type type, value argument);             // e.g. KeyError(key), StopIteration(value) [gc]
value iotpy_raise_exception(value exception);
bool iotpy_raised(enum builtin_type type);                   // is the pending exception of this type or a subtype?
void iotpy_clear(void);
value iotpy_raise_memory_error(void);                        // the one made beforehand
value iotpy_exception_str(root exception);                   // str(e); TWIN as iotpy_str [gc]
value iotpy_exception_repr(root exception);                // [gc]

// ---- strings: a view of any string value. Valid until the next [gc] call (arena strings move).
typedef struct { const uint8_t *data; uint32_t bytes; bool ascii; } text;
bool is_string(value v);
text iotpy_text(value string);
const uint8_t *iotpy_text_data(value string);              // quicker, where the length is known
value iotpy_string(const void *utf8, uint32_t bytes);                  // data must not lie in the arena [gc]
value iotpy_string_room(uint32_t bytes, bool ascii);                   // uninitialised text of this length, to be filled at once [gc]
value iotpy_string_from_c(const char *c);                  // [gc]
// Growing text: the buffer is an O_BUFFER kept in two pushed roots. Failed appends leave the exception pending and `failed` set.
typedef struct { root buffer; uint32_t bytes; bool ascii, failed; } builder;
void builder_begin(builder *b);
void builder_add(builder *b, const void *data, uint32_t bytes);                  // data not in the arena [gc]
void builder_add_c(builder *b, const char *c);             // [gc]
void builder_add_char(builder *b, uint32_t code_point);    // [gc]
void builder_add_string(builder *b, value string);         // [gc]
void builder_add_part(builder *b, root string, uint32_t from, uint32_t to);      // bytes of its UTF-8 [gc]
value builder_end(builder *b);                                                   // the str; pops its roots [gc]

// ---- numbers
bool is_float(value v);
double iotpy_float_of(value v);                                        // of a float value
value iotpy_float(double d);                               // [gc]
bool is_integer(value v);                                              // small int, O_INT (not bool)
value iotpy_integer(int64_t i);                            // [gc]
bool iotpy_to_int64(value v, int64_t *out);                            // false when it does not fit or is no integer; bools count as 0/1
bool iotpy_to_index(value v, int32_t *out);                            // integer or bool; else TypeError, OverflowError beyond 32 bits
bool iotpy_to_double(value v, double *out);                            // int, bool, float; else false without exception; OverflowError pending when too large

// ---- generic operations on built-in values (operators.c dispatches to the types). Operands are roots where noted.
// They answer VALUE_TWIN when an operand is an instance whose class defines the operation in Python.
enum binary_operator { OP_ADD_, OP_SUB_, OP_MUL_, OP_DIV_, OP_FLOORDIV_, OP_MOD_, OP_POW_, OP_LSHIFT_, OP_RSHIFT_, OP_AND_, OP_OR_, OP_XOR_ };
enum comparison { COMPARE_LT, COMPARE_LE, COMPARE_GT, COMPARE_GE, COMPARE_EQ, COMPARE_NE };
value iotpy_binary(enum binary_operator op, root left, root right, bool in_place);  // [gc]
value iotpy_compare(enum comparison op, root left, root right);                               // True/False/TWIN/error
value iotpy_unary(char op, root operand);                                                    // '-', '+', '~' [gc]
value iotpy_view_compare(enum comparison op, root left, root right);                          // as iotpy_compare where one may be a view of a dict [gc]
int iotpy_equal(value a, value b);                     // 1, 0, -1 error pending, 2 twin. Does not allocate unless it raises.
int iotpy_truth(value v);                              // 1, 0, 2 twin (instance with __bool__/__len__)
bool iotpy_hash(value v, uint32_t *out);               // false: TypeError pending. Equal values hash equal, strings whether arena or constant
value iotpy_get_item(root container, root key);            // [gc]
bool iotpy_set_item(root container, root key, root item);  // [gc]
bool iotpy_delete_item(root container, root key);          // [gc]
value iotpy_get_slice(root container, root bounds /* three words */);              // [gc]
bool iotpy_set_slice(root container, root bounds, root item);                      // [gc]
bool iotpy_delete_slice(root container, root bounds);      // [gc]
value iotpy_contains(root container, root item);                                              // True/False/TWIN/error
value iotpy_length(value v);                                                                 // small int, TWIN, error
bool iotpy_step(void);            // counts work within a built-in that may go on for long; false: the call has had its time, TimeoutError [gc]
// C recurses into what nests (iotpy_enter, then vm->nesting--): all of it together IOTPY_NEST_MAX deep, then RecursionError. [gc] when false
bool iotpy_enter(const char *doing);
value iotpy_iterator(root source);              // an O_ITERATOR over built-in values; a generator or iterator is its own; TWIN for instances [gc]
value iotpy_iterate(root iterator);             // next item, VALUE_STOP, TWIN (generators, instances), error [gc]
value iotpy_repr(root v);                       // TWIN when an instance with __repr__ lies anywhere in it [gc]
value iotpy_str(root v);                                   // [gc]
value iotpy_format(root v, root spec);                       // format(v, spec) for built-in types [gc]
enum builtin_type iotpy_type(value v);                       // built-in type of any value; T_object for instances of user classes
value iotpy_type_of(value v);                                // type(v): TYPE(id) or the class
bool iotpy_is_subtype(value type, value base);

// ---- containers (type_list.c, type_dict.c, ...)
value iotpy_tuple(const value *first, uint32_t count);               // of count consecutive roots; first may be 0 when count is 0 [gc]
value iotpy_list(const value *first, uint32_t count);      // [gc]
bool iotpy_list_append(root list, root item);              // [gc]
uint32_t iotpy_list_length(value list);
value *iotpy_list_items(value list);
uint32_t iotpy_tuple_length(value tuple);
value *iotpy_tuple_items(value tuple);
bool iotpy_sequence(value v, value **items, uint32_t *count);  // list or tuple; false otherwise
value iotpy_dict(void);                                      // empty [gc]
bool iotpy_dict_put(root dict, root key, root item);       // [gc]
value iotpy_dict_get(value dict, value key);                 // VALUE_UNBOUND when absent; error for unhashable; does not allocate
bool iotpy_dict_next(value dict, uint32_t *position, value *key, value *item);  // iteration in order; start at 0
uint32_t iotpy_dict_length(value dict);
value iotpy_set(void);                                     // [gc]
bool iotpy_set_add(root set, root item);                   // [gc]

// ---- json.c, cbor.c: how values come in and go out
value iotpy_decode(enum iotpy_encoding encoding, const uint8_t *data, uint32_t bytes);  // data not in the arena; ValueError [gc]
bool iotpy_encode(enum iotpy_encoding encoding, root v);             // through iotpy_port_emit; TypeError as json.dumps [gc]

// ---- natives: `arguments` is the root of the first of `count` arguments, ascending: argument i is arguments[i].
typedef value native(root arguments, uint32_t count);
#define X(identifier, ...) native native_##identifier;       // every built-in of builtins.md has one
IOTPY_BUILTINS(X)
#undef X
extern native *const iotpy_natives[];                        // by built-in id (builtins.c, from builtins.h)
// A string constant of the image or ROM.
text iotpy_constant_text(uint32_t string_id);
value iotpy_function_name(value function);                   // str: of a function, built-in, class or type
