// Frames, functions of the image, and what the files of the interpreter offer one another.
//
// A frame, ascending; `regs` in C code points at register 0, and vm->stack_low at the link of the running frame:
//
//   regs[-4]  function   value: image function, O_FUNCTION, the running O_GENERATOR, or None in the base frame
//   regs[-3]  pc         small int: offset in the image where the caller goes on
//   regs[-2]  caller     arena offset of the caller's register 0, plus 1 (to the collector a small int)
//   regs[-1]  delivery   small int: see below
//   regs[0..n-1]         registers
//
// Every word is a tagged value, so the collector scans frames without knowing them. The stack itself never moves.
#pragma once
#include "opcodes.h"
#include "types.h"

enum { LINK_FUNCTION = -4, LINK_PC = -3, LINK_CALLER = -2, LINK_DELIVERY = -1, LINK_WORDS = 4 };

// ---- delivery: what becomes of the value that a frame returns.
//
//  31           16 15         8  7   6   5     1 0
// +---------------+------------+---+---+--------+-+
// | depth of frame|  register  | g | c |  mode  |1|   g: the frame is a generator's; c: an __init__, whose instance is the result
// +---------------+------------+---+---+--------+-+
// `register` is the caller's destination; where a mode has no destination it may hold something else, as said there.
enum delivery_mode {
  DELIVER_STORE,       // to the register
  DELIVER_DISCARD,     // nowhere: __setitem__, __delitem__
  DELIVER_TRUTH,       // truth to the register: `in`
  DELIVER_NOT,         // negated truth to the register: `not in`, `not`, != by way of __eq__
  DELIVER_JUMP_TRUE,   // the instruction before the return pc ends with a jump: taken when the value is true
  DELIVER_JUMP_FALSE,  // as before, when it is false
  DELIVER_ITERATOR,    // __iter__: the value must be an iterator; to the register
  DELIVER_NEXT,        // item of the loop instruction before the return pc: to the register, then jump; falls through at the end
  DELIVER_ITEM,        // next(iterator): to the register; StopIteration at the end
  DELIVER_ITEM_OR,     // next(iterator, default): at the end the default, which lies in the register after the destination
  DELIVER_CLOSE,       // generator.close(): None to the register when the generator ends
  DELIVER_OPERATOR,    // result of an operator's method: NotImplemented goes on to the next method. `register`: see operate.c
  DELIVER_EXTEND,      // item of the generator that is the last operand of the augmented `add` before the return pc, whose first is a list
  DELIVER_LISTED,      // a list that takes the place of the iterable of the instruction before the return pc, which has `register` operand bytes
  DELIVER_FORMATTED,   // the text that takes the place of the operand of `format`
  DELIVER_ATTRIBUTE_OR,// getattr(object, name, default): as DELIVER_STORE, but AttributeError gives the register after the destination
  DELIVER_HAS,         // hasattr: True, or False when AttributeError comes
  DELIVER_CALLEE,      // what __getattr__ found for the `callm` before the return pc, which has `register` operand bytes: it is called
  DELIVER_RAISE,       // the exception to raise by the instruction before the return pc, which has `register` operand bytes
  DELIVER_RESULT,      // of the whole call: the run is done
};
#define DELIVERY_MODE_BIT 1
#define DELIVERY_MODE_MASK 0x3eu
#define DELIVERY_CONSTRUCT 0x40u
#define DELIVERY_GENERATOR 0x80u
#define DELIVERY_REGISTER_BIT 8
#define DELIVERY_DEPTH_BIT 16
#define DELIVERY_LOW 0xffffu
static inline uint32_t delivery_of(enum delivery_mode mode, uint32_t reg) { return reg << DELIVERY_REGISTER_BIT | (uint32_t)mode << DELIVERY_MODE_BIT | 1; }
static inline enum delivery_mode delivery_mode(uint32_t delivery) { return (enum delivery_mode)((delivery & DELIVERY_MODE_MASK) >> DELIVERY_MODE_BIT); }
static inline uint32_t delivery_register(uint32_t delivery) { return delivery >> DELIVERY_REGISTER_BIT & 255; }

// ---- addresses
static inline value *running_registers(void) { return (value *)(void *)vm->stack_low + LINK_WORDS; }  // when no roots are pushed
static inline uint32_t offset_of(const value *word) { return (uint32_t)((const uint8_t *)word - vm->arena); }
static inline value *word_at(uint32_t offset) { return (value *)(void *)(vm->arena + offset); }
static inline value *caller_of(const value *regs) { return word_at(regs[LINK_CALLER] - 1); }
static inline value from_pc(const uint8_t *pc) { return from_int((int32_t)(pc - vm->image)); }
static inline const uint8_t *pc_of(value v) { return vm->image + int_of(v); }

// ---- unaligned little-endian reads
static inline uint32_t read_u16(const uint8_t *p) { uint16_t v; __builtin_memcpy(&v, p, 2); return v; }
static inline int32_t read_i16(const uint8_t *p) { return (int16_t)read_u16(p); }
static inline uint32_t read_u32(const uint8_t *p) { uint32_t v; __builtin_memcpy(&v, p, 4); return v; }
static inline uint32_t read_varint(const uint8_t **p) {   // of a verified image: at most three bytes
  uint32_t v = *(*p)++;
  if (v < 0x80) return v;
  v = (v & 0x7f) | (uint32_t)*(*p)++ << 7;
  if (v < 0x4000) return v;
  return (v & 0x3fff) | (uint32_t)*(*p)++ << 14;
}

static inline value read_string(const uint8_t **p) {      // a string operand
  uint32_t v = read_varint(p);
  return STRING(v & 1 ? v >> 1 : ROM_STRINGS + (v >> 1));
}

// ---- functions of the image (compiler/spec/bytecode.md)
enum { RECORD_REGISTERS, RECORD_POSITIONAL, RECORD_FLAGS, RECORD_HANDLERS, RECORD_CODE_BYTES, RECORD_CODE = 6 };
enum { FUNCTION_ARGS = 1, FUNCTION_KWARGS = 2, FUNCTION_GENERATOR = 4, FUNCTION_EXTENDED = 8 };
enum { EXTENSION_KEYWORD_ONLY, EXTENSION_DEFAULTS, EXTENSION_CAPTURES, EXTENSION_POSITIONAL_ONLY, EXTENSION_BYTES };
enum { HANDLER_START = 0, HANDLER_END = 2, HANDLER_TARGET = 4, HANDLER_REGISTER = 6, HANDLER_BYTES };
#define IMAGE_HEADER_BYTES 32
static inline uint32_t image_u16(uint32_t at) { return read_u16(vm->image + at); }
enum { IMAGE_BYTES = 4, IMAGE_CRC = 8, IMAGE_FUNCTIONS = 16, IMAGE_STRINGS = 18, IMAGE_CONSTANTS = 20, IMAGE_GLOBALS = 22, IMAGE_TWINS = 24, IMAGE_MODULES = 26, IMAGE_ENTRY = 28, IMAGE_STRING_DATA = 30 };
enum { ENTRY_NONE = 0xffff, ENTRY_FUNCTION = 0x8000 };    // an entry without the latter's bit is a global slot
static inline const uint8_t *record_at(const uint8_t *image, uint32_t function) {
  return image + 2 * read_u16(image + IMAGE_HEADER_BYTES + 2 * function);
}
static inline const uint8_t *record_trailer(const uint8_t *record) { return record + RECORD_CODE + read_u16(record + RECORD_CODE_BYTES); }
static inline uint32_t record_extension(const uint8_t *record, uint32_t which) {
  return record[RECORD_FLAGS] & FUNCTION_EXTENDED ? record_trailer(record)[which] : 0;
}
static inline uint32_t record_parameters(const uint8_t *record) { return record[RECORD_POSITIONAL] + record_extension(record, EXTENSION_KEYWORD_ONLY); }
const uint8_t *record_names(const uint8_t *record);        // its name, then those of its parameters: string operands
value record_name(const uint8_t *record);
value record_parameter(const uint8_t *record, uint32_t i);
const uint8_t *record_handlers(const uint8_t *record);
#define NO_FUNCTION 0xffffffffu
uint32_t function_index(value function);                   // of an image function, O_FUNCTION or O_GENERATOR; NO_FUNCTION of anything else
void image_open(void);                                     // finds the tables of vm->image
value image_constant(uint32_t index);                      // image.c
uint32_t image_module_function(uint32_t module);
uint32_t image_twin(uint32_t builtin);                     // function index, or NO_FUNCTION
value image_find_string(text t);                           // the constant with this text, or 0

// ---- the interpreter's steps. Each takes the registers of the running frame and a pc, and returns where to go on in the then
// running frame, or NULL when the run must stop (the state says why). Any of them may move objects.
typedef const uint8_t *slow_operation(value *regs, const uint8_t *operands);
extern slow_operation *const iotpy_slow_operations[];      // by opcode; slow.c

void iotpy_save(uint32_t fuel_used);             // iotpy.c: writes what struct iotpy_vm holds back to the roots
void iotpy_interpret(void);                                // interp.c: from roots->pc until the run stops
const uint8_t *iotpy_stop(const uint8_t *pc, enum iotpy_state state);  // NULL
// Calls `callee` with the `count` words at `arguments` (on the stack), the last of them named by the tuple `names` of strings (or 0).
// The word before the arguments belongs to the call unless callee is a function or a built-in. `delivery` without depth. `pc` is where
// the caller goes on; the instruction that calls ends there.
const uint8_t *iotpy_invoke(value *regs, const uint8_t *pc, uint32_t delivery, value callee, value *arguments, uint32_t count, value names);
const uint8_t *call_native(value *regs, const uint8_t *pc, uint32_t delivery, uint32_t builtin, value *arguments, uint32_t count, value names);
const uint8_t *call_native_listed(value *regs, const uint8_t *pc, uint32_t to, uint32_t builtin, const value *self, const uint8_t *list, uint32_t count);
// next, getattr, hasattr and generator.close of what needs frames: their natives have answered VALUE_FRAME.
const uint8_t *iotpy_native_in_frames(value *regs, const uint8_t *pc, uint32_t delivery, uint32_t builtin, value *arguments, uint32_t count);
bool bind_parameters(value *frame, const uint8_t *record, value *arguments, uint32_t count, uint32_t named);             // bind.c
bool bind_twin(value *frame, const uint8_t *record, const value *arguments, uint32_t count);
// Gives `v` to whoever waits in the frame that now runs.
const uint8_t *iotpy_deliver(const uint8_t *pc, uint32_t delivery, value v);
const uint8_t *iotpy_deliver_end(const uint8_t *pc, uint32_t delivery, value result);  // the iterator asked for an item has none
const uint8_t *iotpy_return(value *regs, value v);                  // leaves the running frame
// Unwinds the pending exception from the instruction that holds pc - 1.
const uint8_t *iotpy_throw(value *regs, const uint8_t *pc);
const uint8_t *iotpy_rethrow(value *regs, const uint8_t *pc);              // without a new traceback entry for the running frame
// A new frame for a function whose record is given, all registers unbound; NULL: MemoryError or RecursionError pending. roots->callee
// becomes its function. [gc]
value *iotpy_push_frame(value *regs, const uint8_t *pc, uint32_t delivery, const uint8_t *record);
static inline void leave_frame(const value *caller) { vm->stack_low = (uint8_t *)(uintptr_t)(caller - LINK_WORDS); }

// Calls the method of an instance's class with the instance and `count` more words. 0 when the class has no such method, else true and *next is set.
bool iotpy_invoke_method(value *regs, const uint8_t *pc, uint32_t delivery, enum rom_string name, value self, const value *arguments,
                         uint32_t count, const uint8_t **next);
const uint8_t *iotpy_invoke_twin(value *regs, const uint8_t *pc, uint32_t delivery, uint32_t builtin, const value *arguments, uint32_t count);

const uint8_t *operate_truth(value *regs, const uint8_t *pc, uint32_t delivery, value v);             // deliver.c: the truth of v

// ---- operate.c: operators and comparisons, on instances by their methods
slow_operation operate, operate_negative, operate_positive, operate_inverse;
const uint8_t *operate_extend(value *regs, const uint8_t *pc, value item);
const uint8_t *operate_with_right(value *regs, const uint8_t *operands, value right);             // the operator again, on another right operand
const uint8_t *operate_result(value *regs, const uint8_t *pc, uint32_t stage, value v);             // of a method called by one of them

// ---- slow.c: instructions that go on when a method or twin has returned
const uint8_t *slow_listed(value *regs, const uint8_t *pc, uint32_t operand_bytes, value list);
const uint8_t *slow_callee(value *regs, const uint8_t *pc, uint32_t operand_bytes, value callee);
const uint8_t *slow_formatted(value *regs, const uint8_t *pc, value text);
const uint8_t *slow_raise_value(value *regs, const uint8_t *pc, uint32_t operand_bytes, value exception);

// ---- attribute.c, class.c
// Where `name` is found on a type or class and its bases: the raw value, or VALUE_UNBOUND. Does not allocate.
value class_lookup(value type, value name);
bool is_instance(value v);                                 // of a class of Python code (exceptions of such classes too)
bool has_fields(value v);                                  // an instance other than an exception
value instance_class(value v);                             // its class
// Index of the field in the instances of the class, or -1.
int32_t class_field(value class_, value name);
value instance_field(value instance, uint32_t index);                      // VALUE_UNBOUND when not set
value class_create_container(value class_, const value *items, uint32_t count);  // of a class derived from one: empty, or the tuple of the items [gc]
value class_field_name(value class_, uint32_t index);       // of the field at that place in its instances; unbound behind the last
value class_of_metaclass(root class_, value meta);          // the class as an instance of `meta`, a new object [gc]
value class_create_instance(value class_);                 // O_INSTANCE, all fields unbound [gc]
uint32_t class_inherits_from_builtin(value class_);                        // the built-in type id at the end of its bases: T_object, an exception
value class_create(value name, const value *bases, uint32_t count, value fields);             // bases on the stack [gc]
bool class_set_attribute(root class_, root name, root item);               // [gc]
value *class_attribute(value class_, value name);                          // of the class itself, or NULL
bool instance_set_field(root instance, root name, root item);              // [gc]

// The raw value of an attribute, or VALUE_UNBOUND; *binds: it is a function that takes the object as its first argument. Does not allocate.
value attribute_find(value object, value name, bool *binds);
value attribute_bind(root object, value function);                         // an O_METHOD [gc]
value attribute_error(value object, value name);                           // AttributeError [gc]
bool attribute_set(root object, value name, root item);                    // item unbound: delete [gc]
bool attribute_takes_self(uint32_t builtin);                               // is it a method, and not a static one?
bool attribute_fits(uint32_t method, value self);                          // may self be its object?
value attribute_super(value class_, value object, value name);             // as attribute_find, behind class_ in the order of object's class
value attribute_name(value object, value string);                          // the string as names are compared: constants where the text is one
#define NO_FIELD 0xffffffffu                               // an entry's `where` when the name is no field of instances
static inline uint32_t attribute_slot(value type, value name) { return ((type >> 4) + (name >> 5)) % IOTPY_ATTRIBUTE_CACHE; }
void attribute_flush(void);                                // empties the cache

// ---- exception.c
value iotpy_format_message(const char *format, ...);                      // the str that iotpy_raise would raise with [gc]
value iotpy_raise_exception_of(enum builtin_type type);                    // without arguments [gc]
value exception_create(value type, root arguments);                        // arguments: a tuple [gc]
bool exception_matches(value exception, value types, bool *ok);  // types: class or tuple of them; *ok false: TypeError pending
value exception_text(root exception);                                      // str(e), whatever __str__ its class defines [gc]
value exception_type(value exception);

// ---- generator.c
value generator_create(value *regs);                       // from the frame that has just been pushed, which it replaces [gc]
const uint8_t *generator_resume(value *regs, const uint8_t *pc, uint32_t delivery, value generator);
const uint8_t *generator_close(value *regs, const uint8_t *pc, uint32_t delivery, value generator);
slow_operation generator_yield;
void generator_finish(value *regs);                        // of the running frame: marks it ended
enum { GENERATOR_FUNCTION, GENERATOR_STATE, GENERATOR_REGISTERS, GENERATOR_FINISHED = -1, GENERATOR_RUNNING = -2 };

// Fields of objects that the interpreter knows.
enum { CLASS_NAME, CLASS_ORDER, CLASS_ATTRIBUTES, CLASS_ATTRIBUTES_USED, CLASS_FIELDS, CLASS_FIELDS_USED, CLASS_INLINE, CLASS_WORDS };
enum { INSTANCE_CLASS, INSTANCE_OVERFLOW, INSTANCE_FIELDS };
enum { FUNCTION_INDEX, FUNCTION_DEFAULTS, FUNCTION_KEYWORD_DEFAULTS, FUNCTION_CELLS, FUNCTION_WORDS };
enum { METHOD_SELF, METHOD_FUNCTION, METHOD_WORDS };
enum { EXCEPTION_TYPE, EXCEPTION_ARGS, EXCEPTION_CAUSE, EXCEPTION_TRACEBACK, EXCEPTION_FIELDS, EXCEPTION_WORDS };

// ---- tables from builtins.h
struct builtin_shape { uint16_t name; uint8_t owner_kind, owner, least, most; uint16_t first_keyword; uint8_t keywords; };
extern const struct builtin_shape iotpy_builtin_shapes[];  // by built-in id; native_call.c
struct builtin_type_shape { uint16_t name; uint8_t base; uint16_t construct; };
extern const struct builtin_type_shape iotpy_builtin_types[];  // by type id; class.c

// ---- arena.c
value iotpy_try_new(enum object_type type, uint32_t flags, uint32_t words);             // 0 without an exception [gc]
#ifdef IOTPY_FAIL
extern uint32_t iotpy_allocations, iotpy_failing_allocation;   // counted from 1; the one that fails, 0 for none: device/fuzz/stream.c
#endif
#define RESERVE_BYTES (4 * IOTPY_ROOT_RESERVE_WORDS)
