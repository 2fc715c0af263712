// Functions of other libraries that the worker replaces for everything it loads. They alone are exported.
#ifndef MARTLET_INTERPOSE_H
#define MARTLET_INTERPOSE_H

#define INTERPOSED __attribute__((visibility("default")))

#endif
