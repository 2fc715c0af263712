/// A rectangle on the picture, in pixels from its top left corner.
struct Box: Sendable, Hashable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double
  var width: Double { right - left }
  var height: Double { bottom - top }
  var middleX: Double { (left + right) / 2 }
  var middleY: Double { (top + bottom) / 2 }
}
