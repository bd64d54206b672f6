// The board's memory. Everything that a configuration makes is taken from the bottom and forgotten at once with the next one; images, which outlive
// configurations, are at the top.
//
//  base          bottom                         top            end
//  | outbox | configuration, rings, arenas | scratch | images |
#include "board.h"

bool text_equal(struct text a, struct text b) { return a.bytes == b.bytes && __builtin_memcmp(a.data, b.data, a.bytes) == 0; }

void *pool_take(struct board *board, uint32_t bytes) {
  struct pool *pool = &board->pool;
  uint32_t rounded = (bytes + 7) & ~7u;
  if (rounded < bytes || rounded > (uint32_t)(pool->top - pool->bottom)) return NULL;
  uint8_t *block = pool->bottom;
  pool->bottom += rounded;
  __builtin_memset(block, 0, rounded);
  return block;
}

bool pool_take_text(struct board *board, struct text from, struct text *to) {
  char *copy = pool_take(board, from.bytes);
  if (copy == NULL) return false;
  __builtin_memcpy(copy, from.data, from.bytes);
  *to = (struct text){copy, from.bytes};
  return true;
}

struct item_writer pool_scratch(struct board *board) {
  uint32_t event = board->invocation.active ? (board->invocation.total + 7) & ~7u : 0;
  return (struct item_writer){.data = board->pool.bottom + event, .size = (uint32_t)(board->pool.top - board->pool.bottom) - event};
}
