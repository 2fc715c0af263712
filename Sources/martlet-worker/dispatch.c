// Blocks on dispatch queues, which work for the cell that put them there.
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "code_range.h"
#include "guarded_thread.h"
#include "interpose.h"
#include "main_loop.h"
#include "origin.h"

/// A block is an object whose fourth word (after class, flags and a reserved half) is the function to call.
typedef struct block {
  void *class_pointer;
  int32_t flags, reserved;
  void (*invoke)(struct block *block);
} block;

typedef void (*work_function)(void *context);

/// Found at the first use, when Dispatch is there for sure.
static struct {
  block *(*copy)(const block *block);
  void (*release)(block *block);
  void (*async)(void *queue, void *context, work_function work);
  void (*after)(uint64_t time, void *queue, void *context, work_function work);
  void *main_queue;
  code_range code;
  bool is_complete;
} dispatch;

static void find_dispatch(void) {
  dispatch.copy = (block * (*)(const block *)) interpose_symbol("_Block_copy");
  dispatch.release = (void (*)(block *))interpose_symbol("_Block_release");
  dispatch.async = (void (*)(void *, void *, work_function))interpose_symbol("dispatch_async_f");
  dispatch.after = (void (*)(uint64_t, void *, void *, work_function))interpose_symbol("dispatch_after_f");
  dispatch.main_queue = interpose_symbol("_dispatch_main_q");
  dispatch.code = code_range_of_image("dispatch_async_f");
  dispatch.is_complete =
    dispatch.copy && dispatch.release && dispatch.async && dispatch.after && dispatch.code.high != 0;
}

static bool has_dispatch(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  critical_enter();
  pthread_once(&once, find_dispatch);
  critical_leave();
  return dispatch.is_complete;
}

static void run_block(void *context) {
  block *block = context;
  block->invoke(block);
  dispatch.release(block);
}

typedef struct {
  block *block;
  uint32_t cell;
} tagged_block;

static void run_tagged(void *context) {
  tagged_block tagged = *(tagged_block *)context;
  free(context);
  uint32_t previous = origin_cell;
  origin_cell = tagged.cell;
  run_block(tagged.block);
  origin_cell = previous;
}

/// The block with its cell, to be run by `run_tagged`; null for one that is to go the usual way: it has no cell, or it is
/// a work item, in which Dispatch keeps flags and the like that a function cannot carry.
static tagged_block *tag(const block *block) {
  if (origin_cell == 0 || !has_dispatch()) return NULL;
  if (code_range_contains(dispatch.code, (const void *)block->invoke)) return NULL;
  critical_enter();
  tagged_block *tagged = malloc(sizeof *tagged);
  if (tagged) *tagged = (tagged_block){dispatch.copy(block), origin_cell};
  critical_leave();
  return tagged;
}

/// On the main queue the block joins our own queue, which survives when one of its blocks traps.
/// What reaches the main queue on other ways (`asyncAfter`, `sync`, groups) is run by Foundation, see `main_loop.c`.
INTERPOSED void dispatch_async(void *queue, block *block) {
  static void (*original)(void *, struct block *);
  if (!original) original = (void (*)(void *, struct block *))interpose_original("dispatch_async");
  if (has_dispatch() && queue == dispatch.main_queue && main_loop_takes_blocks()) {
    main_loop_put((job){run_block, dispatch.copy(block), origin_cell});
    return;
  }
  tagged_block *tagged = tag(block);
  if (tagged) dispatch.async(queue, tagged, run_tagged);
  else original(queue, block);
}

INTERPOSED void dispatch_after(uint64_t time, void *queue, block *block) {
  static void (*original)(uint64_t, void *, struct block *);
  if (!original) original = (void (*)(uint64_t, void *, struct block *))interpose_original("dispatch_after");
  tagged_block *tagged = tag(block);
  if (tagged) dispatch.after(time, queue, tagged, run_tagged);
  else original(time, queue, block);
}
