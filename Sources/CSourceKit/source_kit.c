#include "source_kit.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char missing[128];

// Function pointers of every type have the size of `void *` wherever there is a dlsym.
static bool look_up(void *library, const char *name, void *function) {
  char symbol[96];
  snprintf(symbol, sizeof symbol, "sourcekitd_%s", name);
  void *address = dlsym(library, symbol);
  memcpy(function, &address, sizeof address);
  if (address == NULL) snprintf(missing, sizeof missing, "%s is missing", symbol);
  return address != NULL;
}

const char *martlet_source_kit_load(const char *path, martlet_source_kit *functions) {
  // Never closed: SourceKit's threads live as long as the process.
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return dlerror();
#define LOOK_UP(name) \
  if (!look_up(library, #name, &functions->name)) return missing
  LOOK_UP(initialize);
  LOOK_UP(uid_get_from_cstr);
  LOOK_UP(uid_get_string_ptr);
  LOOK_UP(request_dictionary_create);
  LOOK_UP(request_dictionary_set_value);
  LOOK_UP(request_dictionary_set_stringbuf);
  LOOK_UP(request_dictionary_set_int64);
  LOOK_UP(request_dictionary_set_uid);
  LOOK_UP(request_array_create);
  LOOK_UP(request_array_set_stringbuf);
  LOOK_UP(request_release);
  LOOK_UP(send_request_sync);
  LOOK_UP(response_is_error);
  LOOK_UP(response_get_value);
  LOOK_UP(response_dispose);
  LOOK_UP(variant_get_type);
  LOOK_UP(variant_dictionary_get_value);
  LOOK_UP(variant_array_get_count);
  LOOK_UP(variant_array_get_value);
  LOOK_UP(variant_int64_get_value);
  LOOK_UP(variant_bool_get_value);
  LOOK_UP(variant_string_get_length);
  LOOK_UP(variant_string_get_ptr);
  LOOK_UP(variant_uid_get_value);
#undef LOOK_UP
  return NULL;
}
