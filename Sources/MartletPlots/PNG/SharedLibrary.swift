import Glibc

/// A library that is loaded while the program runs, and stays loaded.
struct SharedLibrary {
  private let handle: UnsafeMutableRawPointer
  private let file: String

  /// - Throws: `ChartError` with the loader's reason.
  init(_ file: String) throws(ChartError) {
    guard let handle = dlopen(file, RTLD_NOW | RTLD_LOCAL) else {
      throw ChartError(.noRasterizer(reason: dlerror().map { String(cString: $0) } ?? "\(file) cannot be loaded"))
    }
    (self.handle, self.file) = (handle, file)
  }

  /// The function of a name.
  ///
  /// - Parameter type: the function's type, as the library's header declares it.
  func function<Function>(_ name: String, as type: Function.Type) throws(ChartError) -> Function {
    guard let symbol = dlsym(handle, name) else {
      throw ChartError(.noRasterizer(reason: "\(file) has no function \(name)"))
    }
    // A C function pointer is an address, as what dlsym returns.
    return unsafeBitCast(symbol, to: type)
  }
}
