// IoTPy for the gateway's sandbox, tests and the command line: one function instance in one instance of the module.
//
// memory    [C stack, data] [image] [arena] [buffer]: each begins where the one before ends, 8-byte aligned; memory grows as asked.
//           Addresses are valid until an area before it changes its size.
// exports   image(bytes) -> ptr              room for an image; 0: no memory. Write it there, then:
//           verify() -> rule                 0 or the number of the rule that it breaks; verified_at() -> where
//           start(arenaBytes) -> 1 | 0       lays out an arena and queues the top level; 0: too small
//           attach(arenaBytes) -> 1 | 0      takes up arena bytes that were copied to arena()
//           arena() -> ptr                   of the arena, for snapshots: copy arenaBytes from here while nothing runs
//           buffer(bytes) -> ptr             room for what the next functions take; 0: no memory
//           call(event, context) -> 1 | 0    JSON of that many bytes each, one behind the other in the buffer (0: None)
//           run(fuel) -> state               0 done, 1 fuel, 2 waits for the host, 3 raised, 4 broken (device/vm/iotpy.h)
//           emit_result() -> 1 | 0, emit_error(), emit_host_arguments()   JSON through env.emit
//           host_operation() -> id           of the built-in that waits (compiler/builtins.ts)
//           host_return(bytes) -> 1 | 0      answers it with JSON from the buffer
//           host_raise(typeBytes)            raises there: the buffer holds a built-in type's name and a message, each zero-ended
//           fuel_used(), memory_used(), memory_peak(), collections() -> number
// imports   env.emit(ptr, bytes)             a piece of what emit_* writes
//           env.print(ptr, bytes)            output of print, UTF-8
//           env.time(monotonic) -> f64       milliseconds
#include "../../board/board.h"
#include "../../vm/vm.h"

#define OVERRUN_FUEL_MAX (1 << 26)   // some seconds

#define EXPORT(name) __attribute__((export_name(name)))
#define IMPORT(name) __attribute__((import_module("env"), import_name(name)))
#define PAGE_BYTES 65536u

IMPORT("emit") void sandbox_emit(const uint8_t *data, uint32_t bytes);
IMPORT("print") void sandbox_print(const uint8_t *data, uint32_t bytes);
IMPORT("time") double sandbox_time(uint32_t monotonic);

extern uint8_t __heap_base;  // the linker's: where C's own memory ends

// An instance of the module is one function instance (or one virtual board: board.c).

static struct { struct iotpy_vm vm; uint32_t image_bytes, arena_bytes, rule_at; } sandbox;

// ---- the port. A host is the virtual board; none is the sandbox.
void iotpy_port_emit(void *host, const uint8_t *data, uint32_t bytes) {
  if (host) board_emit(host, data, bytes);
  else sandbox_emit(data, bytes);
}
void iotpy_port_print(void *host, const uint8_t *utf8, uint32_t bytes) {
  if (host) board_print(host, utf8, bytes);
  else sandbox_print(utf8, bytes);
}
// A sandbox is ended from outside; without anybody outside, a built-in that has worked for many slices ends.
bool iotpy_port_overdue(void *host) { return host ? board_overdue(host) : vm->fuel < -OVERRUN_FUEL_MAX; }
double iotpy_port_time_ms(void *host, bool monotonic) { return host ? board_time_ms(host, monotonic) : sandbox_time(monotonic); }

// ---- areas
static uint32_t aligned(uint32_t at) { return (at + 7) & ~7u; }
static uint32_t image_at(void) { return aligned((uint32_t)&__heap_base); }
static uint32_t arena_at(void) { return aligned(image_at() + sandbox.image_bytes); }
static uint32_t buffer_at(void) { return aligned(arena_at() + sandbox.arena_bytes); }

// Is there memory up to the address, or can there be?
static bool reach(uint32_t at, uint32_t bytes) {
  uint32_t pages = (uint32_t)__builtin_wasm_memory_size(0);
  uint64_t wanted = ((uint64_t)at + bytes + PAGE_BYTES - 1) / PAGE_BYTES;
  return wanted <= pages || (wanted < 65536 && __builtin_wasm_memory_grow(0, (uint32_t)wanted - pages) != 0xffffffffu);
}

EXPORT("image") uint32_t sandbox_image(uint32_t bytes) {
  sandbox.image_bytes = bytes;
  return reach(image_at(), bytes) ? image_at() : 0;
}
EXPORT("verify") uint32_t sandbox_verify(void) { return iotpy_verify((const uint8_t *)image_at(), sandbox.image_bytes, &sandbox.rule_at); }
EXPORT("verified_at") uint32_t sandbox_verified_at(void) { return sandbox.rule_at; }

EXPORT("buffer") uint32_t sandbox_buffer(uint32_t bytes) { return reach(buffer_at(), bytes) ? buffer_at() : 0; }
static const uint8_t *buffer(void) { return (const uint8_t *)buffer_at(); }

// ---- the instance
EXPORT("arena") uint32_t sandbox_arena(void) { return arena_at(); }

EXPORT("start") uint32_t sandbox_start(uint32_t arena_bytes) {
  sandbox.arena_bytes = arena_bytes;
  return reach(arena_at(), arena_bytes) && iotpy_start(&sandbox.vm, (void *)arena_at(), arena_bytes, (const uint8_t *)image_at(), 0);
}
EXPORT("attach") uint32_t sandbox_attach(uint32_t arena_bytes) {
  sandbox.arena_bytes = arena_bytes;
  return reach(arena_at(), arena_bytes) && iotpy_attach(&sandbox.vm, (void *)arena_at(), arena_bytes, (const uint8_t *)image_at(), 0);
}

EXPORT("call") uint32_t sandbox_call(uint32_t event_bytes, uint32_t context_bytes) {
  return iotpy_call(&sandbox.vm, IOTPY_JSON, buffer(), event_bytes, buffer() + event_bytes, context_bytes);
}
EXPORT("run") uint32_t sandbox_run(uint32_t fuel) { return iotpy_run(&sandbox.vm, fuel); }

EXPORT("emit_result") uint32_t sandbox_emit_result(void) { return iotpy_emit_result(&sandbox.vm, IOTPY_JSON); }
EXPORT("emit_error") void sandbox_emit_error(void) { iotpy_emit_error(&sandbox.vm, IOTPY_JSON); }

EXPORT("host_operation") uint32_t sandbox_host_operation(void) { return iotpy_host_operation(&sandbox.vm); }
EXPORT("emit_host_arguments") void sandbox_emit_host_arguments(void) { iotpy_emit_host_arguments(&sandbox.vm, IOTPY_JSON); }
EXPORT("host_return") uint32_t sandbox_host_return(uint32_t bytes) { return iotpy_host_return(&sandbox.vm, IOTPY_JSON, buffer(), bytes); }
EXPORT("host_raise") void sandbox_host_raise(uint32_t type_bytes) {
  iotpy_host_raise(&sandbox.vm, (const char *)buffer(), (const char *)buffer() + type_bytes + 1);
}

EXPORT("fuel_used") uint32_t sandbox_fuel_used(void) { return iotpy_fuel_used(&sandbox.vm); }
EXPORT("memory_used") uint32_t sandbox_memory_used(void) { return iotpy_memory_used(&sandbox.vm); }
EXPORT("memory_peak") uint32_t sandbox_memory_peak(void) { return iotpy_memory_peak(&sandbox.vm); }
EXPORT("collections") uint32_t sandbox_collections(void) { return (uint32_t)(sandbox.vm.roots->collections >> 1); }
