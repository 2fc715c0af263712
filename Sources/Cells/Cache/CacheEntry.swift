/// A compiled cell as the cache keeps it: named parts in one file, with a digest by which damage is seen.
///
/// The file is the magic word, the digest of the rest, then for each part the length of its name, the name, the length
/// of its data and the data; lengths are four bytes, the lowest first.
struct CacheEntry {
  private(set) var parts: [(name: String, data: [UInt8])] = []

  private static let magic = Array("MartletCell1".utf8)

  init() {}

  mutating func add(_ name: String, _ data: [UInt8]) { parts.append((name, data)) }

  subscript(_ name: String) -> [UInt8]? { parts.first { $0.name == name }?.data }

  var encoded: [UInt8] {
    var body: [UInt8] = []
    for (name, data) in parts {
      body += Self.length(name.utf8.count) + name.utf8 + Self.length(data.count) + data
    }
    return Self.magic + Digest(of: body).bytes + body
  }

  /// - Parameter file: what was read; `nil` when it is not, or not quite, what was written.
  init?(_ file: [UInt8]) {
    let start = Self.magic.count + Digest.length
    guard file.count >= start, file.starts(with: Self.magic) else { return nil }
    let body = file[start...]
    guard Digest(of: body).bytes == Array(file[Self.magic.count..<start]) else { return nil }
    var rest = body
    while !rest.isEmpty {
      guard let name = Self.take(&rest), let data = Self.take(&rest) else { return nil }
      parts.append((String(decoding: name, as: UTF8.self), Array(data)))
    }
  }

  private static func length(_ count: Int) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: count >> $0) }
  }

  private static func take(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard rest.count >= 4 else { return nil }
    let count = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    rest = rest.dropFirst(4)
    guard count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
