// The worker's side of the hooks that compiled cells and the toolkit call, and of Swift's own.
#ifndef MARTLET_HOOKS_H
#define MARTLET_HOOKS_H

/// Connects the loaded toolkit and the Swift runtime with the worker.
void hooks_install(void);

#endif
