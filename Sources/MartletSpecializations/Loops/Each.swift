// The rewriter puts `_martletEach` around what a `for` runs through, where it is a name or a call that can mean one thing only.

@_transparent
public func _martletEach<Element>(_ array: [Element]) -> _ArrayElements<Element> { _ArrayElements(array) }

@_transparent
public func _martletEach<Element>(_ elements: EnumeratedSequence<[Element]>) -> _NumberedElements<Element> {
  _NumberedElements(elements._base)
}

@_transparent
public func _martletEach<First, Second>(_ pairs: Zip2Sequence<[First], [Second]>) -> _PairedElements<First, Second> {
  _PairedElements(pairs._sequence1, pairs._sequence2)
}

@_transparent
public func _martletEach(_ range: Range<Int>) -> _WholeNumbers {
  _WholeNumbers(from: range.lowerBound, to: range.upperBound)
}

@_transparent
public func _martletEach(_ range: ClosedRange<Int>) -> _WholeNumbersThrough {
  _WholeNumbersThrough(from: range.lowerBound, through: range.upperBound)
}

@_transparent
public func _martletEach<Bound: FixedWidthInteger>(_ range: Range<Bound>) -> _Numbers<Bound> {
  _Numbers(from: range.lowerBound, to: range.upperBound)
}

@_transparent
public func _martletEach<Bound: FixedWidthInteger>(_ range: ClosedRange<Bound>) -> _NumbersThrough<Bound> {
  _NumbersThrough(from: range.lowerBound, through: range.upperBound)
}

/// Any other sequence is what it is.
@_transparent
@_disfavoredOverload
public func _martletEach<Source: Sequence>(_ source: Source) -> Source { source }
