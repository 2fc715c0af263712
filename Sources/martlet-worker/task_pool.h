// The threads on which Swift Tasks run. The system's own pool would lose a thread with every Task that traps, and with the
// last of them every later `await`; here a Task that traps costs its own job and nothing else.
#ifndef MARTLET_TASK_POOL_H
#define MARTLET_TASK_POOL_H

/// Takes over from the Swift runtime's executor. Does nothing where concurrency is not loaded.
void task_pool_start(void);

#endif
