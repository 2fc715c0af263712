#ifndef HEADROOM_H
#define HEADROOM_H

// A cell may use up the file descriptors or the memory that its process is allowed. The next cell, which could give them
// back, has to be loaded nevertheless. So cells run under limits that are a little lower than those that loading and
// reporting have.

/// Lowers the limits that cannot be raised again when they are needed; call it once, before the first cell.
void headroom_reserve(void);

/// Raises the limits for what the worker itself does.
void headroom_take(void);

/// Restores the limits as they were at the last `headroom_take`; nothing without one.
void headroom_return(void);

#endif
