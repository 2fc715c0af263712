/// What a compiled cell was made from: equal keys, equal code.
///
/// It covers the name of the cell's module; its text as it is compiled, with the number by which messages call it; the
/// arguments of the compiler; the keys of the cells that it sees, so that a change in one of them reaches all that use
/// it; and the ``CompilationSetting``.
struct CompilationKey: Hashable, Sendable {
  private let digest: Digest

  var fileName: String { digest.hexadecimal }
  fileprivate var bytes: [UInt8] { digest.bytes }

  init(
    setting: CompilationSetting, libraries: Libraries, product: CompileJob.Product, module: String, header: String,
    text: [UInt8], seen: [Int: CompilationKey]
  ) {
    var material: [UInt8] = []
    func add(_ bytes: some Collection<UInt8>) {
      // With its length before it, no two lists of parts read the same.
      material += "\(bytes.count):".utf8
      material += bytes
    }
    add(setting.fingerprint.bytes)
    add("\(product)".utf8)
    add(module.utf8)
    for argument in libraries.compilerArguments { add(argument.utf8) }
    for path in libraries.paths { add(FileStamp.text(of: path).utf8) }
    add(header.utf8)
    add(text)
    for (sequence, key) in seen.sorted(by: { $0.key < $1.key }) {
      add("\(sequence)".utf8)
      add(key.bytes)
    }
    digest = Digest(of: material)
  }
}
