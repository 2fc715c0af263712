import Foundation

/// The bytes of a CSV text, with a line break and room after them so that words can be read beyond the end.
final class CSVBytes {
  let start: UnsafeMutablePointer<UInt8>
  let count: Int

  /// How many bytes after the end may be read.
  static let padding = 64

  init(count: Int) {
    self.count = count
    start = .allocate(capacity: count + Self.padding)
    LargePages.ask(start, count)
    (start + count).initialize(repeating: 0, count: Self.padding)
    start[count] = 10
  }

  deinit { start.deallocate() }

  convenience init(_ data: Data) {
    self.init(count: data.count)
    data.copyBytes(to: start, count: data.count)
  }

  convenience init(_ text: String) {
    var text = text
    self.init(count: text.utf8.count)
    text.withUTF8 { if let from = $0.baseAddress { memcpy(start, from, count) } }
  }

  /// Reads a file, parts of it at the same time. What cannot be sought in, such as a pipe, is read in order.
  convenience init(file path: String) throws(CSVError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Self.unreadable(path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Self.unreadable(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      guard let data = try? FileHandle(fileDescriptor: file, closeOnDealloc: false).readToEnd() ?? Data() else {
        throw Self.unreadable(path)
      }
      self.init(data)
      return
    }
    self.init(count: Int(status.st_size))
    let piece = 4 << 20
    let pieces = (count + piece - 1) / piece
    var failures = [Bool](repeating: false, count: pieces)
    failures.withMutablePointer { failures in
      Parallel.perform(pieces) { index in
        var place = index * piece
        let end = min(place + piece, count)
        while place < end {
          let read = pread(file, start + place, end - place, off_t(place))
          if read <= 0 {
            if read < 0 && errno == EINTR { continue }
            failures[index] = true
            return
          }
          place += read
        }
      }
    }
    if failures.contains(true) {
      throw CSVError(.unreadable, "'\(path)' could not be read to its end; it may have become shorter meanwhile.")
    }
  }

  private static func unreadable(_ path: String) -> CSVError {
    CSVError(.unreadable, "'\(path)' cannot be read: \(String(cString: strerror(errno))).")
  }

  /// The line, counted from 1, on which a byte is.
  func line(of position: Int) -> Int {
    var line = 1
    var place = 0
    while place < position {
      if start[place] == 10 || (start[place] == 13 && start[place + 1] != 10) { line += 1 }
      place += 1
    }
    return line
  }
}
