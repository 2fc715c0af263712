// Lines of input, which the session asks the user for: through `readLine` of the toolkit, or, for code that reads file
// descriptor 0 by itself, through a pipe into which the answers are pushed.
#ifndef MARTLET_INPUT_H
#define MARTLET_INPUT_H

#include <stdbool.h>

#include "frame.h"
#include "martlet_runtime.h"

/// Puts the pipe behind file descriptor 0.
void input_open(void);
/// The toolkit's `readLine`. See `martlet_hooks.input`.
martlet_input_status input_ask(const char *prompt, int is_password, char **text);
/// Decodes an `inputReply` and hands it to whoever asked; nobody may be there any more.
void input_receive(frame_reader *reply);
/// Called by the watcher: asks when the cell's thread is blocked in a read of standard input.
void input_advance(bool reads_standard_input);
/// Forgets a question whose cell has ended.
void input_forget(void);

#endif
