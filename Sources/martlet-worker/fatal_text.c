#include "fatal_text.h"

#include <dlfcn.h>
#include <link.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "interpose.h"
#include "outcome.h"
#include "trap.h"

typedef struct {
  uintptr_t low, high;
} range;

/// swift_reportError, through which every fatal error of the standard library goes; and the whole of the concurrency library.
static range report_function, core_image, concurrency_image;

static __thread char kept[MESSAGE_CAPACITY];

static bool contains(range range, uintptr_t address) { return address >= range.low && address < range.high; }

static range function_range(const char *name) {
  void *function = dlsym(RTLD_DEFAULT, name);
  Dl_info image;
  ElfW(Sym) *symbol = NULL;
  if (!function || !dladdr1(function, &image, (void **)&symbol, RTLD_DL_SYMENT) || !symbol) return (range){0, 0};
  return (range){(uintptr_t)function, (uintptr_t)function + symbol->st_size};
}

typedef struct {
  uintptr_t address;
  range code;
} image_search;

static int visit_image(struct dl_phdr_info *image, size_t size, void *argument) {
  (void)size;
  image_search *search = argument;
  for (int i = 0; i < image->dlpi_phnum; i++) {
    const ElfW(Phdr) *segment = &image->dlpi_phdr[i];
    range code = {image->dlpi_addr + segment->p_vaddr, image->dlpi_addr + segment->p_vaddr + segment->p_memsz};
    if (segment->p_type == PT_LOAD && (segment->p_flags & PF_X) && contains(code, search->address)) search->code = code;
  }
  return search->code.high != 0;
}

static range image_of(const char *function) {
  image_search search = {(uintptr_t)dlsym(RTLD_DEFAULT, function), {0, 0}};
  if (search.address) dl_iterate_phdr(visit_image, &search);
  return search.code;
}

void fatal_text_find_runtime(void) {
  report_function = function_range("swift_reportError");
  core_image = image_of("swift_reportError");
  concurrency_image = image_of("swift_job_run");
}

/// Cuts what precedes the message itself: "Cell2/In[3]:4: Fatal error: ". Other kinds of failure keep their name.
static const char *message_start(const char *text) {
  static const char mark[] = "Fatal error";
  const char *found = strstr(text, mark);
  if (found) {
    found += sizeof mark - 1;
    return strncmp(found, ": ", 2) == 0 ? found + 2 : found;
  }
  found = strstr(text, "Precondition failed");
  if (!found) found = strstr(text, "Assertion failed");
  return found ? found : text;
}

void fatal_text_take(char *message, size_t capacity) {
  copy_text(message, capacity, message_start(kept));
  size_t length = strlen(message);
  while (length > 0 && message[length - 1] == '\n') message[--length] = 0;
  kept[0] = 0;
}

void fatal_text_show_unused(void) {
  if (!kept[0]) return;
  fprintf(stderr, "%s", kept);
  kept[0] = 0;
}

/// Whether swift_reportError is printing: the caller is its helper in the runtime, whose own caller it is.
static bool is_fatal_report(uintptr_t return_address, void **frame) {
  if (!contains(core_image, return_address)) return false;
  void **helper_frame = frame[0];
  return contains(report_function, (uintptr_t)helper_frame[1]);
}

/// Replaces the C library's function for everything that is loaded.
INTERPOSED int fputs(const char *restrict text, FILE *restrict stream) {
  void **frame = __builtin_frame_address(0);
  if (stream == stderr && is_fatal_report((uintptr_t)__builtin_return_address(0), frame)) {
    copy_text(kept, sizeof kept, text);
    // What follows in the runtime is a stack trace and the trap: go straight to the trap.
    trap_here(SIGILL, frame);
    kept[0] = 0;
  }
  static int (*original)(const char *, FILE *);
  if (!original) original = (int (*)(const char *, FILE *))dlsym(RTLD_NEXT, "fputs");
  return original(text, stream);
}

/// The concurrency library prints its own fatal errors, and then aborts.
INTERPOSED int vfprintf(FILE *restrict stream, const char *restrict format, va_list arguments) {
  if (stream == stderr && contains(concurrency_image, (uintptr_t)__builtin_return_address(0))) {
    size_t length = strlen(kept);
    return vsnprintf(kept + length, sizeof kept - length, format, arguments);
  }
  static int (*original)(FILE *, const char *, va_list);
  if (!original) original = (int (*)(FILE *, const char *, va_list))dlsym(RTLD_NEXT, "vfprintf");
  return original(stream, format, arguments);
}

INTERPOSED void abort(void) {
  trap_here(SIGABRT, __builtin_frame_address(0));
  fatal_text_show_unused();
  static void (*original)(void);
  original = (void (*)(void))dlsym(RTLD_NEXT, "abort");
  original();
  __builtin_unreachable();
}
