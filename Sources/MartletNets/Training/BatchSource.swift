/// Where a ``Trainer`` gets its batches from, epoch by epoch: a ``DataLoader`` or a ``DatasetLoader``.
///
/// Write your own for batches that come from elsewhere, by handing one of these on.
public protocol BatchSource<Content>: Sendable {
  /// What a batch is for the loss.
  associatedtype Content: Sendable
  /// What may go wrong while a batch is made; `Never` for nothing.
  associatedtype Failure: Error
  /// How many batches an epoch has.
  var batchCount: Int { get }
  /// The batches of one pass over the samples; the same ones each time for the same number.
  func epoch(_ number: Int) -> BatchIterator<Content, Failure>
}
