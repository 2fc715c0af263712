// Turns the compiler's frontend into a process that serves one compilation after the other.
//
// The library is preloaded into swift-frontend. It stands in for the program's start: instead of compiling once and ending, the process
// reads requests from a socket. The first request runs the frontend's own main(), which registers targets and may be done once only; every
// later one calls swift::performFrontend, the function that main() ends in. That function is not exported, so its place is
// read from the executable's symbol table. A crash of the compiler ends the process, and the client starts another.
//
// Request: u32 count, then count strings, each u32 length and bytes: the file for what the compiler prints, the path of the
// frontend, its arguments. Reply: u32 exit code, or UNAVAILABLE when the executable has no such function. All little-endian.
#define _GNU_SOURCE
#include "warm_compiler.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define SOCKET_VARIABLE "MARTLET_COMPILER_SOCKET"
#define UNAVAILABLE ((uint32_t)-2)
#define MOST_ARGUMENTS 4096u
#define LONGEST_ARGUMENT (1u << 20)

// int swift::performFrontend(llvm::ArrayRef<const char *>, const char *, void *, swift::FrontendObserver *)
#define PERFORM_FRONTEND "_ZN5swift15performFrontendEN4llvm8ArrayRefIPKcEES3_PvPNS_16FrontendObserverE"
typedef int (*perform_frontend_function)(const char **arguments, size_t count, const char *program, void *main_address,
                                         void *observer);
typedef int (*main_function)(int, char **, char **);
typedef int (*start_function)(main_function, int, char **, void (*)(void), void (*)(void), void (*)(void), void *);

static main_function frontend_main;
static perform_frontend_function perform_frontend;

static int read_all(int socket, void *buffer, size_t count) {
  for (char *next = buffer; count > 0;) {
    ssize_t got = read(socket, next, count);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return 0;
    next += got;
    count -= (size_t)got;
  }
  return 1;
}

static int write_all(int socket, const void *buffer, size_t count) {
  for (const char *next = buffer; count > 0;) {
    ssize_t put = write(socket, next, count);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return 0;
    next += put;
    count -= (size_t)put;
  }
  return 1;
}

static int note_base(struct dl_phdr_info *info, size_t size, void *base) {
  (void)size;
  *(ElfW(Addr) *)base = info->dlpi_addr;
  return 1;  // the executable comes first; stop there
}

// The address of a function that the executable defines but does not export; null when its symbols were stripped.
static void *find_hidden_function(const char *name) {
  int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  if (file < 0) return NULL;
  struct stat info;
  void *image = fstat(file, &info) == 0 ? mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
  close(file);
  if (image == MAP_FAILED) return NULL;
  const char *bytes = image;
  const ElfW(Ehdr) *header = image;
  const ElfW(Shdr) *sections = (const void *)(bytes + header->e_shoff);
  void *found = NULL;
  for (int index = 0; index < header->e_shnum && !found; index++) {
    if (sections[index].sh_type != SHT_SYMTAB) continue;
    const ElfW(Sym) *symbols = (const void *)(bytes + sections[index].sh_offset);
    const char *names = bytes + sections[sections[index].sh_link].sh_offset;
    size_t count = sections[index].sh_size / sizeof *symbols;
    for (size_t symbol = 0; symbol < count; symbol++) {
      if (strcmp(names + symbols[symbol].st_name, name) != 0) continue;
      ElfW(Addr) base = 0;
      dl_iterate_phdr(note_base, &base);
      found = (void *)(base + symbols[symbol].st_value);
      break;
    }
  }
  munmap(image, (size_t)info.st_size);
  return found;
}

// Reads one request into a null-terminated array of strings; null when the client is gone or speaks nonsense.
static char **read_request(int socket, uint32_t *count) {
  if (!read_all(socket, count, sizeof *count) || *count < 3 || *count > MOST_ARGUMENTS) return NULL;
  char **strings = calloc(*count + 1, sizeof *strings);
  for (uint32_t index = 0; strings && index < *count; index++) {
    uint32_t length;
    if (!read_all(socket, &length, sizeof length) || length > LONGEST_ARGUMENT) return NULL;
    strings[index] = calloc(1, (size_t)length + 1);
    if (!strings[index] || !read_all(socket, strings[index], length)) return NULL;
  }
  return strings;
}

static void free_request(char **strings) {
  for (char **string = strings; *string; string++) free(*string);
  free(strings);
}

static void print_to(const char *path) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return;
  dup2(file, STDOUT_FILENO);
  dup2(file, STDERR_FILENO);
  close(file);
}

static uint32_t compile(char **strings, uint32_t count, char **environment) {
  static int is_warm;
  print_to(strings[0]);
  char **arguments = strings + 1;
  uint32_t argument_count = count - 1;
  uint32_t code;
  if (!is_warm) {
    is_warm = 1;
    code = (uint32_t)frontend_main((int)argument_count, arguments, environment);
  } else if (perform_frontend) {
    // Without the program's name and "-frontend", which main() takes away.
    code = (uint32_t)perform_frontend((const char **)arguments + 2, argument_count - 2, arguments[0],
                                      (void *)frontend_main, NULL);
  } else {
    return UNAVAILABLE;
  }
  fflush(NULL);
  return code;
}

static int serve(int argument_count, char **arguments, char **environment) {
  const char *variable = getenv(SOCKET_VARIABLE);
  if (!variable) return frontend_main(argument_count, arguments, environment);
  int socket = atoi(variable);
  // Processes that the compiler starts are none of ours.
  unsetenv("LD_PRELOAD");
  unsetenv(SOCKET_VARIABLE);
  fcntl(socket, F_SETFD, FD_CLOEXEC);
  // Ctrl-C in a terminal is meant for the cell, and the session says when the compiler is to stop.
  signal(SIGINT, SIG_IGN);
  perform_frontend = (perform_frontend_function)find_hidden_function(PERFORM_FRONTEND);
  uint32_t count;
  for (char **strings; (strings = read_request(socket, &count)) != NULL; free_request(strings)) {
    uint32_t code = compile(strings, count, environment);
    if (!write_all(socket, &code, sizeof code)) break;
  }
  _exit(0);
}

// The C library's entry into every program, which finds the main() to call.
int __libc_start_main(main_function program, int count, char **arguments, void (*start)(void), void (*finish)(void),
                      void (*loader_finish)(void), void *stack_end) {
  frontend_main = program;
  start_function real = (start_function)dlsym(RTLD_NEXT, "__libc_start_main");
  return real(serve, count, arguments, start, finish, loader_finish, stack_end);
}
