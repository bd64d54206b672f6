// Time and the functions of `device`. What only the host can answer stops the run: the operation and its arguments stand in the roots
// until iotpy_host_return or iotpy_host_raise delivers the answer.
#include "frame.h"

// ---- time
value native_time_dot_time(root arguments, uint32_t count) {
  (void)arguments; (void)count;
  return iotpy_float(iotpy_port_time_ms(vm->host, false) / 1000.0);
}

value native_time_dot_monotonic(root arguments, uint32_t count) {
  (void)arguments; (void)count;
  return iotpy_float(iotpy_port_time_ms(vm->host, true) / 1000.0);
}

value native_time_dot_ticks_ms(root arguments, uint32_t count) {
  (void)arguments; (void)count;
  return iotpy_integer((int64_t)iotpy_port_time_ms(vm->host, true));
}

// ---- host calls
static value wait(uint32_t operation, root arguments, uint32_t count) {
  while (count > 0 && arguments[count - 1] == VALUE_UNBOUND) count--;
  value tuple = iotpy_tuple(count ? arguments : 0, count);
  if (!tuple) return VALUE_ERROR;
  vm->roots->host_operation = from_int((int32_t)operation);
  vm->roots->host_arguments = tuple;
  return VALUE_WAIT;
}

value native_time_dot_sleep(root arguments, uint32_t count) {
  double seconds;
  value v = arguments[0];
  if (!iotpy_to_double(v, &seconds)) return vm->roots->exception != VALUE_NONE ? VALUE_ERROR : iotpy_raise(T_TypeError, "'%t' object cannot be interpreted as an integer", v);
  if (!(seconds >= 0)) return iotpy_raise(T_ValueError, "sleep length must be non-negative");
  return wait(B_time_dot_sleep, arguments, count);
}

value native_device_dot_append(root arguments, uint32_t count) { return wait(B_device_dot_append, arguments, count); }
value native_device_dot_board(root arguments, uint32_t count) { return wait(B_device_dot_board, arguments, count); }
value native_device_dot_read(root arguments, uint32_t count) { return wait(B_device_dot_read, arguments, count); }
value native_device_dot_records(root arguments, uint32_t count) { return wait(B_device_dot_records, arguments, count); }

uint32_t iotpy_host_operation(const struct iotpy_vm *machine) { return (uint32_t)int_of(machine->roots->host_operation); }

void iotpy_emit_host_arguments(struct iotpy_vm *machine, enum iotpy_encoding encoding) {
  iotpy_use(machine);
  if (int_of(vm->roots->state) != IOTPY_WAIT) return;
  root arguments = &vm->roots->host_arguments;
  if (!iotpy_encode(encoding, arguments)) iotpy_clear();
}

// Goes on behind the host call: with the value, or with the pending exception when v is 0.
static void answer(value v) {
  value *regs = running_registers();
  const uint8_t *pc = pc_of(vm->roots->pc);
  vm->roots->host_arguments = VALUE_NONE;
  vm->roots->state = from_int(IOTPY_FUEL);
  vm->fuel = IOTPY_INT_MAX;
  pc = v ? iotpy_deliver(pc, vm->roots->host_delivery, v) : iotpy_throw(regs, pc);
  if (pc) vm->roots->pc = from_pc(pc);
  iotpy_save((uint32_t)(IOTPY_INT_MAX - vm->fuel));
}

bool iotpy_host_return(struct iotpy_vm *machine, enum iotpy_encoding encoding, const uint8_t *data, uint32_t bytes) {
  iotpy_use(machine);
  if (int_of(vm->roots->state) != IOTPY_WAIT) return false;
  value v = iotpy_decode(encoding, data, bytes);
  answer(v);
  return v;
}

static enum builtin_type type_named(const char *name) {
  uint32_t length = 0;
  while (name[length]) length++;
  for (uint32_t type = T_BaseException; type < BUILTIN_TYPES; type++) {
    text t = iotpy_constant_text(iotpy_builtin_types[type].name);
    if (t.bytes == length && __builtin_memcmp(t.data, name, length) == 0) return (enum builtin_type)type;
  }
  return T_RuntimeError;
}

void iotpy_host_raise(struct iotpy_vm *machine, const char *builtin_type, const char *message) {
  iotpy_use(machine);
  if (int_of(vm->roots->state) != IOTPY_WAIT) return;
  iotpy_raise(type_named(builtin_type), "%s", message);
  answer(VALUE_ERROR);
}
