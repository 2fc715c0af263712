/// Why a request gets no answer, and the status that says so.
package struct HTTPProblem: Error, Equatable {
  package let status: Int
  package let message: String

  init(_ status: Int, _ message: String) {
    self.status = status
    self.message = message
  }
}
