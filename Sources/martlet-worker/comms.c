#include "comms.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "callback_lane.h"
#include "capture.h"
#include "cell.h"
#include "guarded_thread.h"
#include "interpose.h"
#include "interrupt.h"
#include "late_output.h"
#include "library.h"
#include "link.h"
#include "martlet_comms.h"
#include "origin.h"
#include "report.h"

static void report_receiving(const callback *callback, const outcome *outcome);
static void report_callback(const callback *callback, const outcome *outcome);

static void recover(const callback *callback);

static callback_lane receiving = CALLBACK_LANE_INITIALIZER(report_receiving, NULL);
static callback_lane callbacks = CALLBACK_LANE_INITIALIZER(report_callback, recover);
static callback_lane showing = CALLBACK_LANE_INITIALIZER(report_receiving, NULL);

/// The toolkit's side.
static struct {
  void (*receive)(uint8_t kind, const uint8_t *bytes, size_t count);
  void (*captured)(uint32_t number);
  void (*cell_ended)(uint32_t cell, bool was_left);
} toolkit;

static void put_u32(uint8_t *place, uint32_t value) {
  for (int i = 0; i < 4; i++) place[i] = (uint8_t)(value >> (8 * i));
}

static uint32_t get_u32(const uint8_t *place) {
  return (uint32_t)place[0] | (uint32_t)place[1] << 8 | (uint32_t)place[2] << 16 | (uint32_t)place[3] << 24;
}

// MARK: From the frontend

typedef struct {
  uint8_t kind;
  uint32_t origin;
  size_t count;
  uint8_t bytes[];
} received;

/// How many callbacks the message that is being taken in has asked for.
static __thread int asked_for;

static void send_done(uint32_t origin) {
  late_output_flush();
  uint8_t bytes[4];
  put_u32(bytes, origin);
  link_send(MESSAGE_COMM_DONE, bytes, sizeof bytes, NULL, 0);
}

static void clear_interrupt(void);

static void finish(void *context) {
  clear_interrupt();
  send_done((uint32_t)(uintptr_t)context);
}

static void take_in(void *context) {
  received *message = context;
  asked_for = 0;
  if (toolkit.receive) toolkit.receive(message->kind, message->bytes, message->count);
  uint32_t origin = message->origin;
  free(message);
  if (asked_for == 0) send_done(origin);
  // After the callbacks that the message has brought about.
  else callback_lane_put(&callbacks, (callback){finish, NULL, (void *)(uintptr_t)origin, origin});
}

/// The toolkit's own code failed on a message; the session must not wait for it.
static void report_receiving(const callback *callback, const outcome *outcome) {
  report_background_failure(outcome);
  if (callback->run == take_in) send_done(callback->origin);
}

void comms_receive(uint8_t kind, const uint8_t *payload, size_t count) {
  if (count < 4) return;
  received *message = malloc(sizeof *message + count - 4);
  if (!message) return;
  *message = (received){.kind = kind, .origin = get_u32(payload), .count = count - 4};
  memcpy(message->bytes, payload + 4, count - 4);
  callback_lane_put(&receiving, (callback){take_in, NULL, message, message->origin});
}

// MARK: Interrupts

static atomic_int wanted_interrupt;

static void clear_interrupt(void) {
  if (atomic_exchange(&wanted_interrupt, 0) == 0) return;
  // The flag may have become the running cell's.
  if (interrupt_level() == 0) __atomic_store_n(runtime.interrupt_requested, 0, __ATOMIC_RELAXED);
}

void comms_interrupt(uint8_t level) {
  if (!callbacks.is_running) return;
  atomic_store(&wanted_interrupt, level);
  __atomic_store_n(runtime.interrupt_requested, 1, __ATOMIC_RELAXED);
  if (level >= INTERRUPT_FORCED) interrupt_signal_thread(callbacks.thread);
}

bool comms_is_forced(void) { return comms_is_interrupted() && atomic_load(&wanted_interrupt) >= INTERRUPT_FORCED; }

bool comms_is_interrupted(void) { return callback_lane_is_current(&callbacks) && atomic_load(&wanted_interrupt) > 0; }

/// A callback of a message fails for that message; one that a cell has brought about fails for the cell.
static void report_callback(const callback *callback, const outcome *outcome) {
  clear_interrupt();
  uint32_t origin = capture_resolve(callback->origin);
  if (origin & ORIGIN_MESSAGE) report_callback_failed(origin, outcome);
  else if (outcome->status != STATUS_INTERRUPTED) cell_fail_from_elsewhere(outcome);
}

/// What the callback has left unfinished gets its end.
static void recover(const callback *callback) {
  if (toolkit.cell_ended) toolkit.cell_ended(capture_resolve(callback->origin), true);
}

// MARK: The toolkit's hooks

static void send(uint8_t kind, const uint8_t *bytes, size_t count) {
  critical_enter();
  uint32_t origin = capture_resolve(origin_cell ? origin_cell : origin_newest_cell);
  uint8_t prefix[4];
  put_u32(prefix, origin);
  link_send(kind, prefix, sizeof prefix, bytes, count);
  critical_leave();
}

static void call(void (*run)(void *), void (*failed)(void *, const char *), void *context) {
  if (callback_lane_is_current(&receiving)) asked_for++;
  callback_lane_put(&callbacks, (callback){run, failed, context, origin_cell});
}

static int is_callback(void) { return callback_lane_is_current(&callbacks); }
static uint32_t origin(void) { return origin_cell ? origin_cell : origin_newest_cell; }
static void work_for(uint32_t origin) { origin_cell = origin; }
static void critical(int change) { critical_depth += change; }

static void fetch(void *context) {
  if (toolkit.captured) toolkit.captured((uint32_t)(uintptr_t)context);
}

void comms_announce_captured(uint32_t number) {
  callback_lane_put(&showing, (callback){fetch, NULL, (void *)(uintptr_t)number, 0});
}

void comms_cell_ended(uint32_t cell, bool was_left) {
  if (was_left) capture_release(cell);
  if (toolkit.cell_ended) toolkit.cell_ended(cell, was_left);
}

static void find(const char *name, void *pointer) {
  void *symbol = interpose_symbol(name);
  if (symbol) memcpy(pointer, &symbol, sizeof symbol);
}

void comms_connect(void) {
  find("martlet_comm_receive", &toolkit.receive);
  find("martlet_captured", &toolkit.captured);
  find("martlet_cell_ended", &toolkit.cell_ended);
  martlet_comm_hooks *place = interpose_symbol("martlet_runtime_comm_hooks");
  if (!place) return;
  *place = (martlet_comm_hooks){
    .send = send, .call = call, .is_callback = is_callback, .origin = origin, .behind = capture_resolve,
    .work_for = work_for, .capture = capture_begin, .take_captured = capture_take, .critical = critical,
  };
}
