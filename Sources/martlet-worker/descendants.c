#include "descendants.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_PROCESSES = 32768, STAT_SIZE = 512 };

static struct {
  pid_t identifier, parent;
  bool is_ours;
} processes[MOST_PROCESSES];

/// The parent of a process; 0 when it is gone.
static pid_t parent_of(pid_t identifier) {
  char path[64], text[STAT_SIZE];
  snprintf(path, sizeof path, "/proc/%d/stat", identifier);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  text[count > 0 ? count : 0] = 0;
  // "pid (name) state parent …", and the name may contain anything.
  const char *end = strrchr(text, ')');
  return end && strlen(end) > 4 ? atoi(end + 4) : 0;
}

static size_t list_processes(void) {
  size_t count = 0;
  int folder = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return 0;
  _Alignas(struct dirent64) static char buffer[32768];
  for (ssize_t got; (got = getdents64(folder, buffer, sizeof buffer)) > 0;) {
    for (ssize_t place = 0; place < got;) {
      const struct dirent64 *entry = (const void *)(buffer + place);
      place += entry->d_reclen;
      pid_t identifier = atoi(entry->d_name);
      if (identifier <= 0 || count == MOST_PROCESSES) continue;
      processes[count].identifier = identifier;
      processes[count].is_ours = false;
      processes[count++].parent = parent_of(identifier);
    }
  }
  close(folder);
  return count;
}

/// Marks the children of a process, and theirs.
static void mark_children(pid_t parent, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (processes[i].parent != parent || processes[i].is_ours) continue;
    processes[i].is_ours = true;
    mark_children(processes[i].identifier, count);
  }
}

void descendants_end(void) {
  size_t count = list_processes();
  mark_children(getpid(), count);
  for (size_t i = 0; i < count; i++) {
    if (processes[i].is_ours) kill(processes[i].identifier, SIGTERM);
  }
}
