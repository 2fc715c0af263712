import Foundation
import JSON
import Notebook
import Session
import Testing

@Suite("Reading and writing notebooks")
struct NotebookReaderTests {
  private func read(_ text: String) throws -> NotebookDocument { try NotebookReader().read(Data(text.utf8)) }

  private func error(_ text: String) -> String {
    do {
      _ = try read(text)
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  /// Laid out as Python's nbformat 5 writes it.
  static let saved = """
    {
     "cells": [
      {
       "cell_type": "markdown",
       "id": "intro",
       "metadata": {
        "vendor": {
         "deep": [
          1,
          2.5,
          null
         ]
        }
       },
       "source": [
        "# Title\\n",
        "text"
       ]
      },
      {
       "cell_type": "code",
       "execution_count": 3,
       "id": "c-1_A",
       "metadata": {
        "tags": [
         "raises-exception"
        ]
       },
       "outputs": [
        {
         "name": "stdout",
         "output_type": "stream",
         "text": [
          "a\\n",
          "é\\u001b[0m"
         ]
        },
        {
         "data": {
          "application/json": {
           "k": [
            "x"
           ]
          },
          "text/plain": [
           "2"
          ]
         },
         "execution_count": 3,
         "metadata": {},
         "output_type": "execute_result"
        },
        {
         "ename": "E",
         "evalue": "v",
         "output_type": "error",
         "traceback": [
          "t1",
          "t2"
         ]
        }
       ],
       "source": [
        "print(1)"
       ]
      }
     ],
     "metadata": {
      "kernelspec": {
       "name": "martlet"
      }
     },
     "nbformat": 4,
     "nbformat_minor": 5
    }

    """

  @Test func aSavedFileComesBackByteForByte() throws {
    #expect(NotebookWriter().text(of: try read(Self.saved)) == Self.saved)
  }

  @Test func contentIsRead() throws {
    let document = try read(Self.saved)
    #expect(document.title == "Title")
    #expect(document.cells.map(\.kind) == [.markdown, .code])
    #expect(document.cells[0].source == "# Title\ntext")
    #expect(document.cells[1].tags == ["raises-exception"])
    #expect(document.cells[1].outputs[0] == .stream(name: "stdout", text: "a\né\u{1B}[0m"))
    #expect(document.cells[1].outputs[2] == .error(name: "E", message: "v", traceback: ["t1", "t2"]))
  }

  @Test func sourceMayBeAStringOrAList() throws {
    let one =
      #"{"nbformat":4,"nbformat_minor":2,"metadata":{},"cells":[{"cell_type":"raw","metadata":{},"source":"a\nb"}]}"#
    let other =
      #"{"nbformat":4,"nbformat_minor":2,"metadata":{},"cells":[{"cell_type":"raw","metadata":{},"source":["a\n","b"]}]}"#
    #expect(try read(one) == read(other))
  }

  @Test func oldFormatsGetIdentifiersThatStayTheSame() throws {
    let text =
      #"{"nbformat":4,"nbformat_minor":0,"metadata":{},"cells":[{"cell_type":"raw","metadata":{},"source":"a"},{"cell_type":"raw","metadata":{},"source":"a"}]}"#
    let (first, second) = (try read(text), try read(text))
    #expect(first == second)
    #expect(first.cells[0].identifier != first.cells[1].identifier)
    #expect(first.cells.allSatisfy { $0.identifier.count == 8 })
  }

  @Test func invalidAndRepeatedIdentifiersAreReplaced() throws {
    let text =
      #"{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"raw","id":"x","metadata":{},"source":""},{"cell_type":"raw","id":"x","metadata":{},"source":""},{"cell_type":"raw","id":"a b","metadata":{},"source":""}]}"#
    let identifiers = try read(text).cells.map(\.identifier)
    #expect(identifiers[0] == "x")
    #expect(Set(identifiers).count == 3)
    #expect(!identifiers.contains("a b"))
  }

  @Test(arguments: [
    ("[]", "Expected an object, found a list."),
    ("{}", "nbformat: This is missing."),
    (#"{"nbformat":"4"}"#, "nbformat: Expected a whole number, found a string."),
    (#"{"nbformat":4}"#, "cells: This is missing."),
    (#"{"nbformat":4,"cells":7}"#, "cells: Expected a list, found a number."),
    (#"{"nbformat":4,"cells":[3]}"#, "cells[0]: Expected an object, found a number."),
    (#"{"nbformat":4,"cells":[{"cell_type":"code"}]}"#, "cells[0].source: This is missing."),
    (
      #"{"nbformat":4,"cells":[{"cell_type":"code","source":{"a":1}}]}"#,
      "cells[0].source: Expected a string or a list of strings, found an object."
    ),
    (
      #"{"nbformat":4,"cells":[{"cell_type":"code","source":["a",true]}]}"#,
      "cells[0].source[1]: Expected a string, found a truth value."
    ),
    (
      #"{"nbformat":4,"cells":[{"cell_type":"sql","source":""}]}"#,
      "cells[0].cell_type: 'sql' is not one of code, markdown, raw."
    ),
    (
      #"{"nbformat":4,"cells":[{"cell_type":"code","source":"","outputs":[{"output_type":"stream","name":"stdout","text":5}]}]}"#,
      "cells[0].outputs[0].text: Expected a string or a list of strings, found a number."
    ),
    (
      #"{"nbformat":4,"cells":[{"cell_type":"code","source":"","outputs":[{"output_type":"display_data","data":{"text/plain":{}}}]}]}"#,
      "cells[0].outputs[0].data[\"text/plain\"]: Expected a string or a list of strings, found an object."
    ),
    (
      #"{"nbformat":4,"cells":[{"cell_type":"code","source":"","outputs":[{"output_type":"pyout"}]}]}"#,
      "cells[0].outputs[0].output_type: 'pyout' is not one of stream, display_data, execute_result, error."
    ),
    (
      #"{"nbformat":3,"cells":[]}"#,
      "nbformat: The notebook has format 3; Martlet reads format 4. `jupyter nbconvert --to notebook` converts it."
    ),
  ])
  func whatIsWrongIsNamedWithItsPlace(text: String, message: String) {
    #expect(error(text) == message)
  }

  @Test func whatIsNotJSONIsSaidToBe() {
    #expect(error("{\"nbformat\": 4,").hasPrefix("The file is not JSON: "))
    #expect(error("").hasPrefix("The file is not JSON: "))
  }

  @Test func deepNestingEndsInAnErrorNotInACrash() {
    let text = String(repeating: "[", count: 1_000_000)
    #expect(error(text) == "Values are nested more than 200 levels deep at byte 200.")
  }

  @Test func bracketsInStringsAreNotNesting() throws {
    let source = String(repeating: "[{", count: 500) + "\\\""
    _ = try read(
      #"{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"raw","metadata":{},"source":"\#(source)"}]}"#
    )
  }

  @Test func largeFilesAreRefused() {
    var reader = NotebookReader()
    reader.sizeLimit = 10
    #expect(throws: NotebookError(.tooLarge(bytes: 11, limit: 10))) { try reader.read(Data("[          ".utf8)) }
  }

  @Test func aMissingFileIsSaidToBe() {
    #expect(throws: NotebookError(.unreadable("there is no such file."))) {
      try NotebookReader().read(contentsOf: URL(fileURLWithPath: "/nowhere/a.ipynb"))
    }
  }
}
