// Functions of other libraries that the worker replaces for everything it loads. They alone are exported.
#ifndef MARTLET_INTERPOSE_H
#define MARTLET_INTERPOSE_H

#define INTERPOSED __attribute__((visibility("default")))

/// The function that one of ours stands in front of.
void *interpose_original(const char *name);
/// A symbol of any library that is loaded now; null where there is none.
void *interpose_symbol(const char *name);

#endif
