// Generators: a suspended frame is an object that holds the function, where to go on, and the registers. While it runs it is an
// ordinary frame whose link names the generator in place of the function.
#include "frame.h"

value generator_create(value *regs) {
  const uint8_t *record = record_at(vm->image, function_index(regs[LINK_FUNCTION]));
  uint32_t registers = record[RECORD_REGISTERS];
  value generator = iotpy_new(O_GENERATOR, 0, 1 + GENERATOR_REGISTERS + registers);
  if (!generator) return VALUE_ERROR;
  value *fields = iotpy_fields(generator);
  fields[GENERATOR_FUNCTION] = regs[LINK_FUNCTION];
  fields[GENERATOR_STATE] = from_pc(record + RECORD_CODE);
  for (uint32_t i = 0; i < registers; i++) fields[GENERATOR_REGISTERS + i] = regs[i];
  return generator;
}

static int32_t state_of(value generator) { return int_of(iotpy_fields(generator)[GENERATOR_STATE]); }

// A frame with the generator's registers; where it goes on, or NULL with an exception.
static const uint8_t *enter(value *regs, const uint8_t *pc, uint32_t delivery, value generator) {
  vm->roots->callee = generator;
  const uint8_t *record = record_at(vm->image, function_index(generator));
  value *frame = iotpy_push_frame(regs, pc, delivery | DELIVERY_GENERATOR, record);
  if (!frame) return NULL;
  value *fields = iotpy_fields(frame[LINK_FUNCTION]);
  for (uint32_t i = 0; i < record[RECORD_REGISTERS]; i++) frame[i] = fields[GENERATOR_REGISTERS + i];
  const uint8_t *resume = pc_of(fields[GENERATOR_STATE]);
  fields[GENERATOR_STATE] = from_int(GENERATOR_RUNNING);
  return resume;
}

const uint8_t *generator_resume(value *regs, const uint8_t *pc, uint32_t delivery, value generator) {
  int32_t state = state_of(generator);
  leave_frame(regs);  // arguments of the call may lie below it
  if (state == GENERATOR_FINISHED) return iotpy_deliver_end(pc, delivery, VALUE_NONE);
  if (state == GENERATOR_RUNNING) {
    iotpy_raise(T_ValueError, "generator already executing");
    return iotpy_throw(regs, pc);
  }
  const uint8_t *resume = enter(regs, pc, delivery, generator);
  if (!resume) return iotpy_throw(regs, pc);
  return --vm->fuel < 0 ? iotpy_stop(resume, IOTPY_FUEL) : resume;
}

const uint8_t *generator_close(value *regs, const uint8_t *pc, uint32_t delivery, value generator) {
  delivery = delivery_of(DELIVER_CLOSE, delivery_register(delivery));
  int32_t state = state_of(generator);
  leave_frame(regs);  // arguments of the call may lie below it
  if (state == GENERATOR_FINISHED) return iotpy_deliver_end(pc, delivery, VALUE_NONE);
  if (state == GENERATOR_RUNNING) {
    iotpy_raise(T_ValueError, "generator already executing");
    return iotpy_throw(regs, pc);
  }
  const uint8_t *record = record_at(vm->image, function_index(generator));
  bool begun = pc_of(from_int(state)) != record + RECORD_CODE;
  const uint8_t *resume = enter(regs, pc, delivery, generator);
  if (!resume) return iotpy_throw(regs, pc);
  value *frame = running_registers();
  if (!begun) return iotpy_return(frame, VALUE_NONE);
  iotpy_raise_exception_of(T_GeneratorExit);
  return iotpy_throw(frame, resume);
}

void generator_finish(value *regs) {
  value *fields = iotpy_fields(regs[LINK_FUNCTION]);
  const uint8_t *record = record_at(vm->image, function_index(regs[LINK_FUNCTION]));
  fields[GENERATOR_STATE] = from_int(GENERATOR_FINISHED);
  for (uint32_t i = 0; i < record[RECORD_REGISTERS]; i++) fields[GENERATOR_REGISTERS + i] = VALUE_NONE;
}

const uint8_t *generator_yield(value *regs, const uint8_t *operands) {
  value given = regs[operands[1]];
  regs[operands[0]] = VALUE_NONE;
  const uint8_t *record = record_at(vm->image, function_index(regs[LINK_FUNCTION]));
  value *fields = iotpy_fields(regs[LINK_FUNCTION]);
  fields[GENERATOR_STATE] = from_pc(operands + 2);
  for (uint32_t i = 0; i < record[RECORD_REGISTERS]; i++) fields[GENERATOR_REGISTERS + i] = regs[i];
  uint32_t delivery = regs[LINK_DELIVERY];
  const uint8_t *pc = pc_of(regs[LINK_PC]);
  leave_frame(caller_of(regs));
  return iotpy_deliver(pc, delivery, given);
}
