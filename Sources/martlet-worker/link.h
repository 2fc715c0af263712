// The socket to the session. A frame is the payload's length (32 bits, little-endian), one byte of kind, and the payload.
#ifndef MARTLET_LINK_H
#define MARTLET_LINK_H

#include <stddef.h>
#include <stdint.h>

/// The largest payload that is believed or sent.
enum { MAXIMUM_PAYLOAD = 512 * 1024 * 1024 };

/// Session to worker.
enum {
  REQUEST_RUN = 1,
  REQUEST_INTERRUPT = 2,
  REQUEST_INPUT_REPLY = 3,
  REQUEST_SURROUNDINGS = 4,
  REQUEST_WARD = 5,
  REQUEST_INSPECT = 20,
  REQUEST_COMM_OPEN = 10,
  REQUEST_COMM_MESSAGE = 11,
  REQUEST_COMM_CLOSE = 12,
  REQUEST_COMM_INTERRUPT = 13,
};
/// Worker to session.
enum {
  MESSAGE_READY = 1,
  MESSAGE_FINISHED = 2,
  MESSAGE_DISPLAY = 3,
  MESSAGE_INPUT_REQUEST = 4,
  MESSAGE_BACKGROUND_FAILURE = 5,
  MESSAGE_LATE_OUTPUT = 6,
  MESSAGE_STARTED = 7,
  MESSAGE_SURROUNDINGS = 8,
  MESSAGE_INSPECTED = 20,
  MESSAGE_COMM_OPEN = 10,
  MESSAGE_COMM_MESSAGE = 11,
  MESSAGE_COMM_CLOSE = 12,
  /// A message of the frontend, and every callback that it brought about, is dealt with.
  MESSAGE_COMM_DONE = 13,
  MESSAGE_CALLBACK_FAILED = 14,
};

/// Takes the socket over, and keeps it from the processes that cells start.
void link_open(int descriptor);
/// Sends a frame whose payload is in two parts; either may be empty. Whole frames only, from any thread.
/// Leaves the process when the session is gone.
void link_send(uint8_t kind, const void *first, size_t first_count, const void *second, size_t second_count);
/// Sends a sentence about something that crashed outside any cell.
void link_send_background_failure(const char *message);
/// Receives frames for ever and hands each payload to `receive`; ends the process when the session is gone.
_Noreturn void link_serve(void (*receive)(uint8_t kind, const uint8_t *payload, size_t count));
/// In a forked child: the link belongs to the parent.
void link_close_in_child(void);

#endif
