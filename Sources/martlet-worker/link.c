#include "link.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "descendants.h"
#include "guarded_thread.h"
#include "headroom.h"
#include "wards.h"

enum {
  HEADER_SIZE = 5,
  /// Only a frontend's buffers can be large; what is larger is not from our session.
  MAXIMUM_REQUEST = MAXIMUM_PAYLOAD,
};

static int link_descriptor = -1;
static pthread_mutex_t send_lock = PTHREAD_MUTEX_INITIALIZER;

void link_open(int descriptor) {
  link_descriptor = descriptor;
  fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

void link_close_in_child(void) {
  close(link_descriptor);
  link_descriptor = -1;
}

/// Nobody is left to serve: the processes that cells started go too, as they do when a terminal closes.
static _Noreturn void leave_process(void) {
  headroom_take();
  descendants_end();
  wards_end();
  if (getpgrp() == getpid()) {
    signal(SIGTERM, SIG_IGN);
    kill(0, SIGTERM);
  }
  _exit(0);
}

static void write_fully(struct iovec *parts, int count) {
  while (count > 0) {
    ssize_t written = writev(link_descriptor, parts, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) leave_process();
    while (count > 0 && (size_t)written >= parts->iov_len) {
      written -= (ssize_t)parts->iov_len;
      parts++;
      count--;
    }
    if (count > 0) {
      parts->iov_base = (char *)parts->iov_base + written;
      parts->iov_len -= (size_t)written;
    }
  }
}

void link_send(uint8_t kind, const void *first, size_t first_count, const void *second, size_t second_count) {
  if (link_descriptor < 0 || first_count + second_count > MAXIMUM_PAYLOAD) return;
  size_t count = first_count + second_count;
  uint8_t header[HEADER_SIZE] = {(uint8_t)count, (uint8_t)(count >> 8), (uint8_t)(count >> 16), (uint8_t)(count >> 24), kind};
  struct iovec parts[] = {{header, sizeof header}, {(void *)first, first_count}, {(void *)second, second_count}};
  critical_enter();
  pthread_mutex_lock(&send_lock);
  write_fully(parts, 3);
  pthread_mutex_unlock(&send_lock);
  critical_leave();
}

void link_send_background_failure(const char *message) {
  size_t length = strlen(message);
  uint8_t prefix[4] = {(uint8_t)length, (uint8_t)(length >> 8), (uint8_t)(length >> 16), (uint8_t)(length >> 24)};
  link_send(MESSAGE_BACKGROUND_FAILURE, prefix, sizeof prefix, message, length);
}

static void read_fully(uint8_t *bytes, size_t count) {
  while (count > 0) {
    ssize_t received = read(link_descriptor, bytes, count);
    if (received < 0 && errno == EINTR) continue;
    if (received <= 0) leave_process();
    bytes += received;
    count -= (size_t)received;
  }
}

_Noreturn void link_serve(void (*receive)(uint8_t kind, const uint8_t *payload, size_t count)) {
  for (;;) {
    uint8_t header[HEADER_SIZE];
    read_fully(header, sizeof header);
    size_t count = (size_t)header[0] | (size_t)header[1] << 8 | (size_t)header[2] << 16 | (size_t)header[3] << 24;
    uint8_t *payload = count <= MAXIMUM_REQUEST ? malloc(count + 1) : NULL;
    if (!payload) leave_process();
    read_fully(payload, count);
    receive(header[4], payload, count);
    free(payload);
  }
}
