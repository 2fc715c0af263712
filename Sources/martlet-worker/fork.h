// A cell may fork. The child has only the thread that forked: it runs the rest of the cell, says nothing to the session,
// and leaves when the cell ends.
#ifndef MARTLET_FORK_H
#define MARTLET_FORK_H

#include <stdbool.h>

void fork_watch(void);
/// Whether this process is such a child.
bool fork_is_child(void);
_Noreturn void fork_leave_child(int code);

#endif
