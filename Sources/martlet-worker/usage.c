#include "usage.h"

#include <sys/resource.h>
#include <time.h>

static uint64_t nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

usage usage_now(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  uint64_t system = (uint64_t)used.ru_stime.tv_sec * 1000000000 + (uint64_t)used.ru_stime.tv_usec * 1000;
  return (usage){nanoseconds(CLOCK_MONOTONIC), nanoseconds(CLOCK_PROCESS_CPUTIME_ID), system};
}

usage usage_since(const usage *start) {
  usage now = usage_now();
  usage used = {now.wall - start->wall, now.processor - start->processor, now.system - start->system};
  // The system's part is an estimate from samples and may exceed the whole, which is exact.
  if (used.system > used.processor) used.system = used.processor;
  return used;
}
