import Foundation
import MartletDisplay
import MartletNumerics
import Testing

/// Held to Pillow: decoding exactly, resizing but for the rounding of its fixed-point arithmetic.
@Suite struct ImageTests {
  struct Reference: Decodable {
    struct Case: Decodable {
      let method: String
      let height, width: Int
      let pixels: Data
    }
    struct File: Decodable {
      let base64, pixels: Data
      let shape: [Int]
    }
    let crop, grey: Data
    let height, width: Int
    let cases: [Case]
    let veiled: Data
    let veiledCases: [Case]
    let files: [String: File]

    var image: Image { Image(Tensor<UInt8>(Array(crop), shape: [height, width, 3])) }
  }

  let reference: Reference

  init() throws { reference = try ReferenceFile.read("images") }

  @Test func filesAreDecoded() throws {
    #expect(reference.files.count == 5)
    for (name, file) in reference.files {
      let image = try Image(Array(file.base64))
      #expect(image.pixels.shape == file.shape, "\(name)")
      #expect(image.pixels.scalars == Array(file.pixels), "\(name)")
    }
  }

  @Test func resizingIsPillows() throws {
    #expect(reference.cases.count == 14)
    for test in reference.cases {
      let method = try #require(Resampling(rawValue: test.method))
      let resized = reference.image.resized(height: test.height, width: test.width, method: method)
      #expect(resized.pixels.shape == [test.height, test.width, 3])
      let apart = zip(resized.pixels.scalars, test.pixels).map { abs(Int($0) - Int($1)) }
      #expect(apart.max() ?? 9 <= 1, "\(test.method) to \(test.height) × \(test.width)")
      #expect(apart.count { $0 > 0 } <= apart.count / 20, "\(test.method) to \(test.height) × \(test.width)")
    }
    let same = reference.image.resized(height: 48, width: 64, method: .bicubic)
    #expect(same == reference.image, "the same size changes nothing")
  }

  @Test func opacityWeighsColoursAsPillowsDoes() throws {
    let veiled = Image(Tensor<UInt8>(Array(reference.veiled), shape: [48, 64, 4]))
    #expect(reference.veiledCases.count == 8)
    for test in reference.veiledCases {
      let method = try #require(Resampling(rawValue: test.method))
      let resized = veiled.resized(height: test.height, width: test.width, method: method)
      let apart = zip(resized.pixels.scalars, test.pixels).map { abs(Int($0) - Int($1)) }
      let opacities = stride(from: 3, to: test.pixels.count, by: 4)
      #expect(opacities.allSatisfy { apart[$0] <= 1 })
      // Colours are divided by opacities again: at a low one, the next whole number is several colours away.
      for pixel in opacities where test.pixels[pixel] >= 64 {
        #expect(apart[pixel - 3..<pixel].allSatisfy { $0 <= 5 }, "\(test.method), pixel \(pixel / 4)")
      }
      #expect(apart.count { $0 > 0 } <= apart.count / 10, "\(test.method) to \(test.height) × \(test.width)")
    }
  }

  @Test func shrinkingWithoutAveragingTakesNeighbours() {
    let line = Image(Tensor<UInt8>([0, 0, 0, 255, 0, 0, 0, 255], shape: [1, 8]))
    #expect(line.resized(height: 1, width: 2, antialiases: false).pixels.scalars == [0, 0])
    #expect(line.resized(height: 1, width: 2).pixels.scalars.allSatisfy { $0 > 40 })
  }

  @Test func greyIsPillows() { #expect(reference.image.greyscale().pixels.scalars == Array(reference.grey)) }

  @Test func writingAndReadingGivesTheSame() throws {
    for channels in [1, 3, 4] {
      let bytes = (0..<5 * 7 * channels).map { UInt8(truncatingIfNeeded: $0 * 37) }
      let image = Image(Tensor<UInt8>(bytes, shape: [5, 7, channels]))
      #expect(try Image(image.png()) == image)
    }
    let photo = try Image(reference.image.jpeg(quality: 95))
    let apart = zip(photo.pixels.scalars, reference.image.pixels.scalars).map { abs(Double($0) - Double($1)) }
    #expect(apart.reduce(0, +) / Double(apart.count) < 6)
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).png").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try reference.image.write(to: file)
    #expect(try Image(contentsOf: file) == reference.image)
    #expect(throws: ImageError.self) { try reference.image.write(to: "picture.gif") }
  }

  @Test func damagedFilesAreRefused() throws {
    let png = try reference.image.png()
    let jpeg = try reference.image.jpeg()
    for bytes in [[], [1, 2, 3], Array(png.prefix(60)), Array(png.prefix(png.count / 2)), Array(jpeg.prefix(30))] {
      #expect(throws: ImageError.self) { try Image(bytes) }
    }
    #expect(throws: ImageError.self) { try Image(contentsOf: "/nowhere.png") }
    // A header that promises 2³¹ − 1 pixels on each side.
    var liar = png
    for place in 16..<24 { liar[place] = place % 4 == 0 ? 0x7F : 0xFF }
    #expect(throws: ImageError.self) { try Image(liar) }
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      for whole in [png, jpeg] {
        var bytes = whole
        for _ in 0..<4 {
          bytes[Int.random(in: 2..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
        }
        // Whatever comes of it, it is an image or an error.
        if let image = try? Image(bytes) { #expect(image.height > 0) }
      }
    }
  }

  @Test func pixelsAreMoved() {
    let image = Image(Tensor<UInt8>([1, 2, 3, 4, 5, 6], shape: [2, 3]))
    #expect(image.flippedHorizontally().pixels.scalars == [3, 2, 1, 6, 5, 4])
    #expect(image.flippedVertically().pixels.scalars == [4, 5, 6, 1, 2, 3])
    #expect(image.rotated().pixels.scalars == [3, 6, 2, 5, 1, 4] && image.rotated().height == 3)
    #expect(image.rotated(quarterTurns: -1).pixels.scalars == [4, 1, 5, 2, 6, 3])
    #expect(image.rotated(quarterTurns: 2).pixels.scalars == [6, 5, 4, 3, 2, 1])
    #expect(image.rotated(quarterTurns: 4) == image)
    #expect(image.cropped(top: 0, left: 1, height: 2, width: 2).pixels.scalars == [2, 3, 5, 6])
    #expect(image.centreCropped(height: 2, width: 1).pixels.scalars == [2, 5])
  }

  @Test func netsGetChannelsFirst() {
    let image = Image(Tensor<UInt8>([0, 51, 255, 255, 0, 102], shape: [1, 2, 3]))
    let input = image.normalized(mean: [0, 0.2, 0.5], standardDeviation: [1, 0.5, 0.25])
    #expect(input.shape == [3, 1, 2])
    for (found, expected) in zip(input.scalars, [0, 1, 0, -0.4, 2, -0.4] as [Float]) {
      #expect(abs(found - expected) < 1e-6)
    }
    #expect(abs(image.normalized().scalars[0] + 0.485 / 0.229) < 1e-5)
    #expect(Image(unit: image.unit) == image)
    #expect(Image(unit: Tensor<Double>([-1, 0.5, 2, .nan], shape: [2, 2])).pixels.scalars == [0, 128, 255, 0])
  }

  @Test func imagesShowThemselves() {
    let image = Image(Tensor<UInt8>([0, 255], shape: [1, 2]))
    #expect(image.description == "Image, 2 × 1, grey")
    guard case .data(let png)? = image.displayBundle()[.png] else { return #expect(Bool(false), "no picture") }
    #expect((try? Image(png))?.width == 128, "tiny images are shown larger")
  }
}
