import CSourceKit

/// The toolchain's SourceKit, loaded into this process.
///
/// It holds compilers and can crash as they do, so only the helper process loads it.
final class SourceKit {
  let functions: martlet_source_kit
  /// The keys of answers with thousands of elements, looked up once.
  let keys: Keys
  private var identifiers: [String: UnsafeMutableRawPointer] = [:]

  /// - Parameter library: the path of `libsourcekitdInProc.so`.
  init(library: String) throws(SourceKitError) {
    var functions = martlet_source_kit()
    if let problem = martlet_source_kit_load(library, &functions) {
      throw SourceKitError(library: library, reason: String(cString: problem))
    }
    self.functions = functions
    functions.initialize()
    keys = Keys(functions)
    keepWhatIsRead()
  }

  /// Has SourceKit keep the modules that it has read for more than its usual hundred completions. What a completion leaves in
  /// memory is little.
  private func keepWhatIsRead() {
    let request = SourceKitRequest("configuration.global", sourceKit: self)
    request.set("completion_max_astcontext_reuse_count", 1_000)
    _ = send(request) { _ in true }
  }

  /// Has SourceKit look at modules' files again, which it otherwise believes to be as it found them, present or not.
  func forgetFiles() { _ = send(SourceKitRequest("dependency_updated", sourceKit: self)) { _ in true } }

  /// A key of an answer's dictionaries.
  struct Key {
    let identifier: UnsafeMutableRawPointer

    init(_ name: String, _ functions: martlet_source_kit) {
      // Documented to give an object for every string.
      identifier = functions.uid_get_from_cstr("key.\(name)")!
    }
  }

  /// What every proposal of a completion has.
  struct Keys {
    let kind, name, description, module, insertion, context, typeName, documentation, erased, typeRelation: Key
    let isDiscouraged: Key

    init(_ functions: martlet_source_kit) {
      let key = { Key($0, functions) }
      (kind, name, description, module) = (key("kind"), key("name"), key("description"), key("modulename"))
      (insertion, context, typeName) = (key("sourcetext"), key("context"), key("typename"))
      (documentation, erased) = (key("doc.brief"), key("num_bytes_to_erase"))
      (typeRelation, isDiscouraged) = (key("typerelation"), key("not_recommended"))
    }
  }

  /// sourcekitd's own object for a name such as `key.offset`.
  func identifier(_ name: String) -> UnsafeMutableRawPointer {
    if let known = identifiers[name] { return known }
    // Documented to give an object for every string.
    let created = functions.uid_get_from_cstr(name)!
    identifiers[name] = created
    return created
  }

  /// Sends a request and hands its answer on; `nil` when SourceKit answers with an error.
  func send<Result>(_ request: SourceKitRequest, read: (SourceKitValue) -> Result?) -> Result? {
    guard let response = functions.send_request_sync(request.dictionary) else { return nil }
    defer { functions.response_dispose(response) }
    if functions.response_is_error(response) { return nil }
    return read(SourceKitValue(sourceKit: self, value: functions.response_get_value(response)))
  }
}

/// SourceKit cannot be loaded from the toolchain.
struct SourceKitError: Error, CustomStringConvertible, Sendable {
  let library: String
  let reason: String

  var description: String { "SourceKit could not be loaded from \(library): \(reason)." }
}
