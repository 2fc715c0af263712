// Tells the session how a cell began and ended.
#ifndef MARTLET_REPORT_H
#define MARTLET_REPORT_H

#include "outcome.h"
#include "usage.h"

/// Tells the session that a cell begins: from now on what comes through the pipes is the cell's.
void report_started(uint32_t cell);
/// - used: the time that the cell's own code took, loading it not included.
void report_finished(uint32_t cell, uint32_t progress, const outcome *outcome, const usage *used);
/// A crash that is no cell's end.
void report_background_failure(const outcome *outcome);

#endif
