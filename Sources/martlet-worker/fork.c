#include "fork.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "link.h"
#include "trap.h"

static volatile sig_atomic_t is_child;

static void become_child(void) {
  is_child = 1;
  link_close_in_child();
  trap_uninstall();
}

void fork_watch(void) { pthread_atfork(NULL, NULL, become_child); }

bool fork_is_child(void) { return is_child; }

_Noreturn void fork_leave_child(int code) {
  fflush(stdout);
  fflush(stderr);
  _exit(code);
}
