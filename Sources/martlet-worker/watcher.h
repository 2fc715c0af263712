// One thread that looks after the running cell every few milliseconds: output that waits in a buffer, a blocked read of
// standard input, an interrupt to be pushed through, crashes on threads that are not ours.
#ifndef MARTLET_WATCHER_H
#define MARTLET_WATCHER_H

void watcher_start(void);
/// Makes the watcher look now. Safe in a signal handler.
void watcher_wake(void);

#endif
