extension Image {
  /// The image in another size.
  ///
  /// - Parameters:
  ///   - height: the new height in pixels, at least 1.
  ///   - width: the new width in pixels, at least 1.
  ///   - method: how new pixels come from old ones; default bilinear.
  ///   - antialiases: whether a smaller image averages over the pixels that fall together, as Pillow and torchvision do.
  ///     Default `true`.
  /// - Complexity: O(height · width · channels · (support in rows + support in columns)).
  public func resized(
    height: Int, width: Int, method: Resampling = .bilinear, antialiases: Bool = true
  ) -> Image {
    guard height > 0, width > 0 else {
      fatalError("resized(height:width:) needs at least one pixel on each side: found \(height) × \(width).")
    }
    let columns = ResampledLine(from: self.width, to: width, method, antialiases: antialiases)
    let rows = ResampledLine(from: self.height, to: height, method, antialiases: antialiases)
    if method == .nearest { return picked(rows, columns) }
    if channels == 4 { return weighted().mixed(rows, columns).unweighted() }
    return mixed(rows, columns)
  }

  /// The image with new rows and columns. Colours are rounded in between, so the order tells: it is Pillow's.
  private func mixed(_ rows: ResampledLine, _ columns: ResampledLine) -> Image {
    let downFirst = rows.parts.count < height && columns.parts.count > width
    return downFirst ? down(rows).across(columns) : across(columns).down(rows)
  }

  /// The colours times their opacity: what cannot be seen must not colour its neighbours.
  private func weighted() -> Image {
    recoloured { colour, opacity in
      let product = colour * opacity + 128
      return (product + (product >> 8)) >> 8
    }
  }

  /// The colours that `weighted()` made of these.
  private func unweighted() -> Image {
    recoloured { colour, opacity in opacity == 0 ? colour : min(255, 255 * colour / opacity) }
  }

  private func recoloured(_ change: (_ colour: Int, _ opacity: Int) -> Int) -> Image {
    var bytes = pixels.scalars
    for pixel in stride(from: 0, to: bytes.count, by: 4) {
      let opacity = Int(bytes[pixel + 3])
      for place in pixel..<pixel + 3 { bytes[place] = UInt8(change(Int(bytes[place]), opacity)) }
    }
    return Image(Tensor<UInt8>(bytes, shape: pixels.shape))
  }

  /// The image whose shorter side is `size`, in the same proportions.
  public func resized(shorterSide size: Int, method: Resampling = .bilinear) -> Image {
    let scale = Double(size) / Double(min(height, width))
    return resized(
      height: max(1, Int((Double(height) * scale).rounded())), width: max(1, Int((Double(width) * scale).rounded())),
      method: method)
  }

  private func picked(_ rows: ResampledLine, _ columns: ResampledLine) -> Image {
    let (old, channels, oldWidth) = (pixels.scalars, channels, width)
    var new: [UInt8] = []
    new.reserveCapacity(rows.parts.count * columns.parts.count * channels)
    for row in rows.parts {
      for column in columns.parts {
        let start = (row.first * oldWidth + column.first) * channels
        new.append(contentsOf: old[start..<start + channels])
      }
    }
    return Image(Tensor<UInt8>(new, shape: [rows.parts.count, columns.parts.count, channels]))
  }

  /// The image with every row in its new width.
  private func across(_ columns: ResampledLine) -> Image {
    let (old, channels, oldWidth) = (pixels.scalars, channels, width)
    let bytes = Parallel.mapRanges(height, length: 16) { rows in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(rows.count * columns.parts.count * channels)
      for row in rows {
        for part in columns.parts {
          for channel in 0..<channels {
            var sum: Float = 0.5
            var place = (row * oldWidth + part.first) * channels + channel
            for weight in part.weights {
              sum += weight * Float(old[place])
              place += channels
            }
            bytes.append(UInt8(min(max(sum, 0), 255)))
          }
        }
      }
      return bytes
    }
    return Image(Tensor<UInt8>(bytes.flatMap(\.self), shape: [height, columns.parts.count, channels]))
  }

  /// The image with new rows, each a mixture of some old ones.
  private func down(_ rows: ResampledLine) -> Image {
    let (old, length) = (pixels.scalars, width * channels)
    let bytes = Parallel.mapRanges(rows.parts.count, length: 16) { range in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(range.count * length)
      var sum = [Float](repeating: 0, count: length)
      for row in range {
        let part = rows.parts[row]
        for place in 0..<length { sum[place] = 0.5 }
        for (offset, weight) in part.weights.enumerated() {
          let start = (part.first + offset) * length
          for place in 0..<length { sum[place] += weight * Float(old[start + place]) }
        }
        for value in sum { bytes.append(UInt8(min(max(value, 0), 255))) }
      }
      return bytes
    }
    return Image(Tensor<UInt8>(bytes.flatMap(\.self), shape: [rows.parts.count, width, channels]))
  }
}
