import Session
import Testing

@Suite struct DurationTests {
  @Test(arguments: [
    (Duration.nanoseconds(0), "0 ns"), (.nanoseconds(7), "7 ns"), (.nanoseconds(999), "999 ns"),
    (.nanoseconds(1_234), "1.23 µs"), (.nanoseconds(12_345), "12.3 µs"), (.nanoseconds(123_456), "123 µs"),
    (.nanoseconds(999_600), "1 ms"), (.microseconds(1_500), "1.5 ms"), (.milliseconds(12), "12 ms"),
    (.milliseconds(1_050), "1.05 s"), (.seconds(59), "59 s"), (.seconds(125), "2 min 5 s"),
    (Duration(secondsComponent: 0, attosecondsComponent: 523_000_000), "0.52 ns"),
  ])
  func `durations have three digits and a fitting unit`(duration: Duration, text: String) {
    #expect(duration.shown == text)
  }
}
