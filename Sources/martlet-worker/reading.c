#include "reading.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "code_range.h"
#include "fork.h"
#include "inspection.h"
#include "interrupt.h"
#include "library.h"
#include "streams.h"
#include "walk.h"

#define READING_STACK_SIZE ((size_t)64 * 1024 * 1024)

enum {
  /// Between two looks at the reading thread.
  TICK_MILLISECONDS = 4,
  /// What one value of a list may take: time of the processor, and time altogether on a busy machine.
  VALUE_WORK = 200,
  VALUE_TIME = 1000,
  /// What a value may take that is looked at alone.
  DISPLAY_WORK = 2000,
  DISPLAY_TIME = 4000,
  /// What it may still take when a cell waits.
  GRACE_TIME = 50,
  /// After trying to end the thread for so long, it is given up: it never comes to a place where it can be left.
  ENDING_TIME = 1000,
};

/// What the reading thread and the one that looks after it share.
typedef struct {
  guarded_thread thread;
  sem_t done;
  bool was_left;
  pthread_mutex_t lock;
  // The rest with the lock held.
  bool is_abandoned;
  inspection_request *request;
  size_t place;
  bool is_busy;
} reading;

// MARK: On the reading thread

/// The next item, or null when there is none or a cell waits.
static inspection_item *next_item(reading *reading) {
  critical_enter();
  pthread_mutex_lock(&reading->lock);
  inspection_item *item = NULL;
  reading->is_busy = false;
  while (!reading->is_abandoned && reading->place < reading->request->count) {
    inspection_item *next = &reading->request->items[reading->place];
    if (next->variable) {
      bool must_wait = next->question[0] != QUESTION_TYPE && inspection_is_paused();
      if (!must_wait) item = next;
      break;
    }
    reading->place++;
  }
  reading->is_busy = item != NULL;
  pthread_mutex_unlock(&reading->lock);
  critical_leave();
  return item;
}

static void collect(void *context, const uint8_t *bytes, size_t count) {
  reading *reading = context;
  critical_enter();
  pthread_mutex_lock(&reading->lock);
  if (!reading->is_abandoned) {
    inspection_item *item = &reading->request->items[reading->place];
    item->answer = malloc(count);
    item->answer_count = item->answer ? count : 0;
    if (item->answer) memcpy(item->answer, bytes, count);
    if (item->question[0] == QUESTION_DISPLAY) item->variable->failure_count = 0;
    reading->place++;
  }
  pthread_mutex_unlock(&reading->lock);
  critical_leave();
}

static void read_items(reading *reading) {
  size_t previous = SIZE_MAX;
  for (;;) {
    inspection_item *item = next_item(reading);
    // An item that had no answer would come again for ever.
    if (!item || reading->place == previous) return;
    previous = reading->place;
    reading->thread.is_active = 1;
    runtime.inspect_variable(
      item->variable->symbol, item->variable->address, item->question, item->question_count, reading, collect);
    reading->thread.is_active = 0;
  }
}

static void finished(void *argument) { sem_post(&((reading *)argument)->done); }

static void *reading_main(void *argument) {
  reading *reading = argument;
  guarded_thread_enter(&reading->thread);
  if (sigsetjmp(reading->thread.base, 1) == 0) read_items(reading);
  else reading->was_left = true;
  if (fork_is_child()) fork_leave_child(0);
  if (reading->was_left) {
    streams_release_locks();
    guarded_thread_park(&reading->thread, finished, reading);
  }
  guarded_thread_exit();
  finished(reading);
  return NULL;
}

// MARK: The signal that ends it

static int ending_signal(void) { return SIGRTMAX - 5; }

/// The C library keeps locks that nobody could release, so its code is left only where it waits for the system.
static code_range c_library;

static void on_ending_signal(int signal, siginfo_t *information, void *context) {
  (void)signal, (void)information;
  if (!current_thread || current_thread->role != ROLE_READING || fork_is_child() || !guarded_thread_can_leave()) return;
  registers start = registers_of(context);
  if (code_range_contains(c_library, (const void *)start.instruction) && !is_at_system_call(context)) return;
  outcome *outcome = &current_thread->outcome;
  outcome_set(outcome, STATUS_INTERRUPTED, 0, 0, "");
  outcome->frame_count = walk_from(current_thread, start, outcome->frames, MAXIMUM_FRAMES);
  if (interrupt_is_delicate(outcome->frames, outcome->frame_count)) return;
  guarded_thread_leave();
}

void reading_install(void) {
  c_library = code_range_of_image("malloc");
  struct sigaction action = {.sa_sigaction = on_ending_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(ending_signal(), &action, NULL);
}

// MARK: On the thread that looks after it

static int milliseconds(clockid_t clock, const struct timespec *start) {
  struct timespec now;
  if (clock_gettime(clock, &now) != 0) return 0;
  return (int)((now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000);
}

/// The item that is being answered, and since when.
typedef struct {
  size_t place;
  struct timespec since, work_since, unwanted_since;
  bool is_unwanted;
} progress;

static void look(reading *reading, clockid_t work, progress *seen) {
  pthread_mutex_lock(&reading->lock);
  size_t place = reading->place;
  bool is_display = place < reading->request->count && reading->request->items[place].question[0] >= QUESTION_CHILDREN;
  pthread_mutex_unlock(&reading->lock);
  if (place != seen->place) {
    *seen = (progress){.place = place};
    clock_gettime(CLOCK_MONOTONIC, &seen->since);
    clock_gettime(work, &seen->work_since);
    return;
  }
  if (seen->is_unwanted) {
    pthread_kill(reading->thread.thread, ending_signal());
    return;
  }
  int limit = inspection_is_paused() ? GRACE_TIME : is_display ? DISPLAY_TIME : VALUE_TIME;
  seen->is_unwanted = milliseconds(CLOCK_MONOTONIC, &seen->since) > limit ||
                      milliseconds(work, &seen->work_since) > (is_display ? DISPLAY_WORK : VALUE_WORK);
  clock_gettime(CLOCK_MONOTONIC, &seen->unwanted_since);
}

static bool wait_a_tick(sem_t *done) {
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_nsec += TICK_MILLISECONDS * 1000000L;
  end.tv_sec += end.tv_nsec / 1000000000;
  end.tv_nsec %= 1000000000;
  int result;
  while ((result = sem_clockwait(done, CLOCK_MONOTONIC, &end)) != 0 && errno == EINTR) {
  }
  return result == 0;
}

/// Returns whether the thread has come to an end.
static bool watch(reading *reading) {
  clockid_t work;
  if (pthread_getcpuclockid(reading->thread.thread, &work) != 0) work = CLOCK_MONOTONIC;
  progress seen = {.place = SIZE_MAX};
  while (!wait_a_tick(&reading->done)) {
    look(reading, work, &seen);
    if (seen.is_unwanted && milliseconds(CLOCK_MONOTONIC, &seen.unwanted_since) > ENDING_TIME) return false;
  }
  return true;
}

/// The item that could not be answered is asked for its type; where that was the question, it has no answer.
static size_t fail(inspection_request *request, size_t place, const outcome *outcome) {
  inspection_item *item = &request->items[place];
  if (!item->variable || item->question[0] == QUESTION_TYPE) return place + 1;
  answer_status status = outcome && outcome->status != STATUS_INTERRUPTED ? ANSWER_TRAPPED : ANSWER_TOO_LONG;
  variable *variable = item->variable;
  free(variable->failure_message);
  variable->failure_message = status == ANSWER_TRAPPED ? strdup(outcome->message) : NULL;
  if (variable->failure_message) item->message = strdup(variable->failure_message);
  variable->failure = (uint8_t)status;
  variable->failure_count++;
  variable->failure_age = variables_cell_count();
  inspection_item_reduce(item, status);
  return place;
}

static reading *start_reading(inspection_request *request, size_t place) {
  reading *reading = calloc(1, sizeof *reading);
  if (!reading) abort();
  reading->thread.role = ROLE_READING;
  reading->request = request;
  reading->place = place;
  sem_init(&reading->done, 0, 0);
  pthread_mutex_init(&reading->lock, NULL);
  if (guarded_thread_start(&reading->thread, READING_STACK_SIZE, reading_main, reading)) return reading;
  free(reading);
  return NULL;
}

size_t reading_run(inspection_request *request, size_t place) {
  reading *reading = start_reading(request, place);
  // Without a thread there are no answers.
  if (!reading) return request->count;
  bool has_ended = watch(reading);
  pthread_mutex_lock(&reading->lock);
  place = reading->place;
  bool was_busy = reading->is_busy;
  reading->is_abandoned = !has_ended;
  pthread_mutex_unlock(&reading->lock);
  if (!has_ended) return fail(request, place, NULL);
  if (reading->was_left) {
    // A parked thread's record is a few kilobytes that its thread-local pointer no longer leads to.
    place = place < request->count ? fail(request, place, &reading->thread.outcome) : place;
  } else {
    pthread_join(reading->thread.thread, NULL);
    guarded_thread_release_stack(&reading->thread);
    // A question that is answered by nothing is malformed.
    if (was_busy) place++;
  }
  sem_destroy(&reading->done);
  free(reading);
  return place;
}
