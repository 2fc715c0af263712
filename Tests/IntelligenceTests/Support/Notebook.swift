import Cells
import Foundation
import Intelligence
import Synchronization

/// Cells that have been compiled, as a session compiles them, and a service that knows them.
final class Notebook: Sendable {
  let service: IntelligenceService
  private let folder: URL
  /// The chain is used by one thread at a time.
  private let chain: Mutex<CellChain>

  init(_ cells: String..., timeLimit: Duration = .seconds(30)) throws {
    folder = Self.folder.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let toolchain = try Toolchain.find()
    let installation = try Installation.find(environment: ["MARTLET_HOME": Self.home])
    chain = Mutex(CellChain(folder: folder, toolchain: toolchain, installation: installation))
    service = IntelligenceService(executable: Self.helper, toolchain: toolchain, timeLimit: timeLimit)
    for cell in cells { try add(cell) }
  }

  /// Has another cell compiled, which the notebook knows from then on.
  func add(_ cell: String) throws {
    try chain.withLock { chain in
      if let compiled = try chain.compile(cell, number: 1) { chain.conclude(compiled) }
    }
  }

  deinit {
    service.shutdown()
    chain.withLock { $0.shutdown() }
    try? FileManager.default.removeItem(at: folder)
  }

  /// Completes at the mark `|` in some code.
  func complete(_ marked: String, limit: Int = 200) -> CompletionList {
    let (code, offset) = Self.split(marked)
    return service.complete(code: code, offset: offset, in: context(for: code, completedOffset: offset), limit: limit)
  }

  /// Inspects at the mark `|` in some code.
  func inspect(_ marked: String) -> Inspection? {
    let (code, offset) = Self.split(marked)
    return service.inspect(code: code, offset: offset, in: context(for: code))
  }

  /// The code that a completion makes of some code with a mark.
  func completed(_ marked: String, with text: String) -> String? {
    let list = complete(marked)
    guard let completion = list.completions.first(where: { $0.text == text }) else { return nil }
    var bytes = Array(Self.split(marked).code.utf8)
    bytes.replaceSubrange(list.replaced, with: completion.text.utf8)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func split(_ marked: String) -> (code: String, offset: Int) {
    let bytes = Array(marked.utf8)
    let mark = bytes.lastIndex(of: UInt8(ascii: "|"))!
    return (String(decoding: bytes[..<mark] + bytes[(mark + 1)...], as: UTF8.self), mark)
  }

  /// What a session gives.
  func context(for code: String = "", completedOffset: Int? = nil) -> CompletionContext {
    CompletionContext(chain.withLock { $0.surroundings }, code: code, completedOffset: completedOffset)
  }

  /// Where all notebooks of a test run lie. Shared ones live to the end of the process, so it is removed there.
  private static let folder: URL = {
    atexit { try? FileManager.default.removeItem(at: Notebook.folder) }
    return FileManager.default.temporaryDirectory.appendingPathComponent("martlet-intelligence-tests-\(getpid())")
  }()

  private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static let home =
    ProcessInfo.processInfo.environment["MARTLET_HOME"] ?? package.appendingPathComponent(".build/martlet").path

  /// The helper that this build made, rather than one that was staged before.
  static let helper: URL = {
    let built = package.appendingPathComponent(".build/release/martlet-intelligence")
    if FileManager.default.isExecutableFile(atPath: built.path) { return built }
    return URL(fileURLWithPath: home).appendingPathComponent("lib/martlet/martlet-intelligence")
  }()
}

extension CompletionList {
  var texts: [String] { completions.map(\.text) }
  subscript(text: String) -> Completion? { completions.first { $0.text == text } }
}

/// What the notebooks of the tests contain.
enum Samples {
  /// Earlier cells with the forms of declaration that notebooks have.
  static let geometry = """
    import Foundation
    import Martlet
    /// A point in the plane.
    struct Point {
      /// How far it is to the right.
      var x = 1.0
      var y = 2.0
      /// How far another point is.
      ///
      /// ```swift
      /// a.distance(to: b)  // <Double>
      /// ```
      /// Never negative, and 0 only where `self` is <other>; see ``Point``.
      /// - Parameters:
      ///   - other: the other point.
      ///   - scale: a factor.
      /// - Returns: the distance.
      func distance(to other: Point, scale: Double = 1) -> Double { (x - other.x) * scale }
      fileprivate var secret = 3
      static let origin = Point()
    }
    enum Color { case red, green, blue(level: Int) }
    """

  static let variables = """
    /// All the points.
    var points = [Point(), Point()]
    let maybe: Point? = Point()
    private let hiddenNumber = 5
    var _underscored = 1
    func paint(_ color: Color, at place: Point = .origin) {}
    func mean(of values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    """
}
