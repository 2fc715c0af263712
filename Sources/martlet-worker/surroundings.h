// The process's working directory and environment, which the session reads and changes between cells.
#ifndef MARTLET_SURROUNDINGS_H
#define MARTLET_SURROUNDINGS_H

#include "frame.h"

/// Makes the change that a request asks for, and answers with what is so afterwards.
void surroundings_receive(frame_reader *reader);

#endif
