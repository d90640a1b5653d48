/// A file of `sql/`, and the Swift that it becomes.
///
/// `demo/traffic.sql` becomes the constant `Script.demoTraffic`; a file of `readFolders` becomes one of `ReadScript`. Files whose names begin with a digit are
/// steps: those of `subscriber/state/` become one array, `Script.subscriberState`, in the order of their names.
struct EmbeddedScript {
    /// The path below `sql/`, without its ending.
    let name: String
    let text: String

    /// These hold nothing but statements that change nothing in the database.
    private static let readFolders: Set<Substring> = ["catalog", "describe", "preflight"]

    /// A Swift file with a constant for each script and each folder of steps, and for both kinds of scripts `all`, which has
    /// every one.
    ///
    /// The constants are computed properties, since what stands between the braces of one is no part of the module's
    /// interface: an edit of a script compiles no other module again.
    static func source(of scripts: [EmbeddedScript]) -> String {
        ["ReadScript", "Script"].map { type in constants(scripts.filter { $0.type == type }, of: type) }
            .joined(separator: "\n")
    }

    private static func constants(_ scripts: [EmbeddedScript], of type: String) -> String {
        let constants = Dictionary(grouping: scripts.sorted { $0.name < $1.name }, by: \.constant)
        var source = "extension \(type) {\n"
        for (constant, scripts) in constants.sorted(by: { $0.key < $1.key }) {
            let values = scripts.map(\.expression).joined(separator: ", ")
            let value = scripts[0].isStep ? "[\(type)] { [\(values)] }" : "\(type) { \(values) }"
            source += "    public static var \(constant): \(value)\n"
        }
        let steps = constants.filter { $1[0].isStep }.keys.sorted()
        let others = constants.filter { !$1[0].isStep }.keys.sorted()
        let all = (["[\(others.joined(separator: ", "))]"] + steps).joined(separator: " + ")
        return source + "    static var all: [\(type)] { \(all) }\n}\n"
    }

    private var type: String { path.first.map(Self.readFolders.contains) == true ? "ReadScript" : "Script" }

    private var path: [Substring] { name.split(separator: "/") }

    private var isStep: Bool { path.last?.first?.isNumber ?? false }

    /// The path, of a step its folder's, in camel case.
    private var constant: String {
        let words = (isStep ? path.dropLast() : path[...]).flatMap { $0.split(separator: "_") }
        return words.dropFirst().reduce(into: String(words[0])) { $0 += $1.prefix(1).uppercased() + $1.dropFirst() }
    }

    /// A call of the initializer, with the text in a raw literal, which needs more #'s than anything in the text that
    /// could end or escape it.
    private var expression: String {
        var hashes = "#"
        while text.contains("\"\"\"" + hashes) || text.contains("\\" + hashes) { hashes += "#" }
        return "\(type)(name: \"\(name)\", text: \(hashes)\"\"\"\n\(text)\n\"\"\"\(hashes))"
    }
}
