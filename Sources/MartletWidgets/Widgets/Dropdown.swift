import MartletDisplay

/// A list of options of which one is chosen.
///
///     let kernel = Dropdown(["linear", "polynomial", "radial"], label: "kernel")
///     let size = Dropdown(["small": 8, "large": 64])
public final class Dropdown<Option>: Widget, ValueWidget, LabelledWidget, DisableableWidget, @unchecked Sendable {
  // `@unchecked Sendable`: the options never change.
  /// What can be chosen.
  public let options: [Option]

  /// - Parameters:
  ///   - options: what can be chosen, at least one, shown by their descriptions.
  ///   - index: the place of the first choice, from 0. Default 0.
  ///   - label: a text in front of the list.
  public convenience init(_ options: [Option], index: Int = 0, label: String = "") {
    self.init(options, names: options.map { String(describing: $0) }, index: index, label: label)
  }

  /// - Parameters:
  ///   - options: what can be chosen, under the names that are shown; at least one.
  ///   - index: the place of the first choice, from 0. Default 0.
  ///   - label: a text in front of the list.
  public convenience init(_ options: KeyValuePairs<String, Option>, index: Int = 0, label: String = "") {
    self.init(options.map(\.value), names: options.map(\.key), index: index, label: label)
  }

  private init(_ options: [Option], names: [String], index: Int, label: String) {
    guard options.indices.contains(index) else {
      fatalError(
        options.isEmpty
          ? "A Dropdown needs at least one option."
          : "A Dropdown with \(options.count) options has no index \(index); it goes from 0 to \(options.count - 1).")
    }
    self.options = options
    var state = Self.described(label)
    state["_options_labels"] = .array(names.map { .string($0) })
    state["index"] = .integer(index)
    let indices = options.indices
    super.init(
      "Dropdown", state, style: WidgetStyle("DescriptionStyleModel"),
      accepting: [
        "index": { index, _ in
          index.integer.flatMap { indices.contains($0) ? .integer($0) : nil }
        }
      ])
  }

  /// The option chosen.
  public var value: Option { options[index] }

  /// The place of the option chosen, from 0; other numbers change nothing.
  public var index: Int {
    get { model["index"].integer ?? 0 }
    set { if options.indices.contains(newValue) { model.set("index", .integer(newValue)) } }
  }

  override var valueKey: String { "index" }

  override var plainText: String {
    let names = model["_options_labels"].array?.compactMap(\.string) ?? []
    return labelled("\(names[index]) (of \(names.joined(separator: ", ")))")
  }
}

extension Dropdown where Option: Equatable {
  /// Chooses an option; one that is not there changes nothing.
  public func select(_ option: Option) { if let index = options.firstIndex(of: option) { self.index = index } }
}
