/// The candidate that `word` was most likely meant to be: fewest letters inserted, deleted, replaced or swapped with a
/// neighbour. Nil where none is near: one step is allowed where the shorter has three or four letters, two for five to
/// seven, three for more. Whole parts at the beginning (of a command's name, a key's path) that are the same do not
/// count. Ties go to the earlier candidate.
public func closestMatch(to word: String, among candidates: some Sequence<String>) -> String? {
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
        let (left, right) = withoutCommonParts(Array(word), Array(candidate))
        let distance = editDistance(left, right)
        let shorter = min(left.count, right.count)
        let limit = shorter < 3 ? 0 : min(3, (shorter + 1) / 3)
        if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.candidate
}

private func withoutCommonParts(_ left: [Character], _ right: [Character]) -> ([Character], [Character]) {
    var start = 0
    for (place, letter) in left.enumerated() {
        guard place < right.count, right[place] == letter else { break }
        if letter == " " || letter == "." { start = place + 1 }
    }
    return (Array(left[start...]), Array(right[start...]))
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
