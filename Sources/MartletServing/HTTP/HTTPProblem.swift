/// Why a request gets no answer, and the status that says so.
struct HTTPProblem: Error, Equatable {
  let status: Int
  let message: String

  init(_ status: Int, _ message: String) {
    self.status = status
    self.message = message
  }
}
