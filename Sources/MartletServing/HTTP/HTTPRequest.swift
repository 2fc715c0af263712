/// A request that has come in whole.
package struct HTTPRequest {
  package let head: HTTPHead
  package let body: [UInt8]
}
