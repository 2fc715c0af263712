#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cell.h"
#include "interrupt.h"
#include "link.h"
#include "streams.h"

enum { WAIT_MILLISECONDS = 10 };

static const char not_allowed[] =
  "Input was asked for, but this frontend (or this way of running a notebook) cannot ask the user. "
  "Give the value in the cell, or run the notebook where somebody can answer.";

/// Who has asked. At most one question is open at a time.
typedef enum { ASKER_NONE, ASKER_CALL, ASKER_READ } asker;

static pthread_mutex_t state_lock = PTHREAD_MUTEX_INITIALIZER;
static asker asker_now;
static bool is_answered;
static uint8_t answer_status;
static char *answer;

/// Only one thread can ask; others wait here.
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

// MARK: The pipe

static int pipe_input = -1;

/// What of the answers did not fit into the pipe yet; it is written without blocking.
static char *unwritten;
static size_t unwritten_count, unwritten_position;

void input_open(void) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return;
  dup2(ends[0], STDIN_FILENO);
  close(ends[0]);
  if (pipe_input >= 0) close(pipe_input);
  pipe_input = ends[1];
  fcntl(pipe_input, F_SETFL, O_NONBLOCK);
}

static void push_unwritten(void) {
  while (unwritten && unwritten_position < unwritten_count) {
    ssize_t written = write(pipe_input, unwritten + unwritten_position, unwritten_count - unwritten_position);
    if (written <= 0) return;
    unwritten_position += (size_t)written;
  }
  free(unwritten);
  unwritten = NULL;
}

static void push_line(const char *text) {
  size_t length = strlen(text);
  char *line = malloc(length + 1);
  if (!line) return;
  memcpy(line, text, length);
  line[length] = '\n';
  free(unwritten);
  unwritten = line;
  unwritten_count = length + 1;
  unwritten_position = 0;
  push_unwritten();
}

// MARK: Questions and answers

static void lock(void) {
  critical_enter();
  pthread_mutex_lock(&state_lock);
}

static void unlock(void) {
  pthread_mutex_unlock(&state_lock);
  critical_leave();
}

static void send_question(const char *prompt, bool is_password) {
  frame_writer writer = {0};
  frame_put_u8(&writer, is_password ? 1 : 0);
  frame_put_string(&writer, prompt);
  if (!writer.failed) link_send(MESSAGE_INPUT_REQUEST, writer.bytes, writer.count, NULL, 0);
  frame_free(&writer);
}

/// Opens a question unless another one is open.
static bool open_question(asker asker) {
  lock();
  bool is_free = asker_now == ASKER_NONE;
  if (is_free) {
    asker_now = asker;
    is_answered = false;
  }
  unlock();
  return is_free;
}

void input_forget(void) {
  lock();
  asker_now = ASKER_NONE;
  is_answered = false;
  free(answer);
  answer = NULL;
  unlock();
}

static bool take_answer(asker asker, uint8_t *status, char **text) {
  lock();
  bool is_there = asker_now == asker && is_answered;
  if (is_there) {
    *status = answer_status;
    *text = answer;
    answer = NULL;
    asker_now = ASKER_NONE;
    is_answered = false;
  }
  unlock();
  return is_there;
}

void input_receive(frame_reader *reply) {
  uint8_t status = frame_get_u8(reply);
  char *text = frame_get_string(reply);
  lock();
  bool is_wanted = asker_now != ASKER_NONE && !is_answered && text;
  if (is_wanted) {
    is_answered = true;
    answer_status = status;
    answer = text;
  }
  unlock();
  if (!is_wanted) free(text);
}

// MARK: readLine

/// Waits for the answer; false when the cell is to end first.
static bool wait_for_answer(uint8_t *status, char **text) {
  while (!take_answer(ASKER_CALL, status, text)) {
    if (cell_is_current() && interrupt_level() > 0) return false;
    nanosleep(&(struct timespec){.tv_nsec = WAIT_MILLISECONDS * 1000000L}, NULL);
  }
  return true;
}

_Noreturn static void leave_not_allowed(void) {
  outcome *outcome = &current_thread->outcome;
  outcome_set(outcome, STATUS_ERROR, 0, 0, not_allowed);
  copy_text(outcome->name, sizeof outcome->name, "InputNotAllowed");
  guarded_thread_leave();
}

martlet_input_status input_ask(const char *prompt, int is_password, char **text) {
  *text = NULL;
  uint8_t status = MARTLET_INPUT_END;
  critical_enter();
  streams_flush();
  pthread_mutex_lock(&turn);
  while (!open_question(ASKER_CALL)) nanosleep(&(struct timespec){.tv_nsec = WAIT_MILLISECONDS * 1000000L}, NULL);
  send_question(prompt, is_password);
  bool is_interrupted = !wait_for_answer(&status, text);
  if (is_interrupted) input_forget();
  pthread_mutex_unlock(&turn);
  critical_leave();
  if (is_interrupted && guarded_thread_can_leave()) interrupt_leave_cell();
  if (status != MARTLET_INPUT_LINE) {
    free(*text);
    *text = NULL;
  }
  if (status == MARTLET_INPUT_NOT_ALLOWED && cell_is_current() && guarded_thread_can_leave()) leave_not_allowed();
  return (martlet_input_status)status;
}

// MARK: Blocked reads

static void deliver_to_read(uint8_t status, const char *text) {
  if (status == MARTLET_INPUT_LINE) {
    push_line(text);
  } else if (status == MARTLET_INPUT_END) {
    // The reader sees the end of the old pipe; later reads find a new one.
    input_open();
  } else {
    outcome failure;
    outcome_set(&failure, STATUS_ERROR, 0, 0, not_allowed);
    copy_text(failure.name, sizeof failure.name, "InputNotAllowed");
    cell_fail_from_elsewhere(&failure);
  }
}

static bool has_unread_bytes(void) {
  int count = 0;
  return ioctl(STDIN_FILENO, FIONREAD, &count) == 0 && count > 0;
}

void input_advance(bool reads_standard_input) {
  push_unwritten();
  uint8_t status;
  char *text;
  if (take_answer(ASKER_READ, &status, &text)) {
    deliver_to_read(status, text);
    free(text);
    return;
  }
  if (!reads_standard_input || unwritten || has_unread_bytes()) return;
  if (open_question(ASKER_READ)) {
    streams_flush_if_free();
    send_question("", false);
  }
}
