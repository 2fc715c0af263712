/// Reads a global variable where it lies.
struct VariableReader {
  let symbol: VariableSymbol
  let address: UnsafeRawPointer

  func answer(to question: _InspectionQuestion) -> [UInt8] {
    guard let type = symbol.type, Self.isCopyable(type) else { return answerWithoutValue(to: question) }
    switch question {
    case .type: return _InspectedValue(typeName: TypeName.of(type), text: "").encoded
    case .value: return Inspection.describe(value(of: type), as: type).encoded
    case .children(let path, let range):
      return _InspectedChild.encode(Inspection.children(of: value(of: type), path: path, range: range))
    case .display(let path):
      return _DisplayMessage.display(Inspection.display(value(of: type), path: path), identifier: nil).encoded()
    }
  }

  /// What is known of values that cannot be read: those of a type that cannot be copied, or that the runtime does not
  /// find by its name.
  private func answerWithoutValue(to question: _InspectionQuestion) -> [UInt8] {
    let name = symbol.type.map(TypeName.of) ?? symbol.typeText
    let text = "(a value of this type cannot be shown)"
    switch question {
    case .type: return _InspectedValue(typeName: name, text: "").encoded
    case .value: return _InspectedValue(typeName: name, text: text).encoded
    case .children: return _InspectedChild.encode([])
    case .display: return _DisplayMessage.display([.plainText: .text("\(name) \(text)")], identifier: nil).encoded()
    }
  }

  private func value(of type: Any.Type) -> Any {
    func read<Value>(_ type: Value.Type) -> Any { address.assumingMemoryBound(to: Value.self).pointee }
    return _openExistential(type, do: read)
  }

  /// Whether values of a type can be copied, which reading them does.
  private static func isCopyable(_ type: Any.Type) -> Bool {
    // One word before a type's metadata is the address of its value witnesses: eight functions, size and stride, then the
    // flags, one of which says that there is no copying.
    let metadata = unsafeBitCast(type, to: UnsafeRawPointer.self)
    let witnesses = (metadata - MemoryLayout<UnsafeRawPointer>.stride).load(as: UnsafeRawPointer.self)
    let flags = witnesses.load(fromByteOffset: 10 * MemoryLayout<UnsafeRawPointer>.stride, as: UInt32.self)
    return flags & 0x0080_0000 == 0
  }
}
