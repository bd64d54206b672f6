// Operators and comparisons. Built-in operands go to the types (vm.h); on instances the methods of their classes are called, one after
// another as long as they answer NotImplemented:
//
//   stage 0  __iadd__ of the left operand, when the instruction is an augmented assignment
//   stage 1  __add__ of the left; or first __radd__ of the right, when its class is derived from the left's
//   stage 2  the other of the two
//   stage 3  TypeError; == and != compare by identity
//
// While a method runs, the delivery's register field holds the stage (bits 0..1), whether the answer is to be negated (bit 2: != by
// way of __eq__), and how many operand bytes the instruction has (from bit 3), which ends at the return pc.
#include "frame.h"

enum { STAGE_IN_PLACE, STAGE_FIRST, STAGE_SECOND, STAGE_NONE, STAGE_MASK = 3, STAGE_NEGATED = 4, STAGE_BYTES_BIT = 3 };

static const uint16_t method_names[] = {STR___add__, STR___sub__, STR___mul__, STR___truediv__, STR___floordiv__, STR___mod__, STR___pow__,
                                        STR___lshift__, STR___rshift__, STR___and__, STR___or__, STR___xor__};
static const uint16_t reflected_names[] = {STR___radd__, STR___rsub__, STR___rmul__, STR___rtruediv__, STR___rfloordiv__, STR___rmod__, STR___rpow__,
                                           STR___rlshift__, STR___rrshift__, STR___rand__, STR___ror__, STR___rxor__};
static const uint16_t in_place_names[] = {STR___iadd__, STR___isub__, STR___imul__, STR___itruediv__, STR___ifloordiv__, STR___imod__, STR___ipow__,
                                          STR___ilshift__, STR___irshift__, STR___iand__, STR___ior__, STR___ixor__};
static const uint16_t comparison_names[] = {STR___lt__, STR___le__, STR___gt__, STR___ge__, STR___eq__, STR___ne__};
static const uint8_t swapped[] = {COMPARE_GT, COMPARE_GE, COMPARE_LT, COMPARE_LE, COMPARE_EQ, COMPARE_NE};
static const char *const operator_signs[] = {"+", "-", "*", "/", "//", "%", "** or pow()", "<<", ">>", "&", "|", "^"};
static const char *const in_place_signs[] = {"+=", "-=", "*=", "/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "|=", "^="};
static const char *const comparison_signs[] = {"<", "<=", ">", ">=", "==", "!="};

// What an operator's instruction says, decoded from its opcode and operands.
struct operation {
  bool comparison, jump, jump_when, augmented;
  uint32_t operator;         // enum binary_operator or comparison
  value left, right;
  uint32_t destination;      // when it does not jump
  uint32_t operand_bytes;
};

static const uint8_t immediate_operators[] = {OP_ADD_, OP_SUB_, OP_MUL_, OP_FLOORDIV_, OP_MOD_, OP_LSHIFT_, OP_RSHIFT_, OP_AND_};

static struct operation decode(const value *regs, const uint8_t *operands) {
  uint32_t opcode = operands[-1];
  struct operation o = {.operand_bytes = 3, .destination = operands[0]};
  if (opcode >= OP_jlt) {
    bool immediate = opcode >= OP_jlti;
    uint32_t nth = opcode - (immediate ? OP_jlti : OP_jlt);
    o = (struct operation){.comparison = true, .jump = true, .jump_when = nth < 6, .operator = nth % 6, .operand_bytes = 4, .left = regs[operands[0]],
                           .right = immediate ? from_int((int8_t)operands[1]) : regs[operands[1]]};
    return o;
  }
  o.left = regs[operands[1]];
  bool immediate = opcode >= OP_addi && opcode < OP_neg;
  o.right = immediate ? from_int((int8_t)operands[2]) : regs[operands[2]];
  if (opcode >= OP_lt) {
    o.comparison = true;
    o.operator = opcode - OP_lt;
    return o;
  }
  o.augmented = operands[0] == operands[1];
  if (opcode < OP_addi) {
    o.operator = opcode - OP_add;
    return o;
  }
  o.operator = immediate_operators[opcode - OP_addi];
  return o;
}

// ---- results
static uint32_t delivery_for(const struct operation *o, bool negated) {
  enum delivery_mode mode = negated ? DELIVER_NOT : DELIVER_STORE;
  if (o->jump) mode = o->jump_when != negated ? DELIVER_JUMP_TRUE : DELIVER_JUMP_FALSE;
  return delivery_of(mode, o->destination);
}

static const uint8_t *deliver_result(value *regs, const uint8_t *pc, const struct operation *o, bool negated, value v) {
  leave_frame(regs);
  return iotpy_deliver(pc, delivery_for(o, negated), v);
}

static const uint8_t *unsupported(value *regs, const uint8_t *pc, const struct operation *o) {
  if (o->comparison && o->operator >= COMPARE_EQ) {
    return deliver_result(regs, pc, o, o->operator == COMPARE_NE, from_bool(o->left == o->right));
  }
  if (o->comparison) {
    iotpy_raise(T_TypeError, "'%s' not supported between instances of '%t' and '%t'", comparison_signs[o->operator], o->left, o->right);
  } else {
    const char *sign = (o->augmented ? in_place_signs : operator_signs)[o->operator];
    iotpy_raise(T_TypeError, "unsupported operand type(s) for %s: '%t' and '%t'", sign, o->left, o->right);
  }
  return iotpy_throw(regs, pc);
}

// ---- methods
static bool has_method(value v, uint32_t name) {
  return is_instance(v) && class_lookup(instance_class(v), STRING(name)) != VALUE_UNBOUND;
}

static bool right_goes_first(const struct operation *o) {
  if (!is_instance(o->right)) return false;
  value left_type = iotpy_type_of(o->left), right_type = iotpy_type_of(o->right);
  return left_type != right_type && iotpy_is_subtype(right_type, left_type);
}

static uint32_t name_of(const struct operation *o, uint32_t stage, bool reflected) {
  if (o->comparison) return comparison_names[reflected ? swapped[o->operator] : o->operator];
  if (stage == STAGE_IN_PLACE) return in_place_names[o->operator];
  return (reflected ? reflected_names : method_names)[o->operator];
}

static bool try_stage(value *regs, const uint8_t *pc, const struct operation *o, uint32_t stage, const uint8_t **next) {
  if (stage == STAGE_IN_PLACE && !o->augmented) return false;
  bool reflected = stage != STAGE_IN_PLACE && (stage == STAGE_SECOND) != right_goes_first(o);
  value self = reflected ? o->right : o->left, other = reflected ? o->left : o->right;
  if (reflected && !o->comparison && iotpy_type_of(self) == iotpy_type_of(other)) return false;
  uint32_t name = name_of(o, stage, reflected), packed = stage | o->operand_bytes << STAGE_BYTES_BIT;
  if (o->comparison && o->operator == COMPARE_NE && !has_method(self, STR___ne__)) {
    name = STR___eq__;
    packed |= STAGE_NEGATED;
  }
  return iotpy_invoke_method(regs, pc, delivery_of(DELIVER_OPERATOR, packed), (enum rom_string)name, self, &other, 1, next);
}

static const uint8_t *operate_on_builtins(value *regs, const uint8_t *pc, const struct operation *o);

// Of a built-in type, or of a class derived from a container.
static bool is_builtin(value v) { return !is_object(v, O_INSTANCE) && !is_object(v, O_EXCEPTION); }

static const uint8_t *from_stage(value *regs, const uint8_t *operands, uint32_t stage) {
  struct operation o = decode(regs, operands);
  const uint8_t *pc = operands + o.operand_bytes, *next;
  for (; stage < STAGE_NONE; stage++) if (try_stage(regs, pc, &o, stage, &next)) return next;
  bool container = is_builtin(o.left) && is_builtin(o.right);
  if (container || (o.augmented && o.operator == OP_ADD_ && is_object(o.left, O_LIST))) return operate_on_builtins(regs, pc, &o);
  return unsupported(regs, pc, &o);
}

const uint8_t *operate_result(value *regs, const uint8_t *pc, uint32_t packed, value v) {
  const uint8_t *operands = pc - (packed >> STAGE_BYTES_BIT);
  if (v == VALUE_NOT_IMPLEMENTED) return from_stage(regs, operands, (packed & STAGE_MASK) + 1);
  struct operation o = decode(regs, operands);
  return deliver_result(regs, pc, &o, packed & STAGE_NEGATED, v);
}

// ---- built-in operands
// list += generator: each item that comes is appended, and the generator goes on.
static const uint8_t *extend_from(value *regs, const uint8_t *pc, value generator) {
  leave_frame(regs);
  return generator_resume(regs, pc, delivery_of(DELIVER_EXTEND, 0), generator);
}

const uint8_t *operate_extend(value *regs, const uint8_t *pc, value item) {
  root kept = iotpy_push(item);
  value *list = regs + pc[-3], *generator = regs + pc[-1];
  if (!is_object(*list, O_LIST) || !is_object(*generator, O_GENERATOR)) return pc;
  if (!iotpy_list_append(list, kept)) return iotpy_throw(regs, pc);
  return extend_from(regs, pc, *generator);
}

// Containers whose items compare by methods, `text % values` with an instance among them, `list += iterable`.
static const uint8_t *by_twin(value *regs, const uint8_t *pc, const struct operation *o, root left, root right) {
  value *words = iotpy_push_words(3);
  words[0] = *left;
  words[1] = *right;
  words[2] = from_int((int32_t)o->operator);
  if (o->comparison) return iotpy_invoke_twin(regs, pc, delivery_for(o, false), B__compare, words, 3);
  if (is_string(words[0])) return iotpy_invoke_twin(regs, pc, delivery_for(o, false), B__percent, words, 2);
  if (is_object(words[1], O_GENERATOR)) return extend_from(regs, pc, words[1]);
  return iotpy_invoke_twin(regs, pc, delivery_of(DELIVER_LISTED, o->operand_bytes), B_list, words + 1, 1);
}

static const uint8_t *operate_on_builtins(value *regs, const uint8_t *pc, const struct operation *o) {
  root right = iotpy_push(o->right);
  root left = iotpy_push(o->left);
  bool view = is_object(o->left, O_VIEW) || is_object(o->right, O_VIEW);
  value v = o->comparison ? (view ? iotpy_view_compare : iotpy_compare)((enum comparison)o->operator, left, right)
                          : iotpy_binary((enum binary_operator)o->operator, left, right, o->augmented);
  if (v == VALUE_ERROR) return iotpy_throw(regs, pc);
  if (v == VALUE_TWIN) return by_twin(regs, pc, o, left, right);
  return deliver_result(regs, pc, o, false, v);
}

const uint8_t *operate(value *regs, const uint8_t *operands) {
  struct operation o = decode(regs, operands);
  bool formats = !o.comparison && o.operator == OP_MOD_ && is_string(o.left);
  if ((is_instance(o.left) || is_instance(o.right)) && !formats) return from_stage(regs, operands, STAGE_IN_PLACE);
  return operate_on_builtins(regs, operands + o.operand_bytes, &o);
}

const uint8_t *operate_with_right(value *regs, const uint8_t *operands, value right) {
  struct operation o = decode(regs, operands);
  o.right = right;
  return operate_on_builtins(regs, operands + o.operand_bytes, &o);
}

// ---- unary
static const uint8_t *unary(value *regs, const uint8_t *operands, char sign, enum rom_string name) {
  const uint8_t *pc = operands + 2, *next;
  value operand = regs[operands[1]];
  if (iotpy_invoke_method(regs, pc, delivery_of(DELIVER_STORE, operands[0]), name, operand, NULL, 0, &next)) return next;
  value v = iotpy_unary(sign, &regs[operands[1]]);
  if (v == VALUE_TWIN) iotpy_raise(T_TypeError, "bad operand type for unary %s: '%t'", sign == '-' ? "-" : sign == '+' ? "+" : "~", operand);
  if (v == VALUE_TWIN || !v) return iotpy_throw(regs, pc);
  regs[operands[0]] = v;
  return pc;
}

const uint8_t *operate_negative(value *regs, const uint8_t *operands) { return unary(regs, operands, '-', STR___neg__); }
const uint8_t *operate_positive(value *regs, const uint8_t *operands) { return unary(regs, operands, '+', STR___pos__); }
const uint8_t *operate_inverse(value *regs, const uint8_t *operands) { return unary(regs, operands, '~', STR___invert__); }
