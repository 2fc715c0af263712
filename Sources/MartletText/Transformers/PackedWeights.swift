import CVectorMath

/// A layer that multiplies and adds, `x • weightᵀ + bias`, with its weights in the order in which products read them.
package struct PackedWeights: Sendable {
  package let inputs, outputs: Int
  /// Shape `[panels, inputs, panel width]`: some outputs' weights, input by input.
  private let panels: AlignedFloats
  /// As many as the panels have columns.
  private let bias: AlignedFloats

  /// How many outputs a panel has.
  package static let panelWidth = Int(martlet_panel_width)
  /// How many panels hold so many columns; the last one may have room left.
  static func panels(for columns: Int) -> Int { (columns + panelWidth - 1) / panelWidth }

  /// - Parameter weight: shape `[outputs, inputs]`.
  package init(weight: [Float], bias: [Float], inputs: Int, outputs: Int) {
    (self.inputs, self.outputs) = (inputs, outputs)
    let (count, width) = (Self.panels(for: outputs), Self.panelWidth)
    self.bias = AlignedFloats(count * width)
    panels = AlignedFloats(count * width * inputs)
    self.bias.start.update(from: bias, count: outputs)
    weight.withUnsafeBufferPointer { weight in
      for panel in 0..<count {
        // Not empty: a layer has inputs and outputs.
        martlet_pack_rows(
          weight.baseAddress! + panel * width * inputs, min(width, outputs - panel * width), inputs, inputs,
          panels.start + panel * width * inputs)
      }
    }
  }

  package var panelCount: Int { Self.panels(for: outputs) }

  /// The columns of one panel.
  func columns(of panel: Int) -> Range<Int> {
    panel * Self.panelWidth..<min((panel + 1) * Self.panelWidth, outputs)
  }

  /// Fills one panel's columns of `y = x • weightᵀ + bias`.
  /// - Parameters:
  ///   - x: shape `[rows, inputs]`.
  ///   - y: shape `[rows, outputs]`.
  package func multiply(
    _ x: UnsafePointer<Float>, rows: Int, panel: Int, into y: UnsafeMutablePointer<Float>
  ) {
    let columns = columns(of: panel)
    martlet_panel_product(
      x, rows, inputs, panels.start + columns.lowerBound * inputs, inputs, bias.start + columns.lowerBound,
      y + columns.lowerBound, outputs, columns.count)
  }
}
