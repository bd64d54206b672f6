// The images that a board holds: blocks of (struct board_image, bytes) from the pool's top downwards. They are kept across configurations and
// lost links; what is no longer wanted makes room when the next configuration is complete.
#include "../vm/iotpy.h"
#include "board.h"

struct board_image *image_first(const struct board *board) {
  return board->pool.top < board->pool.end ? (struct board_image *)(void *)board->pool.top : NULL;
}

struct board_image *image_after(const struct board *board, struct board_image *image) {
  uint8_t *next = (uint8_t *)image + image->block_bytes;
  return next < board->pool.end ? (struct board_image *)(void *)next : NULL;
}

struct board_image *image_find(struct board *board, const uint8_t *hash) {
  struct board_image *image = image_first(board);
  while (image != NULL && __builtin_memcmp(image->hash, hash, sizeof image->hash) != 0) image = image_after(board, image);
  return image;
}

struct board_image *image_missing(struct board *board) {
  struct board_image *image = image_first(board);
  while (image != NULL && image->have == image->bytes) image = image_after(board, image);
  return image;
}

// No function runs now: images move.
void images_drop_unwanted(struct board *board) {
  struct board_image *image = image_first(board);
  while (image != NULL) {
    if (image->wanted) {
      image = image_after(board, image);
      continue;
    }
    uint32_t gone = image->block_bytes;
    __builtin_memmove(board->pool.top + gone, board->pool.top, (uint32_t)((uint8_t *)image - board->pool.top));
    board->pool.top += gone;
    image = image_first(board);
  }
}

struct board_image *image_new(struct board *board, const uint8_t *hash, uint32_t bytes) {
  struct pool *pool = &board->pool;
  uint32_t block = (uint32_t)((sizeof(struct board_image) + bytes + 7) & ~(uint32_t)7);
  if (bytes > 0x100000 || block > (uint32_t)(pool->top - pool->bottom)) return NULL;
  pool->top -= block;
  struct board_image *image = (struct board_image *)(void *)pool->top;
  *image = (struct board_image){.block_bytes = block, .bytes = bytes, .wanted = true};
  __builtin_memcpy(image->hash, hash, sizeof image->hash);
  return image;
}

// A damaged image is fetched again when the next configuration wants it.
void image_check(struct board *board, struct board_image *image, struct text function) {
  uint32_t at = 0, rule = iotpy_verify(image_data(image), image->bytes, &at);
  image->valid = rule == 0;
  if (rule == 0) return;
  image->have = 0;
  record_error(board, 0, function, BOARD_IMAGE_INVALID, "", "the image is damaged or was made for other firmware; it breaks rule", rule);
}
