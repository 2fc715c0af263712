import Foundation
import Notebook

/// `martlet gallery`: notebooks as a static site.
struct GalleryCommand {
  private let options: GalleryOptions

  init(_ options: GalleryOptions) { self.options = options }

  func run() throws -> Int32 {
    let notebooks = options.notebooks.map { URL(fileURLWithPath: $0).standardizedFileURL }
    let gallery = try Gallery(title: options.title, notebooks: notebooks)
    let index = try gallery.write(to: URL(fileURLWithPath: options.output).standardizedFileURL)
    Console.standardOutput.write("Wrote \(index.path)\n")
    return 0
  }
}
