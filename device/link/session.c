// The board's half of a session. It keeps one data frame in flight: what a board sends is small, and its RAM is smaller.
#include "session.h"

void link_session_init(struct link_session *session, const struct link_host *calls, void *host, uint32_t entropy) {
  session->calls = calls;
  session->host = host;
  session->nonce = entropy;
}

void link_session_end(struct link_session *session, uint64_t hello_at_ms) {
  session->up = false;
  session->unacknowledged = 0;
  session->nonce = session->nonce * 1664525u + 1013904223u;  // an LCG of full period: no nonce of this boot comes again
  session->hello_at_ms = hello_at_ms;
}

static void send(struct link_session *session, uint8_t *raw, enum link_kind kind, uint16_t seq, uint32_t bytes) {
  struct link_frame header = {.kind = kind, .seq = seq, .ack = session->expected, .session = session->up ? session->id : 0, .bytes = bytes};
  link_send(session->calls->write, session->host, raw, &header);
}

static void send_acknowledgement(struct link_session *session) {
  uint8_t raw[LINK_HEADER_BYTES + LINK_CRC_BYTES];
  send(session, raw, LINK_ACK, 0, 0);
}

static void send_hello(struct link_session *session, uint64_t now_ms) {
  struct item_writer body = {.data = session->raw + LINK_HEADER_BYTES, .size = LINK_SEND_BYTES_MAX};
  session->calls->hello(session->host, &body, session->nonce);
  session->expected = 1;
  send(session, session->raw, LINK_HELLO, 0, body.at);
  session->hello_at_ms = now_ms + LINK_HELLO_MS;
}

static void send_data(struct link_session *session, uint64_t now_ms) {
  send(session, session->raw, LINK_DATA, session->sent, session->unacknowledged);
  session->retry_at_ms = now_ms + session->retry_ms;
}

static void answer_beat(struct link_session *session, const struct link_frame *frame) {
  uint8_t raw[LINK_HEADER_BYTES + 48 + LINK_CRC_BYTES];
  struct item_reader body = {.data = frame->body, .left = frame->bytes};
  struct item_writer answer = {.data = raw + LINK_HEADER_BYTES, .size = 48};
  session->calls->beat(session->host, &body, &answer);
  if (!answer.full) send(session, raw, LINK_BEAT, 0, answer.at);
}

static void take_welcome(struct link_session *session, uint64_t now_ms, const struct link_frame *frame) {
  if (session->up || frame->session == 0) return;
  struct item_reader body = {.data = frame->body, .left = frame->bytes};
  if (item_get_head(&body, ITEM_ARRAY) < 1 || item_get_u32(&body) != session->nonce || body.bad) return;
  if (!session->calls->welcome(session->host, frame)) {
    link_session_end(session, now_ms);
    return;
  }
  session->up = true;
  session->id = frame->session;
  session->expected = 1;
  session->sent = 0;
  session->unacknowledged = 0;
  session->heard_ms = now_ms;
  send_acknowledgement(session);
}

static void take_reset(struct link_session *session, uint64_t now_ms, const struct link_frame *frame) {
  if (frame->session != 0 && (!session->up || frame->session != session->id)) return;
  if (session->up) link_session_end(session, now_ms);
  session->hello_at_ms = frame->bytes > 0 ? now_ms + LINK_REFUSED_MS : now_ms;
}

static void take_acknowledgement(struct link_session *session, uint16_t ack) {
  if (session->unacknowledged > 0 && ack == (uint16_t)(session->sent + 1)) session->unacknowledged = 0;
}

static void take(struct link_session *session, uint64_t now_ms, const struct link_frame *frame) {
  if (frame->kind == LINK_WELCOME) take_welcome(session, now_ms, frame);
  if (frame->kind == LINK_RESET) take_reset(session, now_ms, frame);
  if (!session->up || frame->session != session->id) return;
  session->heard_ms = now_ms;
  if (frame->kind == LINK_DATA || frame->kind == LINK_ACK || frame->kind == LINK_BEAT) take_acknowledgement(session, frame->ack);
  if (frame->kind == LINK_BEAT) answer_beat(session, frame);
  if (frame->kind != LINK_DATA) return;
  bool is_next = frame->seq == session->expected;
  if (is_next) session->expected++;
  send_acknowledgement(session);
  if (is_next) session->calls->message(session->host, frame->body, frame->bytes);
}

void link_session_receive(struct link_session *session, uint64_t now_ms, const uint8_t *data, uint32_t bytes) {
  struct link_frame frame;
  for (uint32_t i = 0; i < bytes; i++) {
    if (link_receive(&session->receiver, data[i], &frame)) take(session, now_ms, &frame);
  }
}

static void send_next(struct link_session *session, uint64_t now_ms) {
  struct item_writer body = {.data = session->raw + LINK_HEADER_BYTES, .size = LINK_SEND_BYTES_MAX};
  session->calls->next(session->host, &body);
  if (body.at == 0 || body.full) return;
  session->unacknowledged = (uint16_t)body.at;
  session->sent++;
  session->retry_ms = LINK_RETRY_MS;
  send_data(session, now_ms);
}

void link_session_poll(struct link_session *session, uint64_t now_ms) {
  if (session->up && now_ms - session->heard_ms > LINK_SILENCE_MS) link_session_end(session, now_ms);
  if (!session->up) {
    if (now_ms >= session->hello_at_ms) send_hello(session, now_ms);
  } else if (session->unacknowledged == 0) {
    send_next(session, now_ms);
  } else if (now_ms >= session->retry_at_ms) {
    session->retry_ms = session->retry_ms * 2 < LINK_RETRY_MS_MAX ? session->retry_ms * 2 : LINK_RETRY_MS_MAX;
    send_data(session, now_ms);
  }
}

uint64_t link_session_due(const struct link_session *session) {
  if (!session->up) return session->hello_at_ms;
  uint64_t silent_ms = session->heard_ms + LINK_SILENCE_MS + 1;
  return session->unacknowledged > 0 && session->retry_at_ms < silent_ms ? session->retry_at_ms : silent_ms;
}
