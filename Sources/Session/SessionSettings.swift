import Cells
import WorkerLink

/// What commands have set up and every worker of the session starts with.
struct SessionSettings: Sendable {
  /// What `%cd` chose last.
  var directory: String?
  /// Where the cells were before that.
  var previousDirectory: String?
  /// What `%env` set, in order; `nil` for what it removed.
  var variables: [(name: String, value: String?)] = []
  /// Whether cells say what the compiler warns of; `%warnings` decides.
  var showsWarnings = true
  /// What `%package` added.
  var packages: [AddedPackage] = []

  /// What cells may import because of that; a package whose files are gone does not keep the rest from running.
  var libraries: Libraries {
    packages.filter(\.record.isComplete).reduce(into: Libraries()) { $0.add($1.record) }
  }

  /// Sets a new engine up. A folder that is gone meanwhile changes nothing.
  func apply(to engine: Engine) {
    engine.chain.libraries = libraries
    if let directory { _ = engine.surroundings(.directory(directory)) }
    for (name, value) in variables { _ = engine.surroundings(.variable(name, value)) }
  }
}
