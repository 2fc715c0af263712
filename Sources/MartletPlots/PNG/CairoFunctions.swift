/// What is used of Cairo.
///
/// Functions in a library that is never unloaded have no state of their own, so that every thread may call them.
struct CairoFunctions: @unchecked Sendable {
  /// `CAIRO_FORMAT_ARGB32`.
  static let argb32: Int32 = 0

  /// `cairo_write_func_t`.
  typealias Writer = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, UInt32) -> Int32

  /// `cairo_image_surface_create`.
  let createSurface: @convention(c) (Int32, Int32, Int32) -> OpaquePointer?
  /// `cairo_surface_destroy`.
  let destroySurface: @convention(c) (OpaquePointer?) -> Void
  /// `cairo_create`.
  let createContext: @convention(c) (OpaquePointer?) -> OpaquePointer?
  /// `cairo_destroy`.
  let destroyContext: @convention(c) (OpaquePointer?) -> Void
  /// `cairo_surface_write_to_png_stream`.
  let writePNG: @convention(c) (OpaquePointer?, Writer?, UnsafeMutableRawPointer?) -> Int32

  init() throws(ChartError) {
    let library = try SharedLibrary("libcairo.so.2")
    createSurface = try library.function(
      "cairo_image_surface_create", as: (@convention(c) (Int32, Int32, Int32) -> OpaquePointer?).self)
    destroySurface = try library.function(
      "cairo_surface_destroy", as: (@convention(c) (OpaquePointer?) -> Void).self)
    createContext = try library.function(
      "cairo_create", as: (@convention(c) (OpaquePointer?) -> OpaquePointer?).self)
    destroyContext = try library.function("cairo_destroy", as: (@convention(c) (OpaquePointer?) -> Void).self)
    writePNG = try library.function(
      "cairo_surface_write_to_png_stream",
      as: (@convention(c) (OpaquePointer?, Writer?, UnsafeMutableRawPointer?) -> Int32).self)
  }
}
