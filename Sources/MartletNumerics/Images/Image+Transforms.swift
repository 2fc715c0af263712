extension Image {
  /// The part of the image that begins `top` rows down and `left` columns in.
  ///
  /// Stops the cell with a message when the part reaches beyond the image.
  public func cropped(top: Int, left: Int, height: Int, width: Int) -> Image {
    guard top >= 0, left >= 0, height > 0, width > 0, top + height <= self.height, left + width <= self.width else {
      fatalError(
        "cropped(top:left:height:width:) reaches beyond the image: \(height) × \(width) from (\(top), \(left)) of "
          + "\(self.height) × \(self.width).")
    }
    return mapped(height: height, width: width) { row, column in (top + row, left + column) }
  }

  /// The middle of the image, as models want it after ``resized(shorterSide:method:)``.
  public func centreCropped(height: Int, width: Int) -> Image {
    cropped(top: (self.height - height) / 2, left: (self.width - width) / 2, height: height, width: width)
  }

  /// The image with left and right exchanged.
  public func flippedHorizontally() -> Image {
    mapped(height: height, width: width) { row, column in (row, width - 1 - column) }
  }

  /// The image with top and bottom exchanged.
  public func flippedVertically() -> Image {
    mapped(height: height, width: width) { row, column in (height - 1 - row, column) }
  }

  /// The image turned counter-clockwise by that many right angles; negative ones turn it clockwise.
  public func rotated(quarterTurns turns: Int = 1) -> Image {
    switch ((turns % 4) + 4) % 4 {
    case 1: mapped(height: width, width: height) { row, column in (column, width - 1 - row) }
    case 2: mapped(height: height, width: width) { row, column in (height - 1 - row, width - 1 - column) }
    case 3: mapped(height: width, width: height) { row, column in (height - 1 - column, row) }
    default: self
    }
  }

  /// The image in grey: `0.299 red + 0.587 green + 0.114 blue`, the luma of ITU-R BT.601; opacity is left out.
  public func greyscale() -> Image {
    if channels == 1 { return self }
    let (old, step) = (pixels.scalars, channels)
    let grey = (0..<height * width).map { place -> UInt8 in
      let start = place * step
      let luma = 19595 * Int(old[start]) + 38470 * Int(old[start + 1]) + 7471 * Int(old[start + 2])
      return UInt8((luma + 0x8000) >> 16)
    }
    return Image(Tensor<UInt8>(grey, shape: [height, width, 1]))
  }

  /// The colours without their opacity.
  public var withoutOpacity: Image {
    guard channels == 4 else { return self }
    let old = pixels.scalars
    let colours = (0..<height * width).flatMap { old[$0 * 4..<$0 * 4 + 3] }
    return Image(Tensor<UInt8>(colours, shape: [height, width, 3]))
  }

  /// The image as a neural net takes it: `(pixel / 255 − mean) / standardDeviation` for each channel, the channels first.
  ///
  /// - Parameters:
  ///   - mean: for each channel; by default those of ImageNet for three channels, 0.5 for one.
  ///   - standardDeviation: for each channel, above 0; by default those of ImageNet for three channels, 0.5 for one.
  /// - Returns: shape `[channels, height, width]`.
  public func normalized(mean: [Float]? = nil, standardDeviation: [Float]? = nil) -> Tensor<Float> {
    let image = withoutOpacity
    let isGrey = image.channels == 1
    let mean = mean ?? (isGrey ? [0.5] : [0.485, 0.456, 0.406])
    let deviation = standardDeviation ?? (isGrey ? [0.5] : [0.229, 0.224, 0.225])
    guard mean.count == image.channels, deviation.count == image.channels else {
      fatalError(
        "normalized(mean:standardDeviation:) needs \(image.channels) numbers each: found \(mean.count) and "
          + "\(deviation.count).")
    }
    let (old, count, channels) = (image.pixels.scalars, height * width, image.channels)
    var new = [Float](repeating: 0, count: count * channels)
    for channel in 0..<channels {
      for place in 0..<count {
        new[channel * count + place] =
          (Float(old[place * channels + channel]) / 255 - mean[channel]) / deviation[channel]
      }
    }
    return Tensor(new, shape: [channels, height, width])
  }

  /// Each new pixel from a pixel of this image.
  private func mapped(height: Int, width: Int, _ source: (Int, Int) -> (row: Int, column: Int)) -> Image {
    let (old, step, oldWidth) = (pixels.scalars, channels, self.width)
    var new: [UInt8] = []
    new.reserveCapacity(height * width * step)
    for row in 0..<height {
      for column in 0..<width {
        let place = source(row, column)
        let start = (place.row * oldWidth + place.column) * step
        for channel in 0..<step { new.append(old[start + channel]) }
      }
    }
    return Image(Tensor<UInt8>(new, shape: [height, width, step]))
  }
}
