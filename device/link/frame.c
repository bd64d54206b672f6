// Frames of the link: COBS between zeros, a header of ten bytes, CRC-32. Nothing here knows what a body means.
#include "frame.h"

#define VERSION_AND_SUITE 0x10

// Half a byte at a time: 64 bytes of table in place of 1,024.
uint32_t link_crc32(const uint8_t *data, uint32_t bytes) {
  static const uint32_t table[16] = {
    0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
    0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
  };
  uint32_t crc = 0xffffffffu;
  for (uint32_t i = 0; i < bytes; i++) {
    crc = table[(crc ^ data[i]) & 15] ^ crc >> 4;
    crc = table[(crc ^ (uint32_t)data[i] >> 4) & 15] ^ crc >> 4;
  }
  return ~crc;
}

static uint16_t get16(const uint8_t *p) { return (uint16_t)(p[0] | p[1] << 8); }
static uint32_t get32(const uint8_t *p) { return (uint32_t)get16(p) | (uint32_t)get16(p + 2) << 16; }
static void put16(uint8_t *p, uint32_t v) {
  p[0] = (uint8_t)v;
  p[1] = (uint8_t)(v >> 8);
}
static void put32(uint8_t *p, uint32_t v) {
  put16(p, v & 0xffff);
  put16(p + 2, v >> 16);
}

// Checks a whole raw frame and takes it apart.
static bool parse(const struct link_receiver *receiver, struct link_frame *frame) {
  const uint8_t *raw = receiver->raw;
  uint32_t bytes = receiver->length;
  if (bytes < LINK_HEADER_BYTES + LINK_CRC_BYTES) return false;
  uint32_t end = bytes - LINK_CRC_BYTES;
  if (raw[0] != VERSION_AND_SUITE || raw[1] < LINK_HELLO || raw[1] > LINK_RESET || get32(raw + end) != link_crc32(raw, end)) return false;
  *frame = (struct link_frame){
    .kind = (enum link_kind)raw[1], .seq = get16(raw + 2), .ack = get16(raw + 4), .session = get32(raw + 6),
    .body = raw + LINK_HEADER_BYTES, .bytes = end - LINK_HEADER_BYTES,
  };
  return true;
}

static void keep(struct link_receiver *receiver, uint8_t byte) {
  if (receiver->length < LINK_RAW_BYTES_MAX) receiver->raw[receiver->length++] = byte;
  else receiver->bad = true;
}

bool link_receive(struct link_receiver *receiver, uint8_t byte, struct link_frame *frame) {
  if (byte != 0) {
    if (receiver->left > 0) {
      receiver->left--;
      keep(receiver, byte);
    } else {
      if (receiver->code != 0 && receiver->code != 0xff) keep(receiver, 0);  // the zero that ended the block before
      receiver->code = byte;
      receiver->left = (uint8_t)(byte - 1);
    }
    return false;
  }
  bool empty = receiver->code == 0;
  bool whole = !receiver->bad && receiver->left == 0 && !empty && parse(receiver, frame);
  if (!whole && !empty) receiver->damaged++;
  receiver->length = 0;
  receiver->code = receiver->left = 0;
  receiver->bad = false;
  return whole;
}

void link_send(link_write *write, void *host, uint8_t *raw, const struct link_frame *header) {
  static const uint8_t zero = 0;
  uint32_t end = LINK_HEADER_BYTES + header->bytes;
  raw[0] = VERSION_AND_SUITE;
  raw[1] = (uint8_t)header->kind;
  put16(raw + 2, header->seq);
  put16(raw + 4, header->ack);
  put32(raw + 6, header->session);
  put32(raw + end, link_crc32(raw, end));
  end += LINK_CRC_BYTES;

  write(host, &zero, 1);
  for (uint32_t at = 0; at <= end;) {
    uint32_t run = 0;
    while (at + run < end && run < 254 && raw[at + run] != 0) run++;
    uint8_t code = (uint8_t)(run + 1);
    write(host, &code, 1);
    write(host, raw + at, run);
    at += run < 254 ? run + 1 : run;  // a block of 254 stands for no zero
    if (run == 254 && at == end) break;
  }
  write(host, &zero, 1);
}
