#include "blocking.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Calls that do nothing but wait. `write` is not among them: what it has written so far would be lost.
static const long waiting_calls[] = {
  SYS_clock_nanosleep, SYS_nanosleep, SYS_ppoll, SYS_pselect6, SYS_epoll_pwait, SYS_read, SYS_readv, SYS_recvfrom, SYS_recvmsg,
  SYS_accept, SYS_accept4, SYS_connect, SYS_wait4, SYS_waitid, SYS_futex, SYS_rt_sigtimedwait, SYS_rt_sigsuspend, SYS_flock,
#ifdef SYS_poll
  SYS_poll, SYS_select, SYS_epoll_wait, SYS_pause,
#endif
};

static bool is_wait(long call) {
  for (size_t i = 0; i < sizeof waiting_calls / sizeof waiting_calls[0]; i++) {
    if (waiting_calls[i] == call) return true;
  }
  return false;
}

/// The line of numbers is: call, six arguments, stack pointer, program counter; or a word where the thread is running.
static blocking_state parse(const char *line) {
  blocking_state state = {0};
  char *end;
  state.call = strtol(line, &end, 10);
  if (end == line || state.call < 0) return (blocking_state){.call = -1};
  unsigned long values[7] = {0};
  for (int i = 0; i < 7; i++) values[i] = strtoul(end, &end, 16);
  state.stack_pointer = values[6];
  state.waits = is_wait(state.call);
  state.reads_standard_input = state.call == SYS_read && values[0] == STDIN_FILENO;
  return state;
}

blocking_state blocking_state_of(pid_t thread) {
  char path[64], line[256];
  snprintf(path, sizeof path, "/proc/self/task/%d/syscall", thread);
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return (blocking_state){.call = -1};
  ssize_t count = read(descriptor, line, sizeof line - 1);
  close(descriptor);
  if (count <= 0) return (blocking_state){.call = -1};
  line[count] = 0;
  return parse(line);
}
