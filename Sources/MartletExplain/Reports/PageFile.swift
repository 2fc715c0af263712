import Foundation
import MartletModels

/// Writes pages that somebody reads elsewhere.
enum PageFile {
  /// A whole page around a piece of HTML.
  static func page(_ piece: String) -> String { "<!doctype html>\n<meta charset=\"utf-8\">\n\(piece)\n" }

  /// Writes the text of the path's ending, all of it or nothing.
  /// - Throws: ``FitError`` of kind `parameter` for another ending, or when the file cannot be written.
  static func write(to path: String, _ texts: [String: String]) throws(FitError) {
    guard let text = texts[(path as NSString).pathExtension.lowercased()] else {
      let endings = texts.keys.sorted(by: >).map { ".\($0)" }.joined(separator: " or ")
      throw FitError(
        .parameter, expected: "a path that ends with \(endings)", found: "'\(path)'", advice: "Change the ending.")
    }
    do {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      throw FitError(
        .parameter, expected: "a path that can be written", found: "'\(path)': \(error.localizedDescription)",
        advice: "Check the folder.")
    }
  }
}
