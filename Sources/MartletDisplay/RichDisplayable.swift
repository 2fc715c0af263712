/// A value that says how it looks in a notebook.
///
/// Adopt it to give a type of your own a picture, a table or a formula; a frontend picks the richest format it can
/// show, and a terminal shows the plain text.
///
///     struct Swatch: RichDisplayable {
///       var colour: String
///       func displayBundle() -> DisplayBundle {
///         [.plainText: .text(colour), .svg: .text("<svg …/>")]
///       }
///     }
public protocol RichDisplayable {
  /// The same value in every format it can be shown in. A missing `text/plain` is filled in with the value's
  /// description.
  func displayBundle() -> DisplayBundle
}
