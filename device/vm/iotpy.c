// The public face (iotpy.h): laying out an arena, calling, running, and giving results away.
#include "frame.h"

#ifndef IOTPY_VM_REGISTER
struct iotpy_vm *vm;
#endif

// ---- the arena
static void open(void *arena, uint32_t arena_bytes, const uint8_t *image, void *host) {
  *vm = (struct iotpy_vm){.arena = arena, .image = image, .roots = arena, .host = host};
  image_open();
  vm->modules = (value *)(void *)(vm->arena + sizeof(struct iotpy_roots));
  vm->globals = vm->modules + image_u16(IMAGE_MODULES);
  vm->heap_base = (uint8_t *)(vm->globals + image_u16(IMAGE_GLOBALS));
  vm->arena_end = vm->arena + arena_bytes / 4 * 4;
}

static value magic_of(const uint8_t *image) { return from_int((int32_t)(read_u32(image + IMAGE_CRC) & IOTPY_INT_MAX)); }

// Writes what the interpreter holds outside the arena back to the roots.
void iotpy_save(uint32_t fuel_used) {
  struct iotpy_roots *roots = vm->roots;
  roots->heap_end = from_int((int32_t)(vm->heap_end - vm->arena));
  roots->stack_low = from_int((int32_t)(vm->stack_low - vm->arena));
  roots->fuel_used = from_int((int32_t)((iotpy_fuel_used(vm) + fuel_used) & IOTPY_INT_MAX));
}

// The base frame: three registers for a callee and two arguments, and a link that belongs to no function.
static value *push_base(void) {
  value *regs = (value *)(void *)vm->arena_end - 3;
  for (int32_t i = -LINK_WORDS; i < 3; i++) regs[i] = VALUE_NONE;
  regs[LINK_PC] = regs[LINK_CALLER] = regs[LINK_DELIVERY] = from_int(0);
  leave_frame(regs);
  return regs;
}

static void begin_call(value *regs, value callee, uint32_t count) {
  vm->roots->fuel_used = from_int(0);
  vm->roots->state = from_int(IOTPY_FUEL);
  vm->fuel = IOTPY_INT_MAX;
  vm->steps = vm->nesting = 0;
  regs[0] = callee;
  const uint8_t *pc = iotpy_invoke(regs, vm->image, delivery_of(DELIVER_RESULT, 0), callee, regs + 1, count, 0);
  if (pc) vm->roots->pc = from_pc(pc);
  iotpy_save((uint32_t)(IOTPY_INT_MAX - vm->fuel));
}

static bool make_memory_error(void) {
  root arguments = iotpy_push(VALUE_NONE);
  value tuple = iotpy_try_new(O_TUPLE, 0, 1);
  if (!tuple) return false;
  *arguments = tuple;
  value e = iotpy_try_new(O_EXCEPTION, 0, 1 + EXCEPTION_WORDS);
  if (!e) return false;
  iotpy_fields(e)[EXCEPTION_TYPE] = TYPE(T_MemoryError);
  iotpy_fields(e)[EXCEPTION_ARGS] = *arguments;
  vm->roots->memory_error = e;
  iotpy_pop(arguments);
  return true;
}

bool iotpy_start(struct iotpy_vm *machine, void *arena, uint32_t arena_bytes, const uint8_t *image, void *host) {
  iotpy_use(machine);
  if (arena_bytes < IOTPY_ARENA_BYTES_MIN || arena_bytes > IOTPY_ARENA_BYTES_MAX) return false;
  open(arena, arena_bytes, image, host);
  if (vm->arena_end - vm->heap_base < IOTPY_ARENA_BYTES_MIN / 2) return false;
  for (value *word = (value *)arena; word < vm->modules; word++) *word = VALUE_NONE;
  for (value *word = vm->modules; word < vm->globals; word++) *word = VALUE_FALSE;
  for (value *word = vm->globals; (uint8_t *)word < vm->heap_base; word++) *word = VALUE_UNBOUND;
  struct iotpy_roots *roots = vm->roots;
  roots->magic = magic_of(image);
  roots->arena_bytes = from_int((int32_t)arena_bytes);
  roots->pc = roots->fuel_used = roots->host_operation = roots->host_delivery = roots->memory_peak = roots->collections = from_int(0);
  vm->heap_end = vm->heap_base;
  value *regs = push_base();
  if (!make_memory_error()) return false;
  if (image_u16(IMAGE_MODULES) == 0) {
    leave_frame(regs);
    roots->state = from_int(IOTPY_DONE);
    iotpy_save(0);
    return true;
  }
  vm->modules[0] = VALUE_TRUE;
  begin_call(regs, IOTPY_CONSTANT(KIND_FUNCTION, image_module_function(0)), 0);
  return true;
}

bool iotpy_attach(struct iotpy_vm *machine, void *arena, uint32_t arena_bytes, const uint8_t *image, void *host) {
  iotpy_use(machine);
  if (arena_bytes < IOTPY_ARENA_BYTES_MIN) return false;
  open(arena, arena_bytes, image, host);
  if (vm->roots->magic != magic_of(image) || vm->roots->arena_bytes != from_int((int32_t)arena_bytes)) return false;
  vm->heap_end = vm->arena + int_of(vm->roots->heap_end);
  vm->stack_low = vm->arena + int_of(vm->roots->stack_low);
  return vm->heap_end >= vm->heap_base && vm->heap_end <= vm->stack_low && vm->stack_low <= vm->arena_end;
}

// ---- calling and running
// Gives the argument at the register the decoded value; none of no bytes.
static bool decode_argument(value *to, enum iotpy_encoding encoding, const uint8_t *data, uint32_t bytes) {
  value v = bytes == 0 ? VALUE_NONE : iotpy_decode(encoding, data, bytes);
  if (v) *to = v;
  return v;
}

bool iotpy_call(struct iotpy_vm *machine, enum iotpy_encoding encoding, const uint8_t *event, uint32_t event_bytes, const uint8_t *context, uint32_t context_bytes) {
  iotpy_use(machine);
  uint32_t entry = image_u16(IMAGE_ENTRY);
  value *regs = push_base();
  iotpy_clear();
  vm->roots->result = VALUE_NONE;
  bool ok = decode_argument(regs + 1, encoding, event, event_bytes) && decode_argument(regs + 2, encoding, context, context_bytes);
  value handler = entry == ENTRY_NONE ? VALUE_UNBOUND : entry & ENTRY_FUNCTION ? IOTPY_CONSTANT(KIND_FUNCTION, entry & ~(uint32_t)ENTRY_FUNCTION) : vm->globals[entry];
  if (ok && handler == VALUE_UNBOUND) {
    iotpy_raise(T_NameError, "the handler is not defined");
    ok = false;
  }
  leave_frame(regs);
  if (ok) begin_call(regs, handler, 2);
  else vm->roots->state = from_int(IOTPY_RAISED);
  iotpy_save(0);
  return ok;
}

enum iotpy_state iotpy_run(struct iotpy_vm *machine, uint32_t fuel) {
  iotpy_use(machine);
  if (int_of(vm->roots->state) != IOTPY_FUEL) return (enum iotpy_state)int_of(vm->roots->state);
  int32_t given = fuel > IOTPY_INT_MAX ? IOTPY_INT_MAX : (int32_t)fuel;
  vm->fuel = given;
  iotpy_interpret();
  iotpy_save((uint32_t)(given - vm->fuel));
  return (enum iotpy_state)int_of(vm->roots->state);
}

// The fuel that is taken away is not used: iotpy_run will count it.
void iotpy_pause(struct iotpy_vm *machine) {
  iotpy_use(machine);
  if (vm->fuel <= 0) return;
  vm->roots->fuel_used = from_int((int32_t)((iotpy_fuel_used(vm) - (uint32_t)vm->fuel) & IOTPY_INT_MAX));
  vm->fuel = 0;
}

uint32_t iotpy_fuel_used(const struct iotpy_vm *machine) { return (uint32_t)int_of(machine->roots->fuel_used); }

// ---- results
bool iotpy_emit_result(struct iotpy_vm *machine, enum iotpy_encoding encoding) {
  iotpy_use(machine);
  if (int_of(vm->roots->state) != IOTPY_DONE) return false;
  push_base();
  bool ok = iotpy_encode(encoding, &vm->roots->result);
  if (!ok) vm->roots->state = from_int(IOTPY_RAISED);
  push_base();
  iotpy_save(0);
  return ok;
}

uint32_t iotpy_memory_used(const struct iotpy_vm *machine) { return (uint32_t)((machine->heap_end - machine->arena) + (machine->arena_end - machine->stack_low)); }

uint32_t iotpy_memory_peak(const struct iotpy_vm *machine) {
  uint32_t peak = 4 * (uint32_t)int_of(machine->roots->memory_peak);
  return int_of(machine->roots->collections) == 0 ? iotpy_memory_used(machine) : peak;
}
