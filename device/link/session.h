// One session of the link after another: hello, numbers, acknowledgements, repetition, heartbeat (README.md, "Session").
#pragma once
#include "frame.h"
#include "items.h"

#define LINK_HELLO_MS 500
#define LINK_RETRY_MS 250
#define LINK_RETRY_MS_MAX 2000
#define LINK_SILENCE_MS 5000
#define LINK_REFUSED_MS 5000
#define LINK_SEND_BYTES_MAX 640   // the longest body a board sends: less than a frame holds, to save RAM

// What the session asks of the board. `host` is handed through.
struct link_host {
  link_write *write;                                               // bytes to the stream
  void (*hello)(void *host, struct item_writer *body, uint32_t nonce);
  bool (*welcome)(void *host, const struct link_frame *frame);     // false: not for us; say hello again
  void (*message)(void *host, const uint8_t *body, uint32_t bytes);
  void (*next)(void *host, struct item_writer *body);              // the next message to send, or nothing
  void (*beat)(void *host, struct item_reader *gateway, struct item_writer *answer);
};

struct link_session {
  const struct link_host *calls;
  void *host;
  bool up;
  uint32_t id, nonce;
  uint16_t expected;      // the next data frame of the gateway
  uint16_t sent;          // number of the last data frame of the board
  uint16_t unacknowledged;// bytes of its body, 0: none in flight (the board's side keeps one)
  uint32_t retry_ms;
  uint64_t heard_ms, retry_at_ms, hello_at_ms;
  struct link_receiver receiver;
  uint8_t raw[LINK_HEADER_BYTES + LINK_SEND_BYTES_MAX + LINK_CRC_BYTES];
};

// `entropy`: as random as the board can, so that nonces of two boots differ.
void link_session_init(struct link_session *session, const struct link_host *calls, void *host, uint32_t entropy);
void link_session_receive(struct link_session *session, uint64_t now_ms, const uint8_t *data, uint32_t bytes);
// Sends what is due. To be called often: at least every few milliseconds while there is work.
void link_session_poll(struct link_session *session, uint64_t now_ms);
// When poll has something to do at the latest, if no bytes come and nothing new is to be sent.
uint64_t link_session_due(const struct link_session *session);
// The session is over; the next poll says hello.
void link_session_end(struct link_session *session, uint64_t hello_at_ms);
