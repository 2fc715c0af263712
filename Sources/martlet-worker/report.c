#include "report.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "frame.h"
#include "link.h"

/// A frame as the symboliser wants it: the image, and the offset of an address inside the instruction in question.
static void put_code_address(frame_writer *writer, const void *address, bool is_return_address) {
  const char *instruction = (const char *)address - (is_return_address ? 1 : 0);
  Dl_info image;
  bool is_known = dladdr(instruction, &image) != 0 && image.dli_fname;
  frame_put_string(writer, is_known ? image.dli_fname : "");
  frame_put_u64(writer, is_known ? (uint64_t)(instruction - (const char *)image.dli_fbase) : (uint64_t)(uintptr_t)instruction);
}

void report_started(uint32_t cell) {
  frame_writer writer = {0};
  frame_put_u32(&writer, cell);
  if (!writer.failed) link_send(MESSAGE_STARTED, writer.bytes, writer.count, NULL, 0);
  frame_free(&writer);
}

void report_finished(uint32_t cell, uint32_t progress, const outcome *outcome, const usage *used) {
  frame_writer writer = {0};
  frame_put_u32(&writer, cell);
  frame_put_u8(&writer, (uint8_t)outcome->status);
  frame_put_u32(&writer, (uint32_t)outcome->code);
  frame_put_u8(&writer, outcome->flags);
  frame_put_u32(&writer, progress);
  frame_put_string(&writer, outcome->name);
  frame_put_string(&writer, outcome->message);
  frame_put_u32(&writer, (uint32_t)outcome->frame_count);
  for (size_t i = 0; i < outcome->frame_count; i++) {
    put_code_address(&writer, outcome->frames[i], i > 0 || !outcome->starts_at_instruction);
  }
  frame_put_u64(&writer, used->wall);
  frame_put_u64(&writer, used->processor);
  frame_put_u64(&writer, used->system);
  if (!writer.failed) link_send(MESSAGE_FINISHED, writer.bytes, writer.count, NULL, 0);
  frame_free(&writer);
}

void report_background_failure(const outcome *outcome) {
  char text[MESSAGE_CAPACITY + 256];
  if (outcome->status == STATUS_EXIT) {
    snprintf(text, sizeof text, "exit(%d) was called outside any cell; the session goes on.", outcome->code);
  } else {
    const char *reason = outcome->message[0] ? outcome->message : strsignal(outcome->code);
    snprintf(text, sizeof text, "Something that ran in the background crashed and was stopped: %s", reason);
  }
  link_send_background_failure(text);
}
