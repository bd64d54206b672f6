// The few forms of CBOR (RFC 8949) that messages consist of: definite lengths, shortest integers, doubles.
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum item_kind { ITEM_UINT, ITEM_NEGATIVE, ITEM_BYTES, ITEM_TEXT, ITEM_ARRAY, ITEM_MAP, ITEM_TAG, ITEM_SIMPLE };

// ---- writing. What does not fit is left out and `full` is set; `at` still counts it, so a first pass can measure.
struct item_writer { uint8_t *data; uint32_t size, at; bool full; };
void item_put(struct item_writer *w, const void *data, uint32_t bytes);          // bytes as they are
void item_put_head(struct item_writer *w, enum item_kind kind, uint64_t n);      // ITEM_UINT .. ITEM_MAP
void item_put_text(struct item_writer *w, const char *text, uint32_t bytes);
void item_put_c(struct item_writer *w, const char *text);                        // a C string as text
void item_put_bytes(struct item_writer *w, const void *data, uint32_t bytes);
void item_put_bool(struct item_writer *w, bool b);
void item_put_null(struct item_writer *w);
void item_put_double(struct item_writer *w, double d);
static inline void item_put_uint(struct item_writer *w, uint64_t n) { item_put_head(w, ITEM_UINT, n); }

// ---- reading. Whatever is not there sets `bad`, after which every read gives 0 or nothing.
struct item_reader { const uint8_t *data; uint32_t left; bool bad; };
uint64_t item_get_head(struct item_reader *r, enum item_kind kind);              // the number or length of an item of this kind
uint32_t item_get_u32(struct item_reader *r);
uint64_t item_get_uint(struct item_reader *r);
const uint8_t *item_get_string(struct item_reader *r, enum item_kind kind, uint32_t *bytes);  // ITEM_TEXT or ITEM_BYTES
bool item_get_bool(struct item_reader *r);
bool item_get_null(struct item_reader *r);                                       // true and consumed when null is next
double item_get_number(struct item_reader *r);                                   // integer, single or double
uint32_t item_skip(struct item_reader *r);                                       // bytes of the next item, whatever is in it
