import Foundation
import Notebook

/// Bytes that may be a notebook. What is accepted can be written, read again and shown as a page.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzNotebooks(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Data(UnsafeBufferPointer(start: start, count: count))
  guard let document = try? NotebookReader().read(bytes) else { return 0 }
  let written = NotebookWriter().text(of: document)
  guard let again = try? NotebookReader().read(Data(written.utf8)) else {
    fatalError("what was written cannot be read:\n\(written)")
  }
  guard NotebookWriter().text(of: again) == written else { fatalError("written twice it is another") }
  let page = NotebookPage(document, name: "fuzz").html
  // The page has scripts of its own at most; nothing of the notebook becomes one.
  guard !page.lowercased().contains("<script src") else { fatalError("the page loads a script") }
  return 0
}
