import CImages
import Foundation

extension Image {
  /// Reads a PNG or JPEG file, whichever its first bytes say it is.
  ///
  /// 16 bits a channel become 8; palettes become colours.
  /// - Throws: ``ImageError`` for a file that cannot be read, is neither, is damaged, or has more than 200 million pixels.
  public init(contentsOf path: String) throws(ImageError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw ImageError(path, "the file cannot be read (\(error.localizedDescription)).")
    }
    try self.init(decoding: Array(data), name: path)
  }

  /// Decodes a PNG or JPEG file's bytes.
  /// - Throws: ``ImageError``.
  public init(_ bytes: [UInt8]) throws(ImageError) { try self.init(decoding: bytes, name: "the image") }

  private init(decoding bytes: [UInt8], name: String) throws(ImageError) {
    var picture = martlet_picture()
    let isPNG = bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])
    guard isPNG || bytes.starts(with: [0xFF, 0xD8, 0xFF]) else {
      throw ImageError(name, "expected a PNG or JPEG file; it begins with \(Array(bytes.prefix(4))).")
    }
    let read = isPNG ? martlet_png_read : martlet_jpeg_read
    guard read(bytes, bytes.count, UInt64(Self.mostPixels), &picture) != 0, let pixels = picture.pixels else {
      let message = withUnsafeBytes(of: picture.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      throw ImageError(name, "the \(isPNG ? "PNG" : "JPEG") file is damaged: \(message).")
    }
    defer { free(pixels) }
    let shape = [Int(picture.height), Int(picture.width), Int(picture.channels)]
    let scalars = Array(UnsafeBufferPointer(start: pixels, count: shape.reduce(1, *)))
    self.init(Tensor<UInt8>(scalars, shape: shape))
  }

  /// The image as the bytes of a PNG file, without loss.
  /// - Throws: ``ImageError`` when there is no memory for it.
  public func png() throws(ImageError) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>?
    let count = martlet_png_write(pixels.scalars, UInt32(width), UInt32(height), UInt32(channels), &bytes)
    guard count > 0, let bytes else { throw ImageError(description, "the PNG file could not be made.") }
    defer { free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// The image as the bytes of a JPEG file: small, with losses. Opacity is left out.
  /// - Parameter quality: from 1 to 100; default 90.
  /// - Throws: ``ImageError`` when it has too many pixels for JPEG (65,500 on a side).
  public func jpeg(quality: Int = 90) throws(ImageError) -> [UInt8] {
    let opaque = channels == 4 ? withoutOpacity : self
    var bytes: UnsafeMutablePointer<UInt8>?
    let count = martlet_jpeg_write(
      opaque.pixels.scalars, Int32(width), Int32(height), Int32(opaque.channels), Int32(min(max(quality, 1), 100)),
      &bytes)
    guard count > 0, let bytes else { throw ImageError(description, "the JPEG file could not be made.") }
    defer { tjFree(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// Writes a PNG or JPEG file, as the name's ending says: `.png`, `.jpg` or `.jpeg`.
  /// - Throws: ``ImageError`` for another ending, or when the file cannot be written.
  public func write(to path: String) throws(ImageError) {
    let name = path.lowercased()
    let bytes: [UInt8]
    if name.hasSuffix(".png") {
      bytes = try png()
    } else if name.hasSuffix(".jpg") || name.hasSuffix(".jpeg") {
      bytes = try jpeg()
    } else {
      throw ImageError(path, "the name must end in .png, .jpg or .jpeg.")
    }
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw ImageError(path, "the file cannot be written (\(error.localizedDescription)).")
    }
  }
}
