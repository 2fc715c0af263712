// Traps: illegal instructions (Swift's run-time checks), bad addresses, stack overflow, division by zero, abort.
#ifndef MARTLET_TRAP_H
#define MARTLET_TRAP_H

void trap_install(void);
/// In a forked child traps end the process.
void trap_uninstall(void);
/// Ends what runs on the calling thread as the signal would; returns where that is not possible.
void trap_here(int signal, void *frame);
/// Ends a thread that is not ours with the given failure, and reports it. Does not return.
_Noreturn void trap_foreign_thread(int status, int code, const char *message);
/// Hands on the failures of threads that are not ours. Called often by the watcher.
void trap_report_foreign(void);

#endif
