import Glibc
import MartletNumerics

/// What a client is answered.
package struct HTTPReply {
  var status = 200
  var type = "application/json"
  var body: String
  /// More lines of the head, each with its end.
  var fields = ""

  init(_ body: String, type: String = "application/json", status: Int = 200) {
    self.body = body
    self.type = type
    self.status = status
  }

  init(_ problem: HTTPProblem) {
    self.init(JSONTree.members([("error", .text(problem.message))]).json, status: problem.status)
  }

  /// - Parameter hasBody: false in the answer to HEAD, which says how long the body would be.
  func bytes(keepsAlive: Bool, hasBody: Bool = true) -> [UInt8] {
    let head =
      "HTTP/1.1 \(status) \(Self.reason(status))\r\nDate: \(Self.date())\r\nContent-Type: \(type)\r\n"
      + "Content-Length: \(body.utf8.count)\r\nConnection: \(keepsAlive ? "keep-alive" : "close")\r\n"
      + "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\(fields)\r\n"
    return Array(head.utf8) + (hasBody ? Array(body.utf8) : [])
  }

  static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 422: "Unprocessable Content"
    case 431: "Request Header Fields Too Large"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    default: "Internal Server Error"
    }
  }

  /// The time as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
  package static func date(_ seconds: time_t = time(nil)) -> String {
    var (seconds, parts) = (seconds, tm())
    gmtime_r(&seconds, &parts)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
  }
}
