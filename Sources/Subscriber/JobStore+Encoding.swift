internal import Catalog
internal import Postgres

// Texts for people hold names of the source, words of servers, and characters of ours; the shadow's encoding need not
// have them all.
extension JobStore {
    /// A text for people in a form that the shadow can hold: as it is, but for characters that its encoding lacks.
    ///
    /// - Parameter isJSON: the text is a JSON document, whose strings have them.
    func held(_ text: String?, isJSON: Bool = false) throws(PostgresError) -> String? {
        guard let text else { return nil }
        let missing = try shadow.charactersNotHeld(of: text)
        return missing.isEmpty ? text : escaped(text, missing, by: isJSON ? #"\\"# : #"\"#)
    }
}

/// The text with some characters written by their number: \u2026, or \U0001F600 above FFFF.
///
/// - Parameter backslash: how the text's own language writes one.
func escaped(_ text: String, _ characters: Set<Unicode.Scalar>, by backslash: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
        guard characters.contains(scalar) else {
            escaped.unicodeScalars.append(scalar)
            continue
        }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xFFFF ? 8 : 4
        escaped += backslash + (width == 8 ? "U" : "u") + String(repeating: "0", count: width - digits.count) + digits
    }
    return escaped
}
