// A board's application: logs, sensors, functions and the link, in the memory that the port gives. What a port calls.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "../link/outbox.h"
#include "../link/session.h"

struct iotpy_vm;
struct board;

// What the port provides: about the hardware and nothing else. `host` is the board's own `port_host`.
struct board_port {
  const char *name;                                                           // "lm3s6965evb"
  void (*write)(void *host, const uint8_t *data, uint32_t bytes);             // to the link
  uint64_t (*monotonic_ms)(void *host);
  const char *(*sensor_name)(void *host, uint32_t index);                     // NULL after the last
  bool (*sensor_read)(void *host, const char *name, uint32_t bytes, double *reading);
};

struct text { const char *data; uint32_t bytes; };

// ---- memory: configuration, rings and arenas grow from the bottom, images from the top; the gap is scratch for events.
struct pool { uint8_t *base, *bottom, *top, *end; };

struct board_log { struct board_log *next; struct text name; uint32_t history; bool uplink; struct ring ring; };

struct board_sensor { struct board_sensor *next; struct text name; struct board_log *log; uint32_t every_ms; uint64_t due_ms; double reading; bool pushed; };

struct board_image { uint32_t block_bytes, bytes, have; bool wanted, valid; uint8_t hash[32]; };  // the image's bytes follow

struct board_function {
  struct board_function *next;
  struct text name, result_log;                  // result_log.bytes 0: none
  struct board_image *image;
  struct board_log *trigger;
  struct iotpy_vm *vm;
  uint8_t *arena;
  uint32_t arena_bytes, fuel, timeout_ms, window, cursor, image_bytes;
  bool begun;                                    // its top level has run in this arena
  uint8_t hash[32];
};

enum job_kind { JOB_NONE, JOB_TRIGGER, JOB_INVOKE };
struct job {
  enum job_kind kind;
  struct board_function *function;
  uint64_t request, started_ms, wake_ms;         // wake_ms: sleeps until then, 0: does not
  uint32_t timeout_ms, fuel;                     // fuel of the calls before the running one
  bool top;                                      // the module's top level runs, the handler comes after
};

struct invocation {                              // the gateway's request being received or waiting for its turn
  struct board_function *function;
  uint64_t request;
  uint32_t timeout_ms, total, have;
  bool active;
};

struct sink { struct ring *ring; struct item_writer writer; };  // where iotpy_emit_* goes: the ring if there is one

#define BOARD_LINE_BYTES 160
struct board {
  const struct board_port *port;
  void *port_host;
  const char *name;
  struct link_session session;
  struct outbox outbox;
  struct pool pool;
  uint64_t clock_offset_ms;                      // gateway's time minus the monotonic one
  uint32_t epoch, revision;
  bool configuring, complete, running, running_due, image_asked;
  struct board_log *logs;
  struct board_sensor *sensors;
  struct board_function *functions, *turn;
  struct invocation invocation;
  struct job job;
  uint64_t invoked;
  uint32_t missed, line_bytes;
  struct sink sink;
  char line[BOARD_LINE_BYTES];
};

// `memory` is 8-byte aligned and keeps everything but this struct; `outbox_bytes` of it are the outbox.
void board_init(struct board *board, const struct board_port *port, void *port_host, const char *name, void *memory, uint32_t bytes, uint32_t outbox_bytes, uint32_t entropy);
void board_receive(struct board *board, const uint8_t *data, uint32_t bytes);
// Does a little of what is due. Milliseconds until it is to be called again at the latest, if no bytes come before: 0, at once.
uint32_t board_poll(struct board *board);

// ---- for the runtime's port functions (iotpy_port_*), whose host is the board
void board_emit(struct board *board, const uint8_t *data, uint32_t bytes);
void board_print(struct board *board, const uint8_t *utf8, uint32_t bytes);
double board_time_ms(struct board *board, bool monotonic);
bool board_overdue(struct board *board);

// ---- between the files of this folder
enum board_error {
  BOARD_RAISED = 5100, BOARD_NO_FUNCTION, BOARD_EVENT_TOO_LARGE, BOARD_IMAGE_INVALID, BOARD_IMAGE_UNKNOWN, BOARD_NO_MEMORY,
  BOARD_RESULT_TOO_LARGE, BOARD_TIMED_OUT, BOARD_FUEL_USED, BOARD_MEMORY_ERROR, BOARD_BAD_CONFIGURATION, BOARD_MALFORMED, BOARD_BUSY, BOARD_STOPPED,
};
#define BOARD_SCRATCH_BYTES_MIN 2048   // what a configuration must leave for events

uint64_t board_now(const struct board *board);
uint64_t board_clock(const struct board *board);
bool text_equal(struct text a, struct text b);

void *pool_take(struct board *board, uint32_t bytes);                   // zeroed, 8-byte aligned; NULL when full
bool pool_take_text(struct board *board, struct text from, struct text *to);
struct item_writer pool_scratch(struct board *board);                   // the gap, beyond an invocation's event

struct board_log *log_find(struct board *board, struct text name);
bool log_append(struct board *board, struct board_log *log, const uint8_t *value, uint32_t bytes);   // and to the gateway
void log_put_values(const struct board_log *log, struct item_writer *to, uint32_t until, uint32_t count);  // the newest up to number `until`, as an array
bool log_put_record(struct board *board, const struct board_log *log, struct item_writer *to, uint32_t number);
bool sensor_value(struct board *board, struct text name, double *reading);
uint64_t sensors_poll(struct board *board);                             // when the next reading is due
void sensor_push(struct board *board, struct text name, double reading);

struct board_image *image_find(struct board *board, const uint8_t *hash);
void images_drop_unwanted(struct board *board);
struct board_image *image_new(struct board *board, const uint8_t *hash, uint32_t bytes);
struct board_image *image_missing(struct board *board);
struct board_image *image_first(const struct board *board);
struct board_image *image_after(const struct board *board, struct board_image *image);
static inline uint8_t *image_data(struct board_image *image) { return (uint8_t *)(image + 1); }
void image_check(struct board *board, struct board_image *image, struct text function);

bool record_append(struct board *board, struct text log, const uint8_t *value, uint32_t bytes);
void record_error(struct board *board, uint64_t request, struct text function, enum board_error code, const char *type, const char *message, uint32_t number);
void record_job_error(struct board *board, enum board_error code, const char *message, uint32_t number);   // of the running job, with what it used
void record_result(struct board *board);                                // of the running job
void record_raised(struct board *board);                                // of the running job: the runtime's exception
void print_flush(struct board *board);

void board_message(struct board *board, const uint8_t *body, uint32_t bytes);
void functions_layout(struct board *board);                             // arenas, once the configuration is complete
bool jobs_poll(struct board *board);
void host_call(struct board *board);                                    // answers what the running job waits for
