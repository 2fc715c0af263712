import MartletNumerics

/// Small grey pictures side by side, such as handwritten digits.
///
///     let digits = try Datasets.digits()
///     Chart { ImageGrid(digits.images[0..<20], labels: digits.labels.prefix(20)) }
///
/// High values are drawn in the colour of text and low ones not at all: ink on paper, on light and dark backgrounds.
public struct ImageGrid: Mark {
  private let images: [[Double]]
  private let width: Int
  private let labels: (any PlotChannel)?
  private let columns: Int?
  private let range: ClosedRange<Double>?

  /// - Parameters:
  ///   - images: the pixels of each picture, row by row from the top.
  ///   - width: how many pixels make a row; every picture has the same width.
  ///   - labels: written above each picture.
  ///   - columns: how many pictures stand beside each other; default 10, or all when there are fewer.
  ///   - range: the values of paper and ink; by default the lowest and the highest of all pixels.
  public init(
    _ images: [[Double]], width: Int, labels: (any PlotChannel)? = nil, columns: Int? = nil,
    range: ClosedRange<Double>? = nil
  ) {
    (self.images, self.width, self.labels, self.columns, self.range) = (images, width, labels, columns, range)
  }

  /// Pictures of shape `[count, height, width]`, such as `digits.images`.
  public init(
    _ images: Matrix, labels: (any PlotChannel)? = nil, columns: Int? = nil, range: ClosedRange<Double>? = nil
  ) {
    guard images.rank == 3 else {
      fatalError("ImageGrid needs pictures of shape [count, height, width]: the shape is \(images.shape).")
    }
    let (scalars, size) = (images.scalars, images.shape[1] * images.shape[2])
    let pictures = (0..<images.shape[0]).map { Array(scalars[$0 * size..<($0 + 1) * size]) }
    self.init(pictures, width: images.shape[2], labels: labels, columns: columns, range: range)
  }

  /// Pictures of shape `[count, height, width]` or `[count, 1, height, width]`, as networks take them.
  public init(
    _ images: Tensor<Float>, labels: (any PlotChannel)? = nil, columns: Int? = nil, range: ClosedRange<Double>? = nil
  ) {
    let pictures = images.rank == 4 && images.shape[1] == 1 ? images[.all, 0] : images
    self.init(pictures.asDouble, labels: labels, columns: columns, range: range)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let labels = try optionalColumn(labels, in: table)?.texts
    for (index, image) in images.enumerated() where width < 1 || image.count % width != 0 {
      throw ChartError(.wrongPixels(image: index, width: width, found: image.count))
    }
    if let labels, labels.count != images.count {
      throw ChartError(.wrongLabels(what: "ImageGrid", expected: images.count, found: labels.count))
    }
    return ResolvedMark(
      ImageLayer(
        images: images, width: width, labels: labels, columns: max(1, min(columns ?? 10, images.count)), range: ink))
  }

  private var ink: ClosedRange<Double> {
    let finite = images.joined().filter(\.isFinite)
    return range ?? (finite.min() ?? 0)...(finite.max() ?? 1)
  }
}

/// One grey picture.
///
///     Chart { ImageMark(pixels, width: 28) }
///
/// High values are drawn in the colour of text, as in ``ImageGrid``.
public struct ImageMark: Mark {
  private let grid: ImageGrid

  /// - Parameters:
  ///   - pixels: the values, row by row from the top.
  ///   - width: how many pixels make a row.
  ///   - label: written above the picture.
  ///   - range: the values of paper and ink; by default the lowest and the highest pixel.
  public init(_ pixels: [Double], width: Int, label: String? = nil, range: ClosedRange<Double>? = nil) {
    grid = ImageGrid([pixels], width: width, labels: label.map { PlotColumn(categories: [$0]) }, range: range)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark { try grid.resolved(in: table) }
}
