/// Samples that are made or read when they are asked for, one at a time: files of a folder, rows of a store, made-up sequences.
///
///     struct Scans: Dataset {
///       let paths: [String], labels: [Int]
///       var count: Int { paths.count }
///       func element(at index: Int) throws -> (x: Tensor<Float>, label: Int) {
///         (try Tensor<Float>(npy: paths[index]), labels[index])
///       }
///     }
///
/// An array is one, too. A ``DatasetLoader`` makes batches of the elements; for samples that lie in a tensor already there is
/// ``DataLoader``. (PyTorch: `torch.utils.data.Dataset`)
public protocol Dataset<Element> {
  /// A sample, with its answer where it has one.
  associatedtype Element
  /// How many samples there are.
  var count: Int { get }
  /// One of the samples.
  ///
  /// It is asked for on another thread where a loader prepares batches ahead of time, but never on two at once in one pass.
  /// Seeds that it draws depend on the loader's seed, the epoch and the batch.
  /// - Parameter index: from 0 up to, not including, ``count``.
  /// - Throws: what is wrong with this sample; who asks for the batch gets it.
  func element(at index: Int) throws -> Element
}

extension Array: Dataset {
  public func element(at index: Int) -> Element { self[index] }
}
