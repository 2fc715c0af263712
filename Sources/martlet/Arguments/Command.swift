/// What a command line asks for.
package enum Command: Equatable, Sendable {
  case kernel(connectionFile: String)
  case run(RunOptions)
  /// Notebooks as a site.
  case gallery(GalleryOptions)
  /// Notebooks without solutions, for learners.
  case exercise(notebooks: [String], output: String)
  case repl
  case install(InstallOptions)
  case doctor
  case version
  /// Help on one command, or on all of them.
  case help(String?)

  /// The commands' names, as they are typed.
  package static let names = ["run", "gallery", "exercise", "repl", "install", "doctor", "kernel", "help"]
}

/// What `martlet run` is told.
package struct RunOptions: Equatable, Sendable {
  /// The notebooks, in the order in which they are run.
  package var notebooks: [String] = []
  /// Where the notebook with its new outputs goes; a folder when there are several.
  package var output: String?
  /// Where the page goes; a folder when there are several.
  package var html: String?
  /// The seconds a cell may take.
  package var timeout: Double?
  package var allowsErrors = false
  /// Whether outputs are compared with the stored ones.
  package var checks = false
  /// Whether the notebooks are only read, for what running them would meet.
  package var lints = false
  /// Whether the cells' metadata gets the times at which they ran.
  package var recordsTiming = false

  package init() {}
}

/// What `martlet gallery` is told.
package struct GalleryOptions: Equatable, Sendable {
  /// The notebooks, in the order of the index.
  package var notebooks: [String] = []
  /// The site's folder.
  package var output = ""
  /// The index's heading.
  package var title = "Notebooks"

  package init() {}
}

/// What `martlet install` is told.
package struct InstallOptions: Equatable, Sendable {
  /// The folder under which everybody's programs are; `nil` for this user's own place.
  package var prefix: String?
  /// The name by which Jupyter calls the kernel.
  package var name = "martlet"

  package init() {}
}
