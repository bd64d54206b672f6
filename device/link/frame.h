// Frames of the link: bytes <-> frames (README.md, "Frames").
#pragma once
#include <stdbool.h>
#include <stdint.h>

#define LINK_HEADER_BYTES 10
#define LINK_CRC_BYTES 4
#define LINK_BODY_BYTES_MAX 960   // leaves room in 1024 for header, CRC, COBS, zeros and a later suite's key id, counter and tag
#define LINK_RAW_BYTES_MAX (LINK_HEADER_BYTES + LINK_BODY_BYTES_MAX + LINK_CRC_BYTES)

enum link_kind { LINK_HELLO = 1, LINK_WELCOME, LINK_DATA, LINK_ACK, LINK_BEAT, LINK_RESET };

struct link_frame {
  enum link_kind kind;
  uint16_t seq, ack;
  uint32_t session;
  const uint8_t *body;
  uint32_t bytes;
};

// ---- receiving: COBS is undone as the bytes come, so one buffer holds one frame.
struct link_receiver {
  uint16_t length;      // bytes in raw
  uint8_t code, left;   // COBS: the running block's code, and how many of its bytes are still to come
  bool bad;             // too long: wait for the zero
  uint32_t damaged;     // frames dropped
  uint8_t raw[LINK_RAW_BYTES_MAX];
};
// Takes one byte of the stream. True when it ends a valid frame; `frame->body` points into the receiver until the next byte.
bool link_receive(struct link_receiver *receiver, uint8_t byte, struct link_frame *frame);

// ---- sending. `raw` has the body at LINK_HEADER_BYTES and LINK_CRC_BYTES of room after it; header and CRC are filled in.
typedef void link_write(void *host, const uint8_t *data, uint32_t bytes);
void link_send(link_write *write, void *host, uint8_t *raw, const struct link_frame *header);

uint32_t link_crc32(const uint8_t *data, uint32_t bytes);
