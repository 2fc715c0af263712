import Foundation
import MartletDisplay

/// A picture of pixels: grey, RGB or RGBA, 8 bits a channel, the first row at the top.
///
///     let photo = try Image(contentsOf: "cat.jpg")      // PNG or JPEG
///     photo                                             // shows itself
///     photo.pixels.shape                                // [427, 640, 3]
///     let input = photo.resized(height: 224, width: 224).normalized()      // [3, 224, 224], for a neural net
///
/// A value: every change gives another image.
public struct Image: Sendable, Equatable {
  /// The pixels, shape `[height, width, channels]` with 1 channel (grey), 3 (red, green, blue) or 4 (and opacity), each
  /// from 0 to 255.
  public let pixels: Tensor<UInt8>

  /// The height in pixels.
  public var height: Int { pixels.shape[0] }
  /// The width in pixels.
  public var width: Int { pixels.shape[1] }
  /// How many numbers a pixel has: 1, 3 or 4.
  public var channels: Int { pixels.shape[2] }

  /// The most pixels that a file may have: more would be gigabytes.
  static let mostPixels = 200_000_000

  /// An image of the given pixels.
  /// - Parameter pixels: shape `[height, width]` for grey, or `[height, width, channels]` with 1, 3 or 4 channels; at
  ///   least one pixel.
  public init(_ pixels: Tensor<UInt8>) {
    let shape = pixels.shape
    guard shape.count == 2 || shape.count == 3 && [1, 3, 4].contains(shape[2]), pixels.scalars.count > 0 else {
      fatalError("Image needs pixels of shape [height, width] or [height, width, 1, 3 or 4]: the shape is \(shape).")
    }
    self.pixels = shape.count == 2 ? pixels.reshaped(to: shape + [1]) : pixels
  }

  /// An image of numbers from 0 to 1, as neural nets and mathematics have them; what is outside is cut off.
  ///
  ///     Image(unit: Tensor<Double>.zeros(8, 8))      // black
  /// - Parameter unit: shape `[height, width]` or `[height, width, channels]`.
  public init<Scalar: TensorScalar & BinaryFloatingPoint>(unit values: Tensor<Scalar>) {
    let bytes = values.scalars.map { UInt8(min(max($0.isNaN ? 0 : $0, 0), 1) * 255 + 0.5) }
    self.init(Tensor<UInt8>(bytes, shape: values.shape))
  }

  /// The pixels as numbers from 0 to 1, shape `[height, width, channels]`.
  public var unit: Tensor<Float> { Tensor(pixels.scalars.map { Float($0) / 255 }, shape: pixels.shape) }
}

extension Image: RichDisplayable, CustomStringConvertible {
  /// `Image, 640 × 427, RGB`.
  public var description: String { "Image, \(width) × \(height), \([1: "grey", 3: "RGB", 4: "RGBA"][channels] ?? "")" }

  /// The picture as PNG. Tiny ones are shown larger, with square pixels.
  public func displayBundle() -> DisplayBundle {
    let shown = max(width, height) < 128 ? enlarged(128 / max(width, height)) : self
    guard let bytes = try? shown.png() else { return [.plainText: .text(description)] }
    return [.png: .data(bytes), .plainText: .text(description)]
  }

  private func enlarged(_ times: Int) -> Image {
    resized(height: height * max(1, times), width: width * max(1, times), method: .nearest)
  }
}
