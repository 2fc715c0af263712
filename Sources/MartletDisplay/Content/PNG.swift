/// A picture in PNG.
///
///     display(PNG(try Data(contentsOf: URL(fileURLWithPath: "cat.png")), width: 320))
public struct PNG: RichDisplayable, Hashable, Sendable {
  /// The file's bytes.
  public var bytes: [UInt8]
  /// The width to show it at, in CSS pixels; `nil` for its own.
  public var width: Int?
  /// The height to show it at, in CSS pixels; `nil` for its own.
  public var height: Int?

  /// Takes the bytes of a PNG file.
  public init(_ bytes: some Sequence<UInt8>, width: Int? = nil, height: Int? = nil) {
    self.bytes = Array(bytes)
    self.width = width
    self.height = height
  }

  /// The picture as `image/png`; as text, its size in bytes.
  public func displayBundle() -> DisplayBundle {
    var bundle: DisplayBundle = [.png: .data(bytes), .plainText: .text("<PNG, \(bytes.count) bytes>")]
    let size = [("width", width), ("height", height)].compactMap { name, length in length.map { "\"\(name)\": \($0)" } }
    if !size.isEmpty { bundle.metadata = [(key: MIMEType.png.rawValue, json: "{\(size.joined(separator: ", "))}")] }
    return bundle
  }
}
