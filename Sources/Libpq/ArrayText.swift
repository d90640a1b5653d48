public import Postgres

/// The text form of one-dimensional arrays (manual, 8.15.6).
public enum ArrayText {
    /// The elements; nil for ill-formed text, more than one dimension, or a null element.
    public static func strings(_ text: String) -> [String]? {
        var bytes = Array(text.utf8)[...]
        guard bytes.popFirst() == UInt8(ascii: "{"), bytes.popLast() == UInt8(ascii: "}") else { return nil }
        var elements: [String] = []
        while !bytes.isEmpty {
            var element: [UInt8] = []
            if bytes.first == UInt8(ascii: "\"") {
                bytes.removeFirst()
                while true {
                    guard let byte = bytes.popFirst() else { return nil }
                    if byte == UInt8(ascii: "\"") { break }
                    guard byte == UInt8(ascii: "\\") else {
                        element.append(byte)
                        continue
                    }
                    guard let escaped = bytes.popFirst() else { return nil }
                    element.append(escaped)
                }
            } else {
                while let byte = bytes.first, byte != UInt8(ascii: ",") {
                    guard byte != UInt8(ascii: "{"), byte != UInt8(ascii: "}") else { return nil }
                    element.append(byte)
                    bytes.removeFirst()
                }
                if element.elementsEqual("NULL".utf8) { return nil }
            }
            elements.append(String(decoding: element, as: UTF8.self))
            guard let separator = bytes.popFirst() else { break }
            guard separator == UInt8(ascii: ","), !bytes.isEmpty else { return nil }
        }
        return elements
    }

    /// Writes elements as an array's text, every one quoted.
    public static func text(_ elements: some Sequence<String>) -> String {
        let quoted = elements.map { element in
            var text = "\""
            for character in element.unicodeScalars {
                if character == "\"" || character == "\\" { text.unicodeScalars.append("\\") }
                text.unicodeScalars.append(character)
            }
            return text + "\""
        }
        return "{" + quoted.joined(separator: ",") + "}"
    }
}

extension Sequence<QualifiedName> {
    /// As two parameters of type `text[]`: the schemas, and the names in them.
    public var arrays: [String] { [ArrayText.text(map(\.schema)), ArrayText.text(map(\.name))] }
}
