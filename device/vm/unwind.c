// An exception leaves frames until a handler, or someone who waits for the end of an iterator, takes it; on its way it notes where it
// has been.
#include "frame.h"

static const uint8_t *handler_of(value function, const uint8_t *pc) {
  const uint8_t *record = record_at(vm->image, function_index(function));
  if (record[RECORD_HANDLERS] == 0) return NULL;
  uint32_t at = (uint32_t)(pc - 1 - (record + RECORD_CODE));
  const uint8_t *handler = record_handlers(record);
  for (uint32_t i = 0; i < record[RECORD_HANDLERS]; i++, handler += HANDLER_BYTES) {
    if (at >= read_u16(handler + HANDLER_START) && at < read_u16(handler + HANDLER_END)) return handler;
  }
  return NULL;
}

// ---- the traceback: an O_ARRAY of (function index, offset in its code), innermost first, None where there is room left
static uint32_t entries_of(value traceback) {
  return traceback == VALUE_NONE ? 0 : (header_words(*iotpy_words(traceback)) - 1) / 2;
}

static uint32_t frames_to_leave(const value *regs, const uint8_t *pc) {
  uint32_t count = 0;
  while (regs[LINK_FUNCTION] != VALUE_NONE && count < IOTPY_TRACEBACK_MAX) {
    count++;
    if (handler_of(regs[LINK_FUNCTION], pc)) break;
    pc = pc_of(regs[LINK_PC]);
    regs = caller_of(regs);
  }
  return count;
}

// Makes room for the entries to come. Without memory for it the exception goes on without them.
static void reserve_traceback(const value *regs, const uint8_t *pc) {
  uint32_t had = entries_of(iotpy_fields(vm->roots->exception)[EXCEPTION_TRACEBACK]);
  uint32_t want = had + frames_to_leave(regs, pc);
  if (want > IOTPY_TRACEBACK_MAX) want = IOTPY_TRACEBACK_MAX;
  if (want <= had) return;
  value traceback = iotpy_try_new(O_ARRAY, 0, 1 + 2 * want);
  if (!traceback) return;
  value *field = &iotpy_fields(vm->roots->exception)[EXCEPTION_TRACEBACK];
  for (uint32_t i = 0; i < 2 * had; i++) iotpy_fields(traceback)[i] = iotpy_fields(*field)[i];
  *field = traceback;
}

static void note_frame(value function, const uint8_t *pc) {
  value traceback = iotpy_fields(vm->roots->exception)[EXCEPTION_TRACEBACK];
  for (uint32_t i = 0; i < entries_of(traceback); i++) {
    value *entry = iotpy_fields(traceback) + 2 * i;
    if (entry[0] != VALUE_NONE) continue;
    uint32_t index = function_index(function);
    entry[0] = from_int((int32_t)index);
    entry[1] = from_int((int32_t)(pc - 1 - (record_at(vm->image, index) + RECORD_CODE)));
    return;
  }
}

// ---- leaving a frame by an exception
static void stop_iteration_becomes_runtime_error(void) {
  root cause = iotpy_push(vm->roots->exception);
  iotpy_raise(T_RuntimeError, "generator raised StopIteration");
  value *e = iotpy_fields(vm->roots->exception);
  if (iotpy_raised(T_RuntimeError)) e[EXCEPTION_CAUSE] = *cause;
  iotpy_pop(cause);
}

// The exception is what the caller waits for: the end of an iterator, a missing attribute. NULL when it is not.
static const uint8_t *awaited(const uint8_t *pc, uint32_t delivery) {
  enum delivery_mode mode = delivery_mode(delivery);
  value *to = running_registers() + delivery_register(delivery);
  if ((mode == DELIVER_NEXT || mode == DELIVER_ITEM_OR) && iotpy_raised(T_StopIteration)) {
    iotpy_clear();
    return iotpy_deliver_end(pc, delivery, VALUE_NONE);
  }
  if (mode == DELIVER_CLOSE && (iotpy_raised(T_GeneratorExit) || iotpy_raised(T_StopIteration))) {
    iotpy_clear();
    return iotpy_deliver_end(pc, delivery, VALUE_NONE);
  }
  if ((mode == DELIVER_ATTRIBUTE_OR || mode == DELIVER_HAS) && iotpy_raised(T_AttributeError)) {
    iotpy_clear();
    *to = mode == DELIVER_HAS ? VALUE_FALSE : to[1];
    return pc;
  }
  return NULL;
}

static void leave_generator(value *regs) {
  generator_finish(regs);
  bool closing = delivery_mode(regs[LINK_DELIVERY]) == DELIVER_CLOSE;
  if (!closing && iotpy_raised(T_StopIteration)) stop_iteration_becomes_runtime_error();
}

static const uint8_t *unwind(value *regs, const uint8_t *pc, bool note) {
  leave_frame(regs);
  reserve_traceback(regs, pc);
  for (;; note = true) {
    value function = regs[LINK_FUNCTION];
    if (function == VALUE_NONE) return iotpy_stop(pc, IOTPY_RAISED);  // the base frame
    if (note) note_frame(function, pc);
    const uint8_t *handler = handler_of(function, pc);
    if (handler) {
      regs[handler[HANDLER_REGISTER]] = vm->roots->exception;
      iotpy_clear();
      const uint8_t *target = record_at(vm->image, function_index(function)) + RECORD_CODE + read_u16(handler + HANDLER_TARGET);
      return target < pc && --vm->fuel < 0 ? iotpy_stop(target, IOTPY_FUEL) : target;  // backwards costs fuel, as a jump does
    }
    uint32_t delivery = regs[LINK_DELIVERY];
    if (delivery & DELIVERY_GENERATOR) leave_generator(regs);
    pc = pc_of(regs[LINK_PC]);
    regs = caller_of(regs);
    leave_frame(regs);
    const uint8_t *next = awaited(pc, delivery);
    if (next) return next;
  }
}

const uint8_t *iotpy_throw(value *regs, const uint8_t *pc) { return unwind(regs, pc, true); }
const uint8_t *iotpy_rethrow(value *regs, const uint8_t *pc) { return unwind(regs, pc, false); }
