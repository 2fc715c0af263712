// Large blocks of memory that a cell has freed are kept for its next ones.
#ifndef MARTLET_LARGE_BLOCKS_H
#define MARTLET_LARGE_BLOCKS_H

/// Hands all kept blocks back to the system.
void large_blocks_release(void);

#endif
