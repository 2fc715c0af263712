// Tells the session how a cell ended.
#ifndef MARTLET_REPORT_H
#define MARTLET_REPORT_H

#include "outcome.h"

void report_finished(uint32_t cell, uint32_t progress, const outcome *outcome);
/// A crash that is no cell's end.
void report_background_failure(const outcome *outcome);

#endif
