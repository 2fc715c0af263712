import Foundation

/// The functions of libpq, looked up when a PostgreSQL database is first asked for: machines without it do without.
struct PostgresLibrary: @unchecked Sendable {
  // Function addresses that never change, hence Sendable.
  typealias Connection = OpaquePointer
  typealias Result = OpaquePointer
  typealias Texts = UnsafePointer<UnsafePointer<CChar>?>

  let connect: @convention(c) (UnsafePointer<CChar>) -> Connection?
  let finish: @convention(c) (Connection?) -> Void
  let status: @convention(c) (Connection?) -> CInt
  let errorMessage: @convention(c) (Connection?) -> UnsafePointer<CChar>
  let exec:
    @convention(c) (
      Connection?, UnsafePointer<CChar>, CInt, UnsafePointer<UInt32>?, Texts?, UnsafePointer<CInt>?,
      UnsafePointer<CInt>?,
      CInt
    ) -> Result?
  let execSimple: @convention(c) (Connection?, UnsafePointer<CChar>) -> Result?
  let resultStatus: @convention(c) (Result?) -> CInt
  let clear: @convention(c) (Result?) -> Void
  let rowCount: @convention(c) (Result?) -> CInt
  let columnCount: @convention(c) (Result?) -> CInt
  let columnName: @convention(c) (Result?, CInt) -> UnsafePointer<CChar>?
  let columnType: @convention(c) (Result?, CInt) -> UInt32
  let isNull: @convention(c) (Result?, CInt, CInt) -> CInt
  let value: @convention(c) (Result?, CInt, CInt) -> UnsafePointer<CChar>
  let length: @convention(c) (Result?, CInt, CInt) -> CInt
  let putCopyData: @convention(c) (Connection?, UnsafePointer<CChar>, CInt) -> CInt
  let putCopyEnd: @convention(c) (Connection?, UnsafePointer<CChar>?) -> CInt
  let getResult: @convention(c) (Connection?) -> Result?

  /// libpq's names for what we ask of a status.
  static let connectionOK: CInt = 0
  static let commandOK: CInt = 1
  static let tuplesOK: CInt = 2
  static let copyIn: CInt = 4

  private static let loaded: PostgresLibrary? = {
    guard let handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL) else { return nil }
    return PostgresLibrary(handle)
  }()

  /// - Throws: ``DatabaseError`` of kind `connection` that says how to install libpq.
  static func load() throws(DatabaseError) -> PostgresLibrary {
    guard let loaded else {
      throw DatabaseError(
        .connection, "PostgreSQL's client library libpq.so.5 is not there. On Debian: sudo apt-get install libpq5")
    }
    return loaded
  }

  private init?(_ handle: UnsafeMutableRawPointer) {
    func function<Function>(_ name: String) -> Function? {
      // The types are those of libpq-fe.h, which has kept them since version 7.4.
      dlsym(handle, name).map { unsafeBitCast($0, to: Function.self) }
    }
    guard let connect: @convention(c) (UnsafePointer<CChar>) -> Connection? = function("PQconnectdb"),
      let finish: @convention(c) (Connection?) -> Void = function("PQfinish"),
      let status: @convention(c) (Connection?) -> CInt = function("PQstatus"),
      let errorMessage: @convention(c) (Connection?) -> UnsafePointer<CChar> = function("PQerrorMessage"),
      let exec:
        @convention(c) (
          Connection?, UnsafePointer<CChar>, CInt, UnsafePointer<UInt32>?, Texts?, UnsafePointer<CInt>?,
          UnsafePointer<CInt>?, CInt
        ) -> Result? = function("PQexecParams"),
      let execSimple: @convention(c) (Connection?, UnsafePointer<CChar>) -> Result? = function("PQexec"),
      let resultStatus: @convention(c) (Result?) -> CInt = function("PQresultStatus"),
      let clear: @convention(c) (Result?) -> Void = function("PQclear"),
      let rowCount: @convention(c) (Result?) -> CInt = function("PQntuples"),
      let columnCount: @convention(c) (Result?) -> CInt = function("PQnfields"),
      let columnName: @convention(c) (Result?, CInt) -> UnsafePointer<CChar>? = function("PQfname"),
      let columnType: @convention(c) (Result?, CInt) -> UInt32 = function("PQftype"),
      let isNull: @convention(c) (Result?, CInt, CInt) -> CInt = function("PQgetisnull"),
      let value: @convention(c) (Result?, CInt, CInt) -> UnsafePointer<CChar> = function("PQgetvalue"),
      let length: @convention(c) (Result?, CInt, CInt) -> CInt = function("PQgetlength"),
      let putCopyData: @convention(c) (Connection?, UnsafePointer<CChar>, CInt) -> CInt = function("PQputCopyData"),
      let putCopyEnd: @convention(c) (Connection?, UnsafePointer<CChar>?) -> CInt = function("PQputCopyEnd"),
      let getResult: @convention(c) (Connection?) -> Result? = function("PQgetResult")
    else { return nil }
    (self.connect, self.finish, self.status, self.errorMessage) = (connect, finish, status, errorMessage)
    (self.exec, self.execSimple, self.resultStatus, self.clear) = (exec, execSimple, resultStatus, clear)
    (self.rowCount, self.columnCount, self.columnName) = (rowCount, columnCount, columnName)
    (self.columnType, self.isNull, self.value, self.length) = (columnType, isNull, value, length)
    (self.putCopyData, self.putCopyEnd, self.getResult) = (putCopyData, putCopyEnd, getResult)
  }
}
