// Writing and reading CBOR items in fixed buffers. Lengths are checked against what is there before anything is touched.
#include "items.h"

void item_put(struct item_writer *w, const void *data, uint32_t bytes) {
  if (bytes == 0) return;
  if (!w->full && bytes <= w->size - w->at) __builtin_memcpy(w->data + w->at, data, bytes);
  else w->full = true;
  w->at += bytes;
}

void item_put_head(struct item_writer *w, enum item_kind kind, uint64_t n) {
  uint8_t head[9];
  uint32_t width = n < 24 ? 0 : n < 0x100 ? 1 : n < 0x10000 ? 2 : n < 0x100000000u ? 4 : 8;
  uint32_t info = width == 0 ? (uint32_t)n : width == 1 ? 24 : width == 2 ? 25 : width == 4 ? 26 : 27;
  head[0] = (uint8_t)((uint32_t)kind << 5 | info);
  for (uint32_t i = 0; i < width; i++) head[width - i] = (uint8_t)(n >> 8 * i);
  item_put(w, head, 1 + width);
}

void item_put_text(struct item_writer *w, const char *text, uint32_t bytes) {
  item_put_head(w, ITEM_TEXT, bytes);
  item_put(w, text, bytes);
}

void item_put_c(struct item_writer *w, const char *text) {
  uint32_t bytes = 0;
  while (text[bytes]) bytes++;
  item_put_text(w, text, bytes);
}

void item_put_bytes(struct item_writer *w, const void *data, uint32_t bytes) {
  item_put_head(w, ITEM_BYTES, bytes);
  item_put(w, data, bytes);
}

void item_put_bool(struct item_writer *w, bool b) {
  uint8_t item = b ? 0xf5 : 0xf4;
  item_put(w, &item, 1);
}

void item_put_null(struct item_writer *w) {
  uint8_t item = 0xf6;
  item_put(w, &item, 1);
}

void item_put_double(struct item_writer *w, double d) {
  uint8_t item[9] = {0xfb};
  uint64_t bits;
  __builtin_memcpy(&bits, &d, 8);
  for (uint32_t i = 0; i < 8; i++) item[8 - i] = (uint8_t)(bits >> 8 * i);
  item_put(w, item, 9);
}

static uint64_t fail(struct item_reader *r) {
  r->bad = true;
  r->left = 0;
  return 0;
}

// The next item's head: its kind, its additional information and its number.
static uint64_t head(struct item_reader *r, uint32_t *kind, uint32_t *info) {
  *kind = *info = 0;
  if (r->left == 0) return fail(r);
  *kind = (uint32_t)*r->data >> 5;
  *info = *r->data & 31u;
  uint32_t width = *info < 24 ? 0 : 1u << ((*info - 24) & 3);
  if (*info > 27 || width >= r->left) return fail(r);
  uint64_t n = width == 0 ? *info : 0;
  for (uint32_t i = 1; i <= width; i++) n = n << 8 | r->data[i];
  r->data += 1 + width;
  r->left -= 1 + width;
  return n;
}

uint64_t item_get_head(struct item_reader *r, enum item_kind kind) {
  uint32_t found, info;
  uint64_t n = head(r, &found, &info);
  return found == (uint32_t)kind ? n : fail(r);
}

uint64_t item_get_uint(struct item_reader *r) { return item_get_head(r, ITEM_UINT); }

uint32_t item_get_u32(struct item_reader *r) {
  uint64_t n = item_get_uint(r);
  return (uint32_t)(n <= 0xffffffffu ? n : fail(r));
}

const uint8_t *item_get_string(struct item_reader *r, enum item_kind kind, uint32_t *bytes) {
  uint64_t n = item_get_head(r, kind);
  if (n > r->left) n = fail(r);
  const uint8_t *start = r->data;
  *bytes = (uint32_t)n;
  r->data += n;
  r->left -= (uint32_t)n;
  return start;
}

bool item_get_bool(struct item_reader *r) {
  uint64_t n = item_get_head(r, ITEM_SIMPLE);
  if (n != 20 && n != 21) fail(r);
  return n == 21;
}

bool item_get_null(struct item_reader *r) {
  if (r->left == 0 || *r->data != 0xf6) return false;
  r->data++;
  r->left--;
  return true;
}

static double half_of(uint32_t bits) {
  uint32_t exponent = bits >> 10 & 31;
  uint64_t wide = (uint64_t)(bits & 0x8000u) << 48 | (uint64_t)(bits & 1023u) << 42;
  if (exponent == 31) wide |= (uint64_t)0x7ff << 52;
  else if (exponent > 0) wide |= (uint64_t)(exponent + 1008) << 52;
  else return (bits & 0x8000u ? -1.0 : 1.0) * (double)(bits & 1023u) / 16777216.0;
  double d;
  __builtin_memcpy(&d, &wide, 8);
  return d;
}

double item_get_number(struct item_reader *r) {
  uint32_t kind, info;
  uint64_t n = head(r, &kind, &info);
  if (kind == ITEM_UINT) return (double)n;
  if (kind == ITEM_NEGATIVE) return -1.0 - (double)n;
  double d = 0;
  if (kind == ITEM_SIMPLE && info == 27) {
    __builtin_memcpy(&d, &n, 8);
  } else if (kind == ITEM_SIMPLE && info == 26) {
    float f;
    uint32_t bits = (uint32_t)n;
    __builtin_memcpy(&f, &bits, 4);
    d = (double)f;
  } else if (kind == ITEM_SIMPLE && info == 25) {
    d = half_of((uint32_t)n);
  } else {
    fail(r);
  }
  return d;
}

uint32_t item_skip(struct item_reader *r) {
  const uint8_t *start = r->data;
  for (uint64_t todo = 1; todo > 0 && !r->bad; todo--) {
    uint32_t kind, info;
    uint64_t n = head(r, &kind, &info);
    if (kind == ITEM_BYTES || kind == ITEM_TEXT) {
      if (n > r->left) n = fail(r);
      r->data += n;
      r->left -= (uint32_t)n;
    } else if (kind == ITEM_ARRAY || kind == ITEM_MAP) {
      if (n > r->left) n = fail(r);  // each item has at least a byte
      todo += kind == ITEM_MAP ? 2 * n : n;
    } else if (kind == ITEM_TAG) {
      todo++;
    }
  }
  return r->bad ? 0 : (uint32_t)(r->data - start);
}
