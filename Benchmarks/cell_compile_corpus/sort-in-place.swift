var heights = [1.72, 1.65, 1.80, 1.58]
heights.sort()
heights
