#include "surroundings.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "link.h"

typedef enum { CHANGE_DIRECTORY = 1, SET_VARIABLE = 2, UNSET_VARIABLE = 3 } change;

extern char **environ;

/// 0, or the code of what went wrong.
static int make(change wanted, const char *name, const char *value) {
  int result = 0;
  switch (wanted) {
    case CHANGE_DIRECTORY: result = chdir(name); break;
    case SET_VARIABLE: result = setenv(name, value, 1); break;
    case UNSET_VARIABLE: result = unsetenv(name); break;
    default: break;
  }
  return result == 0 ? 0 : errno;
}

static void answer(int failure) {
  char directory[PATH_MAX];
  uint32_t count = 0;
  while (environ && environ[count]) count++;
  frame_writer writer = {0};
  frame_put_string(&writer, failure ? strerror(failure) : "");
  frame_put_string(&writer, getcwd(directory, sizeof directory) ? directory : "");
  frame_put_u32(&writer, count);
  for (uint32_t i = 0; i < count; i++) frame_put_string(&writer, environ[i]);
  // The session waits for an answer; should it not fit, an empty one says so.
  if (writer.failed) link_send(MESSAGE_SURROUNDINGS, NULL, 0, NULL, 0);
  else link_send(MESSAGE_SURROUNDINGS, writer.bytes, writer.count, NULL, 0);
  frame_free(&writer);
}

void surroundings_receive(frame_reader *reader) {
  uint8_t wanted = frame_get_u8(reader);
  char *name = frame_get_string(reader);
  char *value = frame_get_string(reader);
  answer(name && value ? make(wanted, name, value) : EINVAL);
  free(name);
  free(value);
}
