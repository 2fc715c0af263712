/// A request that has come in whole.
struct HTTPRequest {
  let head: HTTPHead
  let body: [UInt8]
}
