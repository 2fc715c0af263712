/// What a method that groups samples has learned.
public protocol ClusterModel: FittedModel {
  /// The group of each sample of fitting, from 0; −1 for one that belongs to none.
  var labels: [Int] { get }
  /// How many groups there are.
  var clusterCount: Int { get }
}

extension ClusterModel {
  /// How many samples each group has.
  public var clusterSizes: [Int] {
    var sizes = [Int](repeating: 0, count: clusterCount)
    for label in labels where label >= 0 { sizes[label] += 1 }
    return sizes
  }
}
