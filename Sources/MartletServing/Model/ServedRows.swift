import MartletFrames
import MartletModels
import MartletNumerics

/// Rows that a model is asked about, checked field by field.
struct ServedRows {
  /// Something that a client did wrong, and where.
  struct Problem: Equatable {
    let row: Int
    let field: String
    let message: String
  }

  let features: [ServedFeature]
  /// A value for each row and feature, in that order.
  let values: [[JSONTree]]
  /// Whether one row was sent alone, and one answer is expected.
  let isSingle: Bool

  /// No more problems than these are told at once.
  static let mostProblems = 20

  /// The columns as models take them that were fitted to tables.
  var frame: DataFrame {
    TableNames.frame(features.indices.map { place in features[place].column(values.map { $0[place] }) })
  }

  /// The rows as models take them that were fitted to matrices.
  var matrix: Matrix {
    Matrix(values.flatMap { row in row.map { $0.number ?? .nan } }, shape: [values.count, features.count])
  }
}

/// What is wrong with a request's body.
struct RowProblems: Error {
  let status: Int
  let message: String
  var problems: [ServedRows.Problem] = []

  var reply: HTTPReply {
    let list = problems.map { problem in
      JSONTree.members([
        ("row", .whole(problem.row)), ("field", .text(problem.field)), ("problem", .text(problem.message)),
      ])
    }
    let details: [(key: String, value: JSONTree)] = list.isEmpty ? [] : [("problems", .list(list))]
    return HTTPReply(JSONTree.members([("error", .text(message))] + details).json, status: status)
  }
}

/// Makes rows of JSON: of an object, a list of objects, or an object with such a list under `rows`.
struct RowReader: Sendable {
  let features: [ServedFeature]
  let mostRows: Int
  private let places: [String: Int]

  init(_ features: [ServedFeature], mostRows: Int) {
    self.features = features
    self.mostRows = mostRows
    places = Dictionary(features.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func rows(of body: [UInt8]) throws(RowProblems) -> ServedRows {
    let tree: JSONTree
    do {
      tree = try JSONTreeParser.parse(body)
    } catch { throw RowProblems(status: 400, message: "The body is not JSON. \(error.description)") }
    let isSingle: Bool
    let rows: [JSONTree]
    switch tree {
    case .list(let list): (rows, isSingle) = (list, false)
    case .members(let members):
      if members.count == 1, members[0].key == "rows", places["rows"] == nil, let list = members[0].value.list {
        (rows, isSingle) = (list, false)
      } else {
        (rows, isSingle) = ([tree], true)
      }
    default:
      throw RowProblems(
        status: 422, message: "Expected an object with a value for each field, or a list of such objects.")
    }
    guard !rows.isEmpty, rows.count <= mostRows else {
      throw RowProblems(status: 422, message: "Expected 1 to \(mostRows) rows; found \(rows.count).")
    }
    return ServedRows(features: features, values: try values(of: rows), isSingle: isSingle)
  }

  private func values(of rows: [JSONTree]) throws(RowProblems) -> [[JSONTree]] {
    var problems: [ServedRows.Problem] = []
    var values: [[JSONTree]] = []
    values.reserveCapacity(rows.count)
    for (number, row) in rows.enumerated() where problems.count < ServedRows.mostProblems {
      guard let members = row.members else {
        problems.append(.init(row: number, field: "", message: "Expected an object; found \(row.kind)."))
        continue
      }
      values.append(read(members, number, &problems))
    }
    guard problems.isEmpty else {
      let first = problems[0]
      throw RowProblems(
        status: 422, message: first.field.isEmpty ? first.message : "'\(first.field)': \(first.message)",
        problems: Array(problems.prefix(ServedRows.mostProblems)))
    }
    return values
  }

  private func read(
    _ members: [(key: String, value: JSONTree)], _ number: Int, _ problems: inout [ServedRows.Problem]
  ) -> [JSONTree] {
    var values = [JSONTree?](repeating: nil, count: features.count)
    for (name, value) in members {
      let problem: String?
      if let place = places[name] {
        problem = values[place] == nil ? features[place].problem(value) : "Given twice."
        values[place] = value
      } else {
        problem = "There is no such field; there are \(features.map(\.name).joined(separator: ", "))."
      }
      if let problem { problems.append(.init(row: number, field: String(name.prefix(100)), message: problem)) }
    }
    for (place, value) in values.enumerated() where value == nil && !features[place].isOptional {
      problems.append(.init(row: number, field: features[place].name, message: "The field is missing."))
    }
    return values.map { $0 ?? .null }
  }
}
