/// The candidate that `word` was most likely meant to be: fewest letters inserted, deleted, replaced or swapped with a
/// neighbour. Nil where none is near: more than four steps, or more than half the word's length, as the server judges its
/// own hints (`varlena.c`, updateClosestMatch). Ties go to the earlier candidate.
public func closestMatch(to word: String, among candidates: some Sequence<String>) -> String? {
    var best: (distance: Int, candidate: String)?
    let letters = Array(word)
    let limit = min(4, letters.count / 2)
    for candidate in candidates {
        let distance = editDistance(letters, Array(candidate))
        if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.candidate
}

/// Three rows of the usual table: the swap looks two rows back.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
            var steps = min(last[column + 1] + 1, current[column] + 1, replaced)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                steps = min(steps, beforeLast[column - 1] + 1)
            }
            current.append(steps)
        }
        beforeLast = last
        last = current
    }
    return last[right.count]
}
