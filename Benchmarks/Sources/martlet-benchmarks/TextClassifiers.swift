import Foundation
import Martlet

/// Weighted counts of words and naive Bayes, on the texts that the peers' script leaves in a file.
let textClassifiers = Family(name: "tfidf") { data in
  let texts = try String(contentsOfFile: "\(data)/docs.txt", encoding: .utf8).components(separatedBy: "\n")
  var random = PCG64(seed: 2)
  let labels = texts.map { _ in random.integer(below: 5) }
  let (seconds, _) = try best {
    let (_, counts) = try TfidfVectorizer().fitTransform(texts)
    return try MultinomialNaiveBayes<Int>().fit(counts, labels)
  }
  report("tfidf_nb_2e4docs", seconds)
}
