#include "headroom.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>

typedef struct {
  int resource;
  rlim_t room;
  rlim_t before;
  bool is_taken;
} headroom;

/// A library is loaded with one descriptor; a cell's stack is address space of 256 MiB, and the library needs some, too.
static headroom rooms[] = {
    {.resource = RLIMIT_NOFILE, .room = 16},
    {.resource = RLIMIT_AS, .room = (rlim_t)384 * 1024 * 1024},
};
enum { ROOM_COUNT = sizeof rooms / sizeof rooms[0] };

void headroom_reserve(void) {
  for (size_t i = 0; i < ROOM_COUNT; i++) {
    struct rlimit limit;
    if (getrlimit(rooms[i].resource, &limit) != 0 || limit.rlim_cur != limit.rlim_max) continue;
    // Where there is hardly anything, a cell needs all of it.
    if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur < 4 * rooms[i].room) continue;
    limit.rlim_cur -= rooms[i].room;
    setrlimit(rooms[i].resource, &limit);
  }
}

void headroom_take(void) {
  for (size_t i = 0; i < ROOM_COUNT; i++) {
    struct rlimit limit;
    headroom *room = &rooms[i];
    if (room->is_taken || getrlimit(room->resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) continue;
    room->before = limit.rlim_cur;
    rlim_t possible = limit.rlim_max - limit.rlim_cur;
    limit.rlim_cur += possible < room->room ? possible : room->room;
    room->is_taken = setrlimit(room->resource, &limit) == 0;
  }
}

void headroom_return(void) {
  for (size_t i = 0; i < ROOM_COUNT; i++) {
    struct rlimit limit;
    if (!rooms[i].is_taken || getrlimit(rooms[i].resource, &limit) != 0) continue;
    rooms[i].is_taken = false;
    limit.rlim_cur = rooms[i].before;
    setrlimit(rooms[i].resource, &limit);
  }
}
