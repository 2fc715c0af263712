let phrase = "A man a plan a canal Panama"
let letters = phrase.lowercased().filter { $0.isLetter }
letters == String(letters.reversed())
