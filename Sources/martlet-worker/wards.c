#include "wards.h"

#include <signal.h>
#include <sys/types.h>

/// Commands that run at the same time, with those that go on behind earlier ones; more are not looked after.
enum { MOST_WARDS = 256 };

// Only the thread that serves the link changes it.
static pid_t wards[MOST_WARDS];

static void replace(pid_t old, pid_t new) {
  for (int i = 0; i < MOST_WARDS; i++) {
    if (wards[i] != old) continue;
    wards[i] = new;
    return;
  }
}

void wards_receive(frame_reader *reader) {
  pid_t group = (pid_t)frame_get_u32(reader);
  bool has_begun = frame_get_u8(reader);
  // 0 and 1 as a group would be our own, and everybody.
  if (reader->failed || group <= 1) return;
  if (has_begun) replace(0, group);
  else replace(group, 0);
}

void wards_end(void) {
  for (int i = 0; i < MOST_WARDS; i++) {
    if (wards[i] > 1) kill(-wards[i], SIGKILL);
  }
}
