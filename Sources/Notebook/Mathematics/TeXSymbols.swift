/// TeX's names of letters and signs.
enum TeXSymbols {
  /// Commands that stand for a letter or a word of one letter.
  static let identifiers = table(
    """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν
    xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ
    Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ℏ infty ∞ emptyset ∅ varnothing ∅ Re ℜ Im ℑ
    aleph ℵ partial ∂ nabla ∇ top ⊤ bot ⊥ imath ı jmath ȷ
    """)

  /// Commands that stand for an operator, a relation or a mark.
  static let operators = table(
    """
    cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ cap ∩ cup ∪ setminus ∖
    wedge ∧ land ∧ vee ∨ lor ∨ neg ¬ lnot ¬ le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈
    equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ to → rightarrow →
    leftarrow ← gets ← Rightarrow ⇒ implies ⟹ Leftarrow ⇐ leftrightarrow ↔ Leftrightarrow ⇔ iff ⟺ mapsto ↦ longrightarrow ⟶
    uparrow ↑ downarrow ↓ forall ∀ exists ∃ mid ∣ parallel ∥ perp ⊥ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ prime ′ colon :
    langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖ lbrace { rbrace }
    backslash \\ degree ° triangleq ≜ coloneqq ≔ prec ≺ succ ≻ models ⊨ vdash ⊢ angle ∠ dagger † top ⊤
    """)

  /// Those of the operators that are brackets.
  static let brackets: Set<String> = ["⟨", "⟩", "⌊", "⌋", "⌈", "⌉", "|", "‖", "{", "}"]

  /// Operators whose limits stand above and below them when the formula is on lines of its own.
  static let large = table(
    "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigvee ⋁ bigwedge ⋀")
  static let integrals = table("int ∫ iint ∬ iiint ∭ oint ∮")

  /// Functions, written upright; those of the second list take limits below them.
  static let functions: Set<String> = words(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth log ln lg exp deg dim hom ker arg")
  static let limits: Set<String> = words("lim max min sup inf limsup liminf det gcd Pr argmax argmin")

  /// Whether a command begins what a function may be applied to, such as a letter or a fraction.
  static func beginsTerm(_ name: String) -> Bool {
    identifiers[name] != nil || accents[name] != nil || functions.contains(name) || terms.contains(name)
  }
  private static let terms: Set<String> = words(
    "frac tfrac dfrac binom sqrt text mathrm operatorname mathbf boldsymbol mathbb mathcal mathit mathsf mathtt")

  static let accents = table(
    "hat ˆ widehat ^ bar ‾ overline ‾ vec → tilde ˜ widetilde ~ dot ˙ ddot ¨ check ˇ breve ˘ acute ´ grave `")

  /// Widths of the commands that leave space, in em.
  static let spaces: [String: String] = [
    ",": "0.167", ":": "0.222", ">": "0.222", ";": "0.278", " ": "0.25", "!": "-0.167", "quad": "1", "qquad": "2",
    "enspace": "0.5", "thinspace": "0.167",
  ]

  /// Brackets of a given height, in em, as TeX's plain format has them.
  static let bigFences: [String: String] = {
    var heights: [String: String] = [:]
    for (name, height) in [("big", "1.2"), ("Big", "1.8"), ("bigg", "2.4"), ("Bigg", "3")] {
      for side in ["", "l", "r", "m"] { heights[name + side] = height }
    }
    return heights
  }()

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  private static func table(_ text: String) -> [String: String] {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    var table: [String: String] = [:]
    for index in stride(from: 0, to: words.count - 1, by: 2) { table[words[index]] = words[index + 1] }
    return table
  }
}
