// The main thread: runs Foundation's main run loop (timers, the main dispatch queue) and the jobs of the main actor.
#ifndef MARTLET_MAIN_LOOP_H
#define MARTLET_MAIN_LOOP_H

/// Takes the main actor's jobs over from the Swift runtime, so that one that traps does not take the main queue with it.
void main_loop_take_over(void);
_Noreturn void main_loop_run(void);

#endif
