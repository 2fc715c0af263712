import MartletDisplay

/// A widget with a value that the reader can change.
public protocol ValueWidget: Widget {
  associatedtype Value
  /// The value: always the newest, whether the reader or a cell has changed it.
  var value: Value { get }
  /// Calls `handler` with the new value whenever it has changed.
  ///
  /// While a handler is busy, changes gather, and the next call has the newest value. A change that a cell makes has been
  /// heard of when the assignment returns. ``Comm`` says on which thread handlers run.
  func onChange(_ handler: @escaping (Value) -> Void)
}

extension ValueWidget {
  public func onChange(_ handler: @escaping (Value) -> Void) { model.observe(valueKey) { handler(self.value) } }
}

/// A widget that can be switched off.
public protocol DisableableWidget: Widget {}

extension DisableableWidget {
  /// Whether the reader can act on the widget. Default `true`.
  public var isEnabled: Bool {
    get { model["disabled"].bool != true }
    set { model.set("disabled", .bool(!newValue)) }
  }
}

/// A widget with a description in front of it.
public protocol LabelledWidget: Widget {}

extension LabelledWidget {
  /// The text in front of the widget.
  public var label: String {
    get { model["description"].string ?? "" }
    set { model.set("description", .string(newValue)) }
  }
}
