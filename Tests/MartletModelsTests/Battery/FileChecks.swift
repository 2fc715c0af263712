import Foundation
import MartletModels
import MartletNumerics
import Testing

/// What every fitted model does as a file.
@Suite struct FileChecks {
  private func fitted(_ subject: BatteryCase) throws -> FittedCase {
    let (x, y) = BatteryData.samples(subject.kind)
    return try subject.fit(x, y, nil)
  }

  @Test(arguments: BatteryCase.all) func theFileAnswersLikeTheModel(_ subject: BatteryCase) throws {
    let model = try fitted(subject)
    let again = try model.decoded(model.encoded())
    #expect(try again.answers(BatteryData.fresh) == model.answers(BatteryData.fresh))
    #expect(try again.predictions(BatteryData.fresh) == model.predictions(BatteryData.fresh))
  }

  /// A file that somebody has changed is refused, or gives a model that answers or refuses; it never stops the cell.
  @Test(arguments: BatteryCase.all) func damagedFilesDoNoHarm(_ subject: BatteryCase) throws {
    let model = try fitted(subject)
    let content = try JSONSerialization.jsonObject(with: model.encoded(), options: .fragmentsAllowed)
    for damaged in JSONDamage.variants(of: content) {
      let data = try JSONSerialization.data(withJSONObject: damaged, options: .fragmentsAllowed)
      do {
        let changed = try model.decoded(data)
        _ = try changed.answers(BatteryData.fresh)
        _ = try changed.predictions(BatteryData.fresh)
      } catch {
        #expect(error is DecodingError || error is FitError, "\(error)")
      }
    }
  }
}

/// Small changes to a JSON value: a part taken away, another type, a number out of its range, an array too short.
enum JSONDamage {
  static func variants(of value: Any) -> [Any] {
    switch value {
    case let object as [String: Any]:
      object.keys.sorted().flatMap { key -> [Any] in
        let without = object.filter { $0.key != key }
        return [without]
          + variants(of: object[key] ?? NSNull()).map { with in
            object.merging([key: with]) { $1 }
          }
      }
    case let array as [Any]:
      [[Any](), Array(array.dropLast()), array + array.suffix(1), "text"]
        + places(array.count).flatMap { place in
          variants(of: array[place]).map { changed -> Any in
            var copy = array
            copy[place] = changed
            return copy
          }
        }
    default: [NSNull(), "text", -1, 0, 1_000_000, 1e300, -0.5, [Any](), [String: Any](), true]
    }
  }

  /// The ends and the middle of a long array: its elements are alike.
  private static func places(_ count: Int) -> [Int] {
    count < 4 ? Array(0..<count) : [0, count / 2, count - 1]
  }
}
