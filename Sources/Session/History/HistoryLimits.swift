/// How much history is kept.
package struct HistoryLimits: Sendable {
  /// Beyond this many cells the oldest quarter is forgotten.
  package var cells = 100_000
  /// So it is beyond this many bytes in the file.
  package var bytes = 64 << 20
  /// Longer cells are not kept at all, since half a cell is worth nothing. In bytes.
  package var longestSource = 4 << 20
  /// Longer results are cut. In characters.
  package var longestOutput = 65_536

  /// The usual limits.
  package init() {}
}
