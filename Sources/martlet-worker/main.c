// martlet-worker LINK_FD LIBRARY...
//
// Loads compiled cells and runs them, one after the other, in one process whose state they share; survives what they do.
// The session at the other end of the link compiles them and shows what they print.
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cell.h"
#include "comms.h"
#include "fatal_text.h"
#include "fork.h"
#include "headroom.h"
#include "hooks.h"
#include "input.h"
#include "inspection.h"
#include "interrupt.h"
#include "library.h"
#include "link.h"
#include "main_loop.h"
#include "streams.h"
#include "surroundings.h"
#include "task_pool.h"
#include "trap.h"
#include "wards.h"
#include "watcher.h"

enum { EXIT_USAGE = 64, EXIT_NO_LIBRARY = 70 };

static void ignore(int signal) { (void)signal; }

/// A handler that does nothing, since processes that cells start would inherit SIG_IGN, but not a handler.
static void configure_process(void) {
  struct sigaction nothing = {.sa_handler = ignore, .sa_flags = SA_RESTART};
  sigemptyset(&nothing.sa_mask);
  sigaction(SIGINT, &nothing, NULL);
  sigaction(SIGPIPE, &nothing, NULL);
  // A file that becomes larger than `ulimit -f` allows is an error of the cell that writes it.
  sigaction(SIGXFSZ, &nothing, NULL);
  // PR_SET_PDEATHSIG would kill us with the thread that started us, not with its process; the link's end is what counts.
}

static void load_libraries(int count, char **paths) {
  for (int i = 0; i < count; i++) {
    const char *failure = library_load(paths[i]);
    if (!failure) continue;
    fprintf(stderr, "martlet-worker: %s\n", failure);
    _exit(EXIT_NO_LIBRARY);
  }
}

static void receive(uint8_t kind, const uint8_t *payload, size_t count) {
  frame_reader reader = {.bytes = payload, .count = count};
  switch (kind) {
    case REQUEST_RUN: cell_enqueue(&reader); break;
    case REQUEST_INTERRUPT: interrupt_request(frame_get_u8(&reader)); break;
    case REQUEST_INPUT_REPLY: input_receive(&reader); watcher_wake(); break;
    case REQUEST_SURROUNDINGS: surroundings_receive(&reader); break;
    case REQUEST_WARD: wards_receive(&reader); break;
    case REQUEST_INSPECT: inspection_enqueue(&reader); break;
    case REQUEST_COMM_OPEN:
    case REQUEST_COMM_MESSAGE:
    case REQUEST_COMM_CLOSE: comms_receive(kind, payload, count); break;
    case REQUEST_COMM_INTERRUPT: comms_interrupt(frame_get_u8(&reader)); break;
    default: break;
  }
}

static void *serve(void *unused) {
  (void)unused;
  link_serve(receive);
}

static void start_serving(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, serve, NULL) != 0) _exit(EXIT_FAILURE);
  pthread_detach(thread);
}

static void announce(void) {
  frame_writer writer = {0};
  frame_put_u32(&writer, (uint32_t)getpid());
  link_send(MESSAGE_READY, writer.bytes, writer.count, NULL, 0);
  frame_free(&writer);
}

int main(int count, char **arguments) {
  if (count < 2) {
    fprintf(stderr, "usage: martlet-worker LINK_FD LIBRARY...\n");
    return EXIT_USAGE;
  }
  link_open(atoi(arguments[1]));
  configure_process();
  streams_configure();
  input_open();
  headroom_reserve();
  load_libraries(count - 2, arguments + 2);
  fatal_text_find_runtime();
  hooks_install();
  comms_connect();
  fork_watch();
  trap_install();
  interrupt_install();
  task_pool_start();
  watcher_start();
  cell_start_runner();
  inspection_start();
  start_serving();
  announce();
  main_loop_run();
}
