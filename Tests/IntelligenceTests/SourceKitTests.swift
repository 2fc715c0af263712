import Testing

/// Everything that runs SourceKit: one test at a time, since each loads a compiler.
@Suite(.serialized) enum SourceKitTests {}
