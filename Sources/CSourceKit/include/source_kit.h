#ifndef MARTLET_SOURCE_KIT_H
#define MARTLET_SOURCE_KIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What Martlet uses of sourcekitd's C interface. The library belongs to the toolchain that is found at run time, so nothing
// is linked: `martlet_source_kit_load` looks the functions up.

/// A value inside a response; lives as long as the response.
typedef struct {
  uint64_t data[3];
} martlet_source_kit_value;

/// The kinds of value, as sourcekitd numbers them.
enum {
  MARTLET_SOURCE_KIT_NULL = 0,
  MARTLET_SOURCE_KIT_DICTIONARY = 1,
  MARTLET_SOURCE_KIT_ARRAY = 2,
  MARTLET_SOURCE_KIT_INTEGER = 3,
  MARTLET_SOURCE_KIT_STRING = 4,
  MARTLET_SOURCE_KIT_IDENTIFIER = 5,
  MARTLET_SOURCE_KIT_BOOLEAN = 6,
};

/// sourcekitd's functions, each under its own name without the prefix `sourcekitd_`.
typedef struct {
  void (*initialize)(void);
  void *(*uid_get_from_cstr)(const char *);
  const char *(*uid_get_string_ptr)(void *);

  void *(*request_dictionary_create)(void *const *keys, void *const *values, size_t count);
  void (*request_dictionary_set_value)(void *dictionary, void *key, void *value);
  void (*request_dictionary_set_stringbuf)(void *dictionary, void *key, const char *text, size_t length);
  void (*request_dictionary_set_int64)(void *dictionary, void *key, int64_t value);
  void (*request_dictionary_set_uid)(void *dictionary, void *key, void *identifier);
  void *(*request_array_create)(void *const *values, size_t count);
  void (*request_array_set_stringbuf)(void *array, size_t index, const char *text, size_t length);
  void (*request_release)(void *request);

  void *(*send_request_sync)(void *request);
  bool (*response_is_error)(void *response);
  martlet_source_kit_value (*response_get_value)(void *response);
  void (*response_dispose)(void *response);

  int (*variant_get_type)(martlet_source_kit_value);
  martlet_source_kit_value (*variant_dictionary_get_value)(martlet_source_kit_value dictionary, void *key);
  size_t (*variant_array_get_count)(martlet_source_kit_value array);
  martlet_source_kit_value (*variant_array_get_value)(martlet_source_kit_value array, size_t index);
  int64_t (*variant_int64_get_value)(martlet_source_kit_value);
  bool (*variant_bool_get_value)(martlet_source_kit_value);
  size_t (*variant_string_get_length)(martlet_source_kit_value);
  const char *(*variant_string_get_ptr)(martlet_source_kit_value);
  void *(*variant_uid_get_value)(martlet_source_kit_value);
} martlet_source_kit;

/// Loads sourcekitd and fills in its functions.
///
/// Returns NULL, or what is wrong, in a buffer that stays valid until the next call on this thread.
const char *martlet_source_kit_load(const char *path, martlet_source_kit *functions);

#endif
