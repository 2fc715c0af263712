#include "interpose.h"

#include <dlfcn.h>

#include "guarded_thread.h"

static void *find(void *where, const char *name) {
  critical_enter();
  void *symbol = dlsym(where, name);
  critical_leave();
  return symbol;
}

void *interpose_original(const char *name) { return find(RTLD_NEXT, name); }

void *interpose_symbol(const char *name) { return find(RTLD_DEFAULT, name); }
