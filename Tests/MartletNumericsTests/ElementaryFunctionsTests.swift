import MartletNumerics
import Testing

/// This file must not import Foundation itself: it stands for a cell that imports only Martlet.
@Suite struct ElementaryFunctionsTests {
  @Test func literalsAreDoubles() {
    #expect(exp(1) == 2.718281828459045)
    #expect(pow(1.1, 5) == 1.6105100000000006)
    #expect(pow(2, Tensor<Double>([0, 1, 10])) == Tensor<Double>([1, 2, 1024]))
    #expect(hypot(3, 4) == 5)
    #expect(sqrt(2) == 1.4142135623730951)
    #expect(pow(2.0, 0.5) == 1.4142135623730951)
    #expect(atan2(1, 1) == Double.pi / 4)
    #expect(type(of: pow(2, 3)) == Double.self)
    #expect(pow(2, 1 / 2) == sqrt(2))
  }

  @Test func otherTypesStillFindTheirOwn() {
    #expect(exp(Float(1)) == 2.7182817)
    #expect(type(of: exp(CGFloat(1))) == CGFloat.self)
    #expect(pow(Decimal(2), 10) == Decimal(1024))
    let angle: Float = sin(0)
    #expect(angle == 0)
    #expect([0.0, 1.0].map(exp)[0] == 1)
  }

  @Test func tensorsToo() {
    // A tensor's functions come from the vector library, which may differ in the last digit.
    #expect(agree(exp(Matrix([0, 1])).scalars, [1, exp(1)], within: 1e-15))
    #expect(sqrt(Matrix([4, 9])).scalars == [2, 3])
  }
}
