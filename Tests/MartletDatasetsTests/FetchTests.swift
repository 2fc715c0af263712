import Foundation
import MartletDatasets
import MartletFrames
import Testing

@Suite final class FetchTests {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-fetch-\(UUID().uuidString)").path
  let table = "a,b\n1,2\n3,4\n"
  /// By `printf 'a,b\n1,2\n3,4\n' | sha256sum`.
  let hash = "b9485148546419a0f6a85e8d708c923557c15d7f3c7d078ef1fa7f7c0f57d5a5"

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func message(_ work: () throws -> Void) -> String {
    do { try work() } catch { return "\(error)" }
    return "no error"
  }

  @Test func filesAreKeptAndNotFetchedTwice() throws {
    let server = try LocalServer(files: ["/t.csv": table])
    let path = try Datasets.fetch(server.address + "/t.csv", sha256: hash.uppercased(), folder: folder)
    #expect(try DataFrame(csv: path).shape == (2, 2))
    #expect(path.hasPrefix(folder) && path.hasSuffix("t.csv"))
    _ = try Datasets.fetch(server.address + "/t.csv", sha256: hash, folder: folder)
    #expect(server.requestCount == 1)
    // What was damaged on the disk is fetched anew.
    try Data("a,b".utf8).write(to: URL(fileURLWithPath: path))
    #expect(try DataFrame(csv: Datasets.fetch(server.address + "/t.csv", sha256: hash, folder: folder)).shape == (2, 2))
    #expect(server.requestCount == 2)
  }

  @Test func anotherFileIsNotKept() throws {
    let server = try LocalServer(files: ["/t.csv": table + "5,6\n"])
    let text = message { _ = try Datasets.fetch(server.address + "/t.csv", sha256: hash, folder: folder) }
    #expect(text.contains("is not the file that was meant") && text.contains("expected \(hash)"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test(arguments: [true, false]) func sizeIsBounded(isAnnounced: Bool) throws {
    let server = try LocalServer(
      files: ["/big": String(repeating: "x", count: 3_000_000)], announcesLength: isAnnounced)
    let text = message {
      _ = try Datasets.fetch(server.address + "/big", sha256: hash, maximumSize: 1000, folder: folder)
    }
    #expect(text.contains("at most 1000 bytes are taken"), "\(text)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test func whatCannotBeReachedIsSaid() throws {
    let server = try LocalServer(files: [:])
    let missing = message { _ = try Datasets.fetch(server.address + "/none", sha256: hash, folder: folder) }
    #expect(missing.contains("was not fetched: the server answered 404"), "\(missing)")
    let address = server.address
    server.stop()
    #expect(
      message { _ = try Datasets.fetch(address + "/t", sha256: hash, folder: folder) }.contains("was not fetched:"))
    #expect(
      message { _ = try Datasets.fetch("ftp://example.org/x", sha256: hash, folder: folder) }
        == "A file is fetched by http, https or file; 'ftp://example.org/x' is no such address.")
    #expect(
      message { _ = try Datasets.fetch("http://example.org/x", sha256: "12", folder: folder) }
        == "sha256 should be 64 hexadecimal digits; it is '12'.")
  }

  /// An address cannot lead out of the folder.
  @Test func namesAreMadeSafe() throws {
    let server = try LocalServer(files: ["/..%2F..%2Fevil;name": table])
    let path = try Datasets.fetch(server.address + "/..%2F..%2Fevil;name", sha256: hash, folder: folder)
    #expect(URL(fileURLWithPath: path).deletingLastPathComponent().path == folder)
  }
}
