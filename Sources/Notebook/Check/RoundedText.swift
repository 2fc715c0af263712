import Foundation

/// Texts that are the same but for the rounding of their numbers.
///
/// Another processor adds in another order, and the sixteenth digit of a sum differs with it: a notebook that was stored
/// on one machine is not wrong on the other. Numbers agree when they differ by at most a millionth of their size (or by a
/// billionth, near zero); in drawings also by two units in their second decimal, to which coordinates are rounded.
struct RoundedText {
  /// The largest difference of two coordinates of a drawing.
  private static let coordinateTolerance = 0.0201
  private static let relativeTolerance = 1e-6
  private static let absoluteTolerance = 1e-9

  private enum Part: Equatable {
    case number(Double)
    case text([UInt8])
  }

  private let parts: [Part]
  private let isDrawing: Bool

  init(_ text: String, isDrawing: Bool) {
    let bytes = Array((isDrawing ? Self.withoutIdentifiers(text) : text).utf8)
    parts = Self.parts(of: bytes, includesWhole: isDrawing)
    self.isDrawing = isDrawing
  }

  func agrees(with other: RoundedText) -> Bool {
    parts.count == other.parts.count && zip(parts, other.parts).allSatisfy { agree($0, $1) }
  }

  private func agree(_ a: Part, _ b: Part) -> Bool {
    guard case .number(let x) = a, case .number(let y) = b else { return a == b }
    let difference = abs(x - y)
    return x == y || difference <= max(abs(x), abs(y)) * Self.relativeTolerance
      || difference <= (isDrawing ? Self.coordinateTolerance : Self.absoluteTolerance)
  }

  /// The drawing with its identifiers, which are made from its content, all alike.
  private static func withoutIdentifiers(_ text: String) -> String {
    text.replacing(#/chart-[a-z0-9]{8,16}/#, with: "chart")
  }

  /// The text cut into numbers with a point or an exponent, and what is between them. Whole numbers are text, since counts
  /// do not round; but not in drawings, where the coordinate 12.00 is written 12.
  private static func parts(of bytes: [UInt8], includesWhole: Bool) -> [Part] {
    var parts: [Part] = []
    var text: [UInt8] = []
    var place = 0
    while place < bytes.count {
      let end = numberEnd(in: bytes, from: place)
      if end > place {
        let digits = bytes[place..<end]
        let isFraction = digits.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") }
        if isFraction || includesWhole, let number = Double(String(decoding: digits, as: UTF8.self)) {
          parts += [.text(text), .number(number)]
          text = []
        } else {
          text += digits
        }
        place = end
      } else {
        text.append(bytes[place])
        place += 1
      }
    }
    return parts + [.text(text)]
  }

  /// Where the number that begins at a place ends; the place itself where none begins.
  private static func numberEnd(in bytes: [UInt8], from start: Int) -> Int {
    func isDigit(_ place: Int) -> Bool { place < bytes.count && (0x30...0x39).contains(bytes[place]) }
    var end = start
    if end < bytes.count, bytes[end] == UInt8(ascii: "-") { end += 1 }
    guard isDigit(end) else { return start }
    while isDigit(end) { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: "."), isDigit(end + 1) {
      end += 1
      while isDigit(end) { end += 1 }
    }
    if end < bytes.count, bytes[end] == UInt8(ascii: "e") {
      let signed = end + 1 < bytes.count && (bytes[end + 1] == UInt8(ascii: "-") || bytes[end + 1] == UInt8(ascii: "+"))
      let digits = signed ? end + 2 : end + 1
      if isDigit(digits) {
        end = digits
        while isDigit(end) { end += 1 }
      }
    }
    return end
  }
}
