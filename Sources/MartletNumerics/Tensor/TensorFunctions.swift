import CVectorMath
import Glibc

/// The functions of glibc that take a whole vector of numbers, where they are there.
enum VectorFunctions {
  // Addresses of functions in a library that is never unloaded; written once.
  nonisolated(unsafe) static let ofDoubles = _TensorFunction.allCases.map { find("\($0)", size: 8, arguments: 1) }
  nonisolated(unsafe) static let ofFloats = _TensorFunction.allCases.map { find("\($0)f", size: 4, arguments: 1) }
  nonisolated(unsafe) static let ofTwoDoubles = _TensorFunctionOfTwo.allCases.map {
    find("\($0)", size: 8, arguments: 2)
  }
  nonisolated(unsafe) static let ofTwoFloats = _TensorFunctionOfTwo.allCases.map {
    find("\($0)f", size: 4, arguments: 2)
  }

  private static func find(_ name: String, size: Int32, arguments: Int32) -> UnsafeMutableRawPointer? {
    martlet_vector_function(name, size, arguments)
  }
}

/// The C library's functions of one and two numbers.
enum ScalarFunctions {
  static func ofDoubles(_ function: _TensorFunction) -> (Double) -> Double {
    switch function {
    case .exp: return { Glibc.exp($0) }
    case .exp2: return { Glibc.exp2($0) }
    case .expm1: return { Glibc.expm1($0) }
    case .log: return { Glibc.log($0) }
    case .log2: return { Glibc.log2($0) }
    case .log10: return { Glibc.log10($0) }
    case .log1p: return { Glibc.log1p($0) }
    case .cbrt: return { Glibc.cbrt($0) }
    case .sin: return { Glibc.sin($0) }
    case .cos: return { Glibc.cos($0) }
    case .tan: return { Glibc.tan($0) }
    case .asin: return { Glibc.asin($0) }
    case .acos: return { Glibc.acos($0) }
    case .atan: return { Glibc.atan($0) }
    case .sinh: return { Glibc.sinh($0) }
    case .cosh: return { Glibc.cosh($0) }
    case .tanh: return { Glibc.tanh($0) }
    case .asinh: return { Glibc.asinh($0) }
    case .acosh: return { Glibc.acosh($0) }
    case .atanh: return { Glibc.atanh($0) }
    case .erf: return { Glibc.erf($0) }
    case .erfc: return { Glibc.erfc($0) }
    case .sqrt: return { $0.squareRoot() }
    case .abs: return { $0.magnitude }
    case .floor: return { $0.rounded(.down) }
    case .ceil: return { $0.rounded(.up) }
    case .trunc: return { $0.rounded(.towardZero) }
    case .negate: return { -$0 }
    case .square: return { $0 * $0 }
    }
  }

  static func ofTwoDoubles(_ function: _TensorFunctionOfTwo) -> (Double, Double) -> Double {
    switch function {
    case .pow: return { Glibc.pow($0, $1) }
    case .atan2: return { Glibc.atan2($0, $1) }
    case .hypot: return { Glibc.hypot($0, $1) }
    }
  }

  /// Where no vector function is there, the double function is at least as exact.
  static func ofFloats(_ function: _TensorFunction) -> (Float) -> Float {
    let double = ofDoubles(function)
    return { Float(double(Double($0))) }
  }

  static func ofTwoFloats(_ function: _TensorFunctionOfTwo) -> (Float, Float) -> Float {
    let double = ofTwoDoubles(function)
    return { Float(double(Double($0), Double($1))) }
  }
}
