import JSON
import Notebook
import Session
import Testing

@Suite("Tutorials")
struct TeachingTests {
  /// A lesson with a picture, a claim that holds and one that does not, and a solution.
  private var lesson: NotebookDocument {
    var document = notebook(["chart", "claims", "answer"], tags: [[], [], ["solution"]])
    document.metadata["martlet"] = ["id": "07", "minutes": 20, "before": ["06"], "figures": 1, "checks": 2]
    document.cells[0].outputs = [.result(DisplayOutput(data: ["image/svg+xml": "<svg/>"]), executionCount: 1)]
    document.cells[1].outputs = [true, false].map { holds in
      .display(DisplayOutput(data: [LessonCount.claimFormat: ["holds": .bool(holds)], "text/plain": "claim"]))
    }
    document.cells[1].executionCount = 2
    return document
  }

  @Test func frontMatterIsRead() throws {
    let front = try #require(FrontMatter(of: lesson))
    #expect(front.identifier == "07" && front.minutes == 20 && front.before == ["06"] && front.data.isEmpty)
    #expect(front.figures == 1 && front.checks == 2)
    #expect(FrontMatter(of: notebook(["a"])) == nil)
    var hostile = notebook(["a"])
    hostile.metadata["martlet"] = ["id": 7, "minutes": "x", "before": [1, "06"]]
    let read = try #require(FrontMatter(of: hostile))
    #expect(read.identifier == nil && read.minutes == nil && read.before == ["06"])
  }

  @Test func promisesAreHeld() {
    let count = LessonCount(of: lesson)
    #expect(count.figures == 1 && count.checks == 1, "a claim that does not hold does not count")
    #expect(
      count.broken(FrontMatter(of: lesson)) == ["The front matter promises 2 checks that hold; the cells have shown 1."]
    )
    #expect(count.broken(nil).isEmpty)
  }

  @Test func learnersGetNoSolutions() {
    let exercise = lesson.withoutSolutions
    #expect(exercise.cells.map(\.source) == ["chart", "claims"])
    #expect(exercise.cells.allSatisfy { $0.outputs.isEmpty && $0.executionCount == nil })
    #expect(LessonCount(of: exercise).broken(FrontMatter(of: exercise)).isEmpty, "what is left promises nothing")
  }

  @Test func solutionsAreFoldedOnPages() {
    let html = NotebookPage(lesson, name: "07").html
    #expect(html.components(separatedBy: "<details><summary>A solution</summary>").count == 2)
  }
}
