import MartletDisplay
import MartletNumerics

/// Blackjack against a dealer who draws up to 17: take another card, or stop?
///
///     var game = Blackjack()
///     let hand = Blackjack.Hand(state: game.reset(seed: 42))
///     hand.playerSum
///
/// Action 0 stops, 1 takes a card. Winning earns 1, losing −1, a draw nothing. Cards come from an endless pack; an ace
/// counts 11 where that does not go over 21. (Gymnasium: `Blackjack-v1` with `sab=True`)
///
/// Reference: Sutton and Barto (2018), Reinforcement learning, example 5.1.
public struct Blackjack: TabularEnvironment, PicturedEnvironment {
  public let actionSpace = DiscreteSpace(names: ["stick", "hit"])
  public var stateCount: Int { 32 * 11 * 2 }
  private var dealer: [Int] = [1]
  private var player: [Int] = [1]
  private var random = EnvironmentRandom()
  private static let pack = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10]

  public init() {}

  /// What a state's number means.
  public struct Hand: Hashable, Sendable {
    /// What the player's cards add up to, an ace counting 11 where it can.
    public var playerSum: Int
    /// The dealer's open card, from 1 for an ace to 10.
    public var dealerCard: Int
    /// Whether one of the player's aces counts 11.
    public var hasUsableAce: Bool

    public init(playerSum: Int, dealerCard: Int, hasUsableAce: Bool) {
      (self.playerSum, self.dealerCard, self.hasUsableAce) = (playerSum, dealerCard, hasUsableAce)
    }

    /// What a state from 0 to 703 means.
    public init(state: Int) {
      self.init(playerSum: state / 22, dealerCard: state / 2 % 11, hasUsableAce: state % 2 == 1)
    }

    /// The number of the state.
    public var state: Int { (playerSum * 11 + dealerCard) * 2 + (hasUsableAce ? 1 : 0) }
  }

  /// The present situation.
  public var hand: Hand {
    Hand(playerSum: Self.sum(player), dealerCard: dealer[0], hasUsableAce: Self.hasUsableAce(player))
  }

  @discardableResult public mutating func reset(seed: UInt64?) -> Int {
    random.reset(seed: seed)
    dealer = [card(), card()]
    player = [card(), card()]
    // Gymnasium draws the suit and the face of the open card to show them; they take their place in the stream.
    _ = random.generator.integer(below: 4)
    if dealer[0] == 10 { _ = random.generator.integer(below: 3) }
    return hand.state
  }

  public mutating func step(_ action: Int) -> EnvironmentStep<Int> {
    EnvironmentChecks.action(action, of: actionSpace, in: "Blackjack")
    EnvironmentChecks.begun(random.hasBegun, "Blackjack")
    if action == 1 {
      player.append(card())
      let isBust = Self.sum(player) > 21
      // A hand over 31 can only come from playing on after the end.
      let state = min(hand.state, stateCount - 1)
      return EnvironmentStep(observation: state, reward: isBust ? -1 : 0, isTerminated: isBust)
    }
    while Self.sum(dealer) < 17 { dealer.append(card()) }
    let (mine, theirs) = (Self.score(player), Self.score(dealer))
    var reward = mine > theirs ? 1.0 : mine < theirs ? -1 : 0
    if Self.isNatural(player), !Self.isNatural(dealer) { reward = 1 }
    return EnvironmentStep(observation: hand.state, reward: reward, isTerminated: true)
  }

  private mutating func card() -> Int { Self.pack[random.generator.integer(below: Self.pack.count)] }

  private static func hasUsableAce(_ cards: [Int]) -> Bool { cards.contains(1) && cards.reduce(0, +) + 10 <= 21 }
  private static func sum(_ cards: [Int]) -> Int { cards.reduce(0, +) + (hasUsableAce(cards) ? 10 : 0) }
  private static func score(_ cards: [Int]) -> Int { sum(cards) > 21 ? 0 : sum(cards) }
  private static func isNatural(_ cards: [Int]) -> Bool { cards.sorted() == [1, 10] }

  public var picture: SVG {
    var sketch = Sketch(width: 300, height: 150, label: "Blackjack")
    sketch.rectangle(x: 0, y: 0, width: 300, height: 150, fill: "#2f6b4f")
    draw("dealer", Array(dealer.prefix(1)), y: 12, on: &sketch)
    draw("\(hand.playerSum)", player, y: 82, on: &sketch)
    return sketch.svg
  }

  private func draw(_ name: String, _ cards: [Int], y: Double, on sketch: inout Sketch) {
    sketch.text(name, x: 36, y: y + 34, size: 15, fill: "#ffffff")
    for (place, card) in cards.enumerated() {
      let x = 76 + Double(place) * 44
      sketch.rectangle(x: x, y: y, width: 38, height: 54, fill: "#ffffff", stroke: "#222", strokeWidth: 1)
      sketch.text(card == 1 ? "A" : "\(card)", x: x + 19, y: y + 34, size: 18, fill: "#222")
    }
  }
}
