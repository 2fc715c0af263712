/// The elements and attributes that output and Markdown may bring into a page.
enum AllowedMarkup {
  /// Which language's elements are allowed at a place.
  enum Language { case html, svg, math }

  static let html = words(
    """
    a abbr address article aside b bdi bdo blockquote br caption center cite code col colgroup data dd del details dfn div
    dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark meter nav ol p pre
    progress q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt
    u ul var wbr svg math
    """)

  static let svg = words(
    """
    svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc linearGradient
    radialGradient stop clipPath mask pattern marker filter feBlend feColorMatrix feComponentTransfer feComposite feFlood
    feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset feTile feDropShadow image a
    """)

  static let math = words(
    """
    math mi mn mo ms mtext mrow mfrac msqrt mroot mstyle merror mpadded mphantom msub msup msubsup munder mover munderover
    mmultiscripts mprescripts mtable mtr mtd mspace
    """)

  static let htmlAttributes = words(
    """
    class id title lang dir role style width height alt src href colspan rowspan scope headers span align valign border
    cellpadding cellspacing open start reversed type value datetime cite color face size bgcolor min max low high optimum
    """)

  static let svgAttributes = words(
    """
    class id lang role style width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points transform viewBox
    preserveAspectRatio version href xlink:href offset dx dy rotate textLength lengthAdjust startOffset fill fill-opacity
    fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
    stroke-miterlimit vector-effect paint-order opacity color display visibility overflow clip-path clip-rule mask filter
    marker-start marker-mid marker-end markerWidth markerHeight markerUnits refX refY orient gradientUnits
    gradientTransform spreadMethod stop-color stop-opacity clipPathUnits maskUnits maskContentUnits patternUnits
    patternContentUnits patternTransform filterUnits primitiveUnits in in2 result stdDeviation mode operator k1 k2 k3 k4
    values type radius flood-color flood-opacity tableValues slope intercept amplitude exponent font-family font-size
    font-style font-weight font-variant letter-spacing word-spacing text-anchor text-decoration text-rendering
    dominant-baseline alignment-baseline baseline-shift writing-mode direction shape-rendering image-rendering
    pointer-events xml:space tabindex pathLength
    """)

  static let mathAttributes = words(
    """
    class id style display displaystyle scriptlevel mathvariant mathcolor mathbackground mathsize stretchy fence separator
    form lspace rspace minsize maxsize symmetric largeop movablelimits accent accentunder linethickness width height depth
    voffset columnalign rowspacing columnspacing columnspan rowspan dir
    """)

  /// Elements that go with everything in them.
  static let dropped = words(
    """
    foreignobject template object embed applet audio video select head title frameset portal annotation annotation-xml
    animate animatemotion animatetransform set handler listener
    """)

  /// Elements that never have content.
  static let void = words("br hr img wbr col area base embed input link meta param source track")

  static func elements(of language: Language) -> Set<String> {
    switch language {
    case .html: html
    case .svg: svg
    case .math: math
    }
  }

  static func attributes(of language: Language) -> Set<String> {
    switch language {
    case .html: htmlAttributes
    case .svg: svgAttributes
    case .math: mathAttributes
    }
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
