import Foundation
import MartletText
import Testing

@Suite struct AnswerTests {
  static let documents = [
    "The martlet is a small bird without feet. It never lands. In heraldry it stands for the fourth son.",
    "Swift compiles to machine code. The kernel runs cells in a worker process. A trap ends the cell, not the session.",
    "Rivers carry sand to the sea. Deltas grow where the current slows.",
  ]

  @Test func chunksOverlapInSentences() throws {
    let chunks = try TextChunker(length: 12, overlap: 4).chunks(of: Self.documents)
    #expect(chunks.map(\.document) == [0, 0, 1, 1, 1, 2])
    #expect(chunks[0].text == "The martlet is a small bird without feet. It never lands.")
    #expect(chunks[1].text == "It never lands. In heraldry it stands for the fourth son.")
    for chunk in chunks {
      #expect(
        String(String.UnicodeScalarView(Array(Self.documents[chunk.document].unicodeScalars)[chunk.range]))
          == chunk.text)
    }
    let long = try TextChunker(length: 3, overlap: 0).chunks(of: ["one two three four five six seven"])
    #expect(long.map(\.text) == ["one two three", "four five six", "seven"])
    #expect(try TextChunker().chunks(of: ["", "  \n "]).isEmpty)
    #expect(throws: RetrievalError.self) { try TextChunker(length: 3, overlap: 3).chunks(of: []) }
  }

  @Test func passagesAreFoundAndQuoted() throws {
    let retriever = try DocumentRetriever(Self.documents, chunker: TextChunker(length: 20, overlap: 0))
    let passages = try retriever.passages(for: "Where does a trap end?", count: 2)
    #expect(passages.first?.chunk.document == 1)
    let prompt = CitedPrompt().text(question: "Where does a trap end?", passages: passages)
    #expect(prompt.contains("[1] A trap ends") && prompt.hasSuffix("Answer:"))
  }

  @Test func answersAreHeldToTheirPassages() throws {
    let retriever = try DocumentRetriever(Self.documents, chunker: TextChunker(length: 50, overlap: 0))
    let passages = try retriever.passages(for: "martlet bird heraldry", count: 1)
    let good = AnswerCheck(
      "The martlet is a small bird without feet [1]. It stands for the fourth son. [1]", passages: passages)
    #expect(good.faithfulness == 1 && good.sentences.map(\.citations) == [[1], [1]] && good.unknownCitations.isEmpty)
    let bad = AnswerCheck("Penguins swim underwater quickly [1]. See [7].", passages: passages)
    #expect(bad.sentences[0].support == 0 && bad.unknownCitations == [7])
    #expect(AnswerCheck("", passages: passages).faithfulness == 1)
  }

  /// Questions about Martlet, and the page of its documentation that answers them.
  static let questions = [
    ("Which library reads PNG and JPEG pictures?", "images-by-libpng-and-turbojpeg"),
    ("How does an interrupt end a loop that is running?", "interrupts-are-polls"),
    ("Who multiplies matrices?", "openblas"), ("Why is there no code generated from protobuf?", "protobuf-by-a-reader"),
    ("Are the compiler's warnings shown below a cell?", "warnings"),
    ("What signs the messages between client and kernel?", "zeromq-and-libsodium"),
    ("How does the prompt in a terminal edit lines?", "line-editing"),
    ("Are variables kept when a cell traps?", "traps-keep-stores"),
    ("Why is every cell a module?", "cells-are-modules"),
    ("Where are the files of an installation?", "staging-layout"),
    ("Does a new process run for each kernel's cells?", "worker-process"),
    ("What is torch.nn.Linear called here?", "PyTorch"), ("How do I write train_test_split?", "scikit-learn"),
    ("How do I group rows as groupby of pandas does?", "pandas"), ("What is np.linspace here?", "NumPy"),
  ]

  /// The page is among the first five passages for at least four of five questions, by words alone.
  @Test func ourOwnPagesAnswer() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Documentation")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
    let pages = try #require(files).filter { $0.pathExtension == "md" }.sorted { $0.path < $1.path }
    let retriever = try DocumentRetriever(try pages.map { try String(contentsOf: $0, encoding: .utf8) })
    #expect(pages.count > 25)
    let missed = try Self.questions.filter { question, page in
      let passages = try retriever.passages(for: question, count: 5)
      return !passages.contains { pages[$0.chunk.document].lastPathComponent.hasPrefix(page) }
    }
    print("recall among five: \(Self.questions.count - missed.count) of \(Self.questions.count); missed \(missed)")
    #expect(missed.count * 5 <= Self.questions.count)
  }
}
