#include <zmq.h>
// For malloc_trim, which Swift's own module of the C library does not have.
#include <malloc.h>
