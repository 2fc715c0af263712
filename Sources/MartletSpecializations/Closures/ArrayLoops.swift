// The loops over arrays. They read the elements in place, which the array's owner keeps alive: `_fixLifetime`.

@inlinable
public func _martletMap<Element, T, E>(
  _ source: [Element], _ transform: (Element) throws(E) -> T
) throws(E) -> [T] where E: Error {
  let count = source.count
  if count == 0 { return [] }
  defer { _fixLifetime(source) }
  let elements = source._buffer.firstElementAddress
  let (result, address) = [T]._allocateUninitialized(count)
  var i = 0
  do throws(E) {
    while i < count {
      (address + i).initialize(to: try transform(elements[i]))
      i &+= 1
    }
  } catch {
    // What has not been made is not to be destroyed.
    result._buffer.mutableCount = i
    throw error
  }
  return result
}

@inlinable
public func _martletFilter<Element>(_ source: [Element], _ isIncluded: (Element) throws -> Bool) rethrows -> [Element] {
  defer { _fixLifetime(source) }
  let (count, elements) = (source.count, source._buffer.firstElementAddress)
  var result: [Element] = []
  var i = 0
  while i < count {
    if try isIncluded(elements[i]) { result.append(elements[i]) }
    i &+= 1
  }
  return result
}

@inlinable
public func _martletCompactMap<Element, T>(_ source: [Element], _ transform: (Element) throws -> T?) rethrows -> [T] {
  defer { _fixLifetime(source) }
  let (count, elements) = (source.count, source._buffer.firstElementAddress)
  var result: [T] = []
  var i = 0
  while i < count {
    if let made = try transform(elements[i]) { result.append(made) }
    i &+= 1
  }
  return result
}

@inlinable
public func _martletReduce<Element, Result>(
  _ source: [Element], _ initialResult: Result, _ next: (Result, Element) throws -> Result
) rethrows -> Result {
  defer { _fixLifetime(source) }
  let (count, elements) = (source.count, source._buffer.firstElementAddress)
  var result = initialResult
  var i = 0
  while i < count {
    result = try next(result, elements[i])
    i &+= 1
  }
  return result
}

@inlinable
public func _martletReduce<Element, Result>(
  _ source: [Element], into initialResult: __owned Result, _ update: (inout Result, Element) throws -> Void
) rethrows -> Result {
  defer { _fixLifetime(source) }
  let (count, elements) = (source.count, source._buffer.firstElementAddress)
  var result = initialResult
  var i = 0
  while i < count {
    try update(&result, elements[i])
    i &+= 1
  }
  return result
}

@inlinable
public func _martletForEach<Element>(_ source: [Element], _ body: (Element) throws -> Void) rethrows {
  defer { _fixLifetime(source) }
  let (count, elements) = (source.count, source._buffer.firstElementAddress)
  var i = 0
  while i < count {
    try body(elements[i])
    i &+= 1
  }
}

@inlinable
public func _martletFirst<Element>(_ source: [Element], _ isFound: (Element) throws -> Bool) rethrows -> Element? {
  defer { _fixLifetime(source) }
  let (count, elements) = (source.count, source._buffer.firstElementAddress)
  var i = 0
  while i < count {
    if try isFound(elements[i]) { return elements[i] }
    i &+= 1
  }
  return nil
}

@inlinable
public func _martletContains<Element>(_ source: [Element], _ isFound: (Element) throws -> Bool) rethrows -> Bool {
  defer { _fixLifetime(source) }
  let (count, elements) = (source.count, source._buffer.firstElementAddress)
  var i = 0
  while i < count {
    if try isFound(elements[i]) { return true }
    i &+= 1
  }
  return false
}

@inlinable
public func _martletFlatMap<Element, Part: Sequence>(
  _ source: [Element], _ transform: (Element) throws -> Part
) rethrows -> [Part.Element] {
  defer { _fixLifetime(source) }
  let (count, elements) = (source.count, source._buffer.firstElementAddress)
  var result: [Part.Element] = []
  var i = 0
  while i < count {
    _martletAdd(try transform(elements[i]), to: &result)
    i &+= 1
  }
  return result
}
