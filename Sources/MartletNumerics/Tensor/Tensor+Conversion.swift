// The same elements in another type of scalar, each by one name. Nothing is converted without being asked for.

extension Tensor where Scalar == Double {
  /// The same numbers in single precision, rounded where they need more digits.
  public var asFloat: Tensor<Float> { converted { Float($0) } }
  /// The whole parts as `Int`. Stops the cell where one does not fit, as NaN never does.
  public var asInt: Tensor<Int> { checked({ Int(exactly: $0.rounded(.towardZero)) }) }
  /// The whole parts as `Int32`. Stops the cell where one does not fit, as NaN never does.
  public var asInt32: Tensor<Int32> { checked({ Int32(exactly: $0.rounded(.towardZero)) }) }
  /// The whole parts as `UInt8`. Stops the cell where one does not fit, as NaN never does.
  public var asUInt8: Tensor<UInt8> { checked({ UInt8(exactly: $0.rounded(.towardZero)) }) }
  /// Which elements are not zero.
  public var asBool: Tensor<Bool> { self .!= 0 }
}

extension Tensor where Scalar == Float {
  /// The same numbers in double precision.
  public var asDouble: Tensor<Double> { converted { Double($0) } }
  /// The whole parts as `Int`. Stops the cell where one does not fit, as NaN never does.
  public var asInt: Tensor<Int> { checked({ Int(exactly: $0.rounded(.towardZero)) }) }
  /// The whole parts as `Int32`. Stops the cell where one does not fit, as NaN never does.
  public var asInt32: Tensor<Int32> { checked({ Int32(exactly: $0.rounded(.towardZero)) }) }
  /// The whole parts as `UInt8`. Stops the cell where one does not fit, as NaN never does.
  public var asUInt8: Tensor<UInt8> { checked({ UInt8(exactly: $0.rounded(.towardZero)) }) }
  /// Which elements are not zero.
  public var asBool: Tensor<Bool> { self .!= 0 }
}

extension Tensor where Scalar == Int {
  /// The same numbers in double precision, rounded where they need more digits.
  public var asDouble: Tensor<Double> { converted { Double($0) } }
  /// The same numbers in single precision, rounded where they need more digits.
  public var asFloat: Tensor<Float> { converted { Float($0) } }
  /// The same numbers as `Int32`. Stops the cell where one does not fit.
  public var asInt32: Tensor<Int32> { checked({ Int32(exactly: $0) }) }
  /// The same numbers as `UInt8`. Stops the cell where one does not fit.
  public var asUInt8: Tensor<UInt8> { checked({ UInt8(exactly: $0) }) }
  /// Which elements are not zero.
  public var asBool: Tensor<Bool> { self .!= 0 }
}

extension Tensor where Scalar == Int32 {
  /// The same numbers in double precision.
  public var asDouble: Tensor<Double> { converted { Double($0) } }
  /// The same numbers in single precision, rounded where they need more digits.
  public var asFloat: Tensor<Float> { converted { Float($0) } }
  /// The same numbers as `Int`.
  public var asInt: Tensor<Int> { converted { Int($0) } }
  /// The same numbers as `UInt8`. Stops the cell where one does not fit.
  public var asUInt8: Tensor<UInt8> { checked({ UInt8(exactly: $0) }) }
  /// Which elements are not zero.
  public var asBool: Tensor<Bool> { self .!= 0 }
}

extension Tensor where Scalar == UInt8 {
  /// The same numbers in double precision.
  public var asDouble: Tensor<Double> { converted { Double($0) } }
  /// The same numbers in single precision.
  public var asFloat: Tensor<Float> { converted { Float($0) } }
  /// The same numbers as `Int`.
  public var asInt: Tensor<Int> { converted { Int($0) } }
  /// The same numbers as `Int32`.
  public var asInt32: Tensor<Int32> { converted { Int32($0) } }
  /// Which elements are not zero.
  public var asBool: Tensor<Bool> { self .!= 0 }
}

extension Tensor where Scalar == Bool {
  /// One where it is true, zero where it is false.
  public var asDouble: Tensor<Double> { converted { $0 ? 1 : 0 } }
  /// One where it is true, zero where it is false.
  public var asFloat: Tensor<Float> { converted { $0 ? 1 : 0 } }
  /// One where it is true, zero where it is false.
  public var asInt: Tensor<Int> { converted { $0 ? 1 : 0 } }
  /// One where it is true, zero where it is false.
  public var asInt32: Tensor<Int32> { converted { $0 ? 1 : 0 } }
  /// One where it is true, zero where it is false.
  public var asUInt8: Tensor<UInt8> { converted { $0 ? 1 : 0 } }
}

extension Tensor {
  @inline(__always)
  private func converted<Other: TensorScalar>(_ convert: (Scalar) -> Other) -> Tensor<Other> {
    mapRows { source, target, count in for i in 0..<count { target[i] = convert(source[i]) } }
  }

  @inline(__always)
  private func checked<Other: TensorScalar>(_ convert: (Scalar) -> Other?) -> Tensor<Other> {
    map { element in
      guard let converted = convert(element) else {
        fatalError("\(element) does not fit \(Other.self); the tensor of \(Scalar.self) has shape \(shape).")
      }
      return converted
    }
  }
}
