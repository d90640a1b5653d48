/// Finds what a misspelt word was probably meant to be.
public enum Nearest {
    /// The candidate with the smallest edit distance, if it is near enough to be worth naming.
    public static func match(to word: String, among candidates: [String]) -> String? {
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let distance = distance(Array(word.utf8), Array(candidate.utf8))
            if distance < best?.distance ?? Int.max { best = (distance, candidate) }
        }
        guard let best, best.distance <= max(1, word.utf8.count / 2), best.distance < best.candidate.utf8.count else {
            return nil
        }
        return best.candidate
    }

    /// The hint that names it; nil where nothing is near.
    public static func hint(to word: String, among candidates: [String]) -> String? {
        match(to: word, among: candidates).map { "Perhaps you meant \"\($0)\"." }
    }

    /// Levenshtein's distance, with a swap of neighbours as one step.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var before: [Int] = []
        var previous = Array(0...right.count)
        for i in left.indices {
            var current = [i + 1]
            for j in right.indices {
                let substitution = previous[j] + (left[i] == right[j] ? 0 : 1)
                var least = min(substitution, previous[j + 1] + 1, current[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    least = min(least, before[j - 1] + 1)
                }
                current.append(least)
            }
            before = previous
            previous = current
        }
        return previous[right.count]
    }
}
