/// What is used of librsvg, and of the GLib below it.
///
/// Functions in a library that is never unloaded have no state of their own, so that every thread may call them.
struct RSVGFunctions: @unchecked Sendable {
  /// Where a function puts a `GError`.
  typealias Failure = UnsafeMutablePointer<UnsafeMutableRawPointer?>

  /// `rsvg_handle_new_from_data`.
  let open: @convention(c) (UnsafePointer<UInt8>?, Int, Failure?) -> OpaquePointer?
  /// `rsvg_handle_render_document`, of librsvg 2.46; the place is an `RsvgRectangle`: x, y, width and height.
  let render: @convention(c) (OpaquePointer?, OpaquePointer?, UnsafePointer<Double>?, Failure?) -> Int32
  /// `g_object_unref`.
  let release: @convention(c) (OpaquePointer?) -> Void
  /// `g_error_free`.
  let freeError: @convention(c) (UnsafeMutableRawPointer?) -> Void

  init() throws(ChartError) {
    let library = try SharedLibrary("librsvg-2.so.2")
    open = try library.function(
      "rsvg_handle_new_from_data",
      as: (@convention(c) (UnsafePointer<UInt8>?, Int, Failure?) -> OpaquePointer?).self)
    render = try library.function(
      "rsvg_handle_render_document",
      as: (@convention(c) (OpaquePointer?, OpaquePointer?, UnsafePointer<Double>?, Failure?) -> Int32).self)
    release = try SharedLibrary("libgobject-2.0.so.0").function(
      "g_object_unref", as: (@convention(c) (OpaquePointer?) -> Void).self)
    freeError = try SharedLibrary("libglib-2.0.so.0").function(
      "g_error_free", as: (@convention(c) (UnsafeMutableRawPointer?) -> Void).self)
  }

  /// The message of a `GError`, after its two numbers of four bytes; the error is freed.
  func message(of failure: UnsafeMutableRawPointer?) -> String {
    guard let failure else { return "librsvg gave no reason" }
    defer { freeError(failure) }
    let text = failure.load(fromByteOffset: 8, as: UnsafePointer<CChar>?.self)
    return text.map { String(cString: $0) } ?? "librsvg gave no reason"
  }
}
