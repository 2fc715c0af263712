extension Chart {
  /// The same chart with a name for the colours' legend; an empty text takes the name away.
  public func colorLabel(_ text: String) -> Chart { changed { $0.color.label = text } }
  /// The same chart with a name for the sizes' legend; an empty text takes the name away.
  public func sizeLabel(_ text: String) -> Chart { changed { $0.sizeLabel = text } }
  /// The same chart with a name for the symbols' legend; an empty text takes the name away.
  public func symbolLabel(_ text: String) -> Chart { changed { $0.symbolLabel = text } }
  /// The same chart with a name for the opacities' legend; an empty text takes the name away.
  public func opacityLabel(_ text: String) -> Chart { changed { $0.opacityLabel = text } }
  /// The same chart with other colours for groups.
  public func palette(_ palette: Palette) -> Chart { changed { $0.palette = palette } }
  /// The same chart with other colours for quantities.
  public func colorRamp(_ ramp: ColorRamp) -> Chart { changed { $0.ramp = ramp } }
  /// The same chart with the quantities behind the colours on another scale.
  public func colorScale(_ kind: ScaleKind) -> Chart { changed { $0.color.kind = kind } }
  /// The same chart with the ends of its colours at those quantities; what lies beyond takes the nearer end.
  public func colorDomain(_ domain: ClosedRange<Double>) -> Chart { changed { $0.color.domain = .numbers(domain) } }
  /// The same chart with colours given to the groups in that order, and its legend too; others come after them.
  public func colorDomain(_ names: [String]) -> Chart { changed { $0.color.domain = .names(names) } }
  /// The same chart with the middle colour at that quantity and both ends equally far: for diverging ramps.
  public func colorMiddle(_ value: Double) -> Chart { changed { $0.colorMiddle = value } }
  /// The same chart with the quantities in the colours' legend written in another way.
  public func colorFormat(_ format: TickFormat) -> Chart { changed { $0.color.format = format } }
}
