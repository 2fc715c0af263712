#ifndef DESCENDANTS_H
#define DESCENDANTS_H

/// Asks every process that this one has started, and those that they have started, to end, whatever group they are in.
/// Processes whose parents are gone have left the family. Allocates nothing.
void descendants_end(void);

#endif
