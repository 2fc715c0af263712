// The process groups of shell commands, which the session has started itself and cannot end once it was killed.
#ifndef MARTLET_WARDS_H
#define MARTLET_WARDS_H

#include "frame.h"

/// Takes note of a group that has begun, or that is gone.
void wards_receive(frame_reader *reader);
/// Ends them all.
void wards_end(void);

#endif
