import Foundation
import Session
import Testing

@Suite struct CommandTableTests {
  @Test func `names are unique and can be typed`() {
    let names = CommandTable.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names { #expect(name == "!" || name.wholeMatch(of: /[a-z]+/) != nil, "\(name)") }
  }

  @Test func `every command says how it is used and what it does`() {
    for command in CommandTable.all {
      #expect(!command.usage.isEmpty && command.summary.hasSuffix("."), "\(command.name)")
      for usage in command.usage { #expect(usage.hasPrefix("!") || usage.contains("%" + command.name), "\(usage)") }
      #expect(!command.summary.contains("|"), "it would break the table: \(command.summary)")
    }
  }

  @Test(arguments: [
    ("tiem", "time"), ("tme", "time"), ("histroy", "history"), ("bsh", "bash"), ("rest", "reset"), ("Help", "help"),
    ("packages", "package"),
  ])
  func `a typing error has a nearest name`(typed: String, meant: String) {
    #expect(CommandTable.nearest(to: typed) == meant)
  }

  @Test(arguments: ["matplotlib", "x", "lsmagic", "nope"]) func `what is far from every name has none`(typed: String) {
    #expect(CommandTable.nearest(to: typed) == nil)
  }

  @Test func `the page in the documentation is the table`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("Documentation/Commands.md")
    var page = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(page.range(of: "| Command |")).lowerBound
    if ProcessInfo.processInfo.environment["MARTLET_WRITE_PAGES"] != nil {
      page = page[..<start] + CommandHelp.page
      try page.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(
      page.suffix(from: page.range(of: "| Command |")!.lowerBound) == CommandHelp.page,
      "The page is written anew where MARTLET_WRITE_PAGES is set for this test.")
  }
}
