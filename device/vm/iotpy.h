// IoTPy's public face: what a port, a link or a test may call.
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct iotpy_vm;

enum iotpy_state {
  IOTPY_DONE,       // the call has finished: its result is ready
  IOTPY_FUEL,       // stopped at a safe point with no fuel left: run again to go on
  IOTPY_WAIT,       // stopped in a host call: answer it, then run again
  IOTPY_RAISED,     // ended by an exception that nothing caught
  IOTPY_BROKEN,     // the image or the arena was refused
};

// ---- images
// The number of the rule that the image breaks (compiler/spec/verifier.md) and where, or 0.
uint32_t iotpy_verify(const uint8_t *image, uint32_t bytes, uint32_t *at);

// ---- instances. `arena` is 8-byte aligned; all state of the instance is in it.
// Lays out an empty arena for a verified image and queues the run of its top level. false: the arena is too small.
bool iotpy_start(struct iotpy_vm *vm, void *arena, uint32_t arena_bytes, const uint8_t *image, void *host);
// Takes up an arena laid out earlier, here or on another port, for the same image.
bool iotpy_attach(struct iotpy_vm *vm, void *arena, uint32_t arena_bytes, const uint8_t *image, void *host);
// Queues handler(event, context); both are JSON or CBOR. The top level must have run. false: the event does not fit or is malformed (see iotpy_error).
enum iotpy_encoding { IOTPY_JSON, IOTPY_CBOR };
bool iotpy_call(struct iotpy_vm *vm, enum iotpy_encoding encoding, const uint8_t *event, uint32_t event_bytes, const uint8_t *context, uint32_t context_bytes);
// Runs until the call is done, fuel is used up, a host call waits or an exception ends it.
enum iotpy_state iotpy_run(struct iotpy_vm *vm, uint32_t fuel);
// Ends the running iotpy_run at the next safe point, as if its fuel were used up; for a port's functions that are called within it.
void iotpy_pause(struct iotpy_vm *vm);
uint32_t iotpy_fuel_used(const struct iotpy_vm *vm);   // since iotpy_start or iotpy_call

// ---- results. Writes through iotpy_port_emit in pieces. false: the result has no such form (the exception then is the result: IOTPY_RAISED).
bool iotpy_emit_result(struct iotpy_vm *vm, enum iotpy_encoding encoding);
// The uncaught exception as JSON or CBOR: {"errorType", "errorMessage", "frames": [[function, pc], ...]}, innermost frame last; one raised
// `from` another has that one under "cause".
void iotpy_emit_error(struct iotpy_vm *vm, enum iotpy_encoding encoding);
uint32_t iotpy_memory_used(const struct iotpy_vm *vm);
uint32_t iotpy_memory_peak(const struct iotpy_vm *vm); // most bytes in use so far, after collection where one ran

// ---- host calls. While the state is IOTPY_WAIT:
uint32_t iotpy_host_operation(const struct iotpy_vm *vm);                  // built-in id
void iotpy_emit_host_arguments(struct iotpy_vm *vm, enum iotpy_encoding encoding);   // as an array
bool iotpy_host_return(struct iotpy_vm *vm, enum iotpy_encoding encoding, const uint8_t *data, uint32_t bytes);
void iotpy_host_raise(struct iotpy_vm *vm, const char *builtin_type, const char *message);

// ---- what the port provides
void iotpy_port_emit(void *host, const uint8_t *data, uint32_t bytes);             // a piece of what iotpy_emit_* writes
void iotpy_port_print(void *host, const uint8_t *utf8, uint32_t bytes);            // output of print
double iotpy_port_time_ms(void *host, bool monotonic);                            // milliseconds
bool iotpy_port_overdue(void *host);   // Has the call had its time? Asked within built-ins that may run long; TimeoutError then ends them
