// Reads a stream of frames from standard input and sends each valid one back, with its numbers: what device/link/frame.c makes of another codec's bytes.
#include <stdio.h>
#include <string.h>
#include "../../device/link/frame.h"

static void to_stdout(void *host, const uint8_t *data, uint32_t bytes) {
  (void)host;
  fwrite(data, 1, bytes, stdout);
}

int main(void) {
  static struct link_receiver receiver;
  struct link_frame frame;
  for (int byte = getchar(); byte != EOF; byte = getchar()) {
    if (!link_receive(&receiver, (uint8_t)byte, &frame)) continue;
    uint8_t raw[LINK_RAW_BYTES_MAX];
    memcpy(raw + LINK_HEADER_BYTES, frame.body, frame.bytes);
    link_send(to_stdout, NULL, raw, &frame);
  }
  fprintf(stderr, "%u", receiver.damaged);
  return 0;
}
