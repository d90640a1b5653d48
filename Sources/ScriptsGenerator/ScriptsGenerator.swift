internal import Foundation

/// `ScriptsGenerator OUTPUT FOLDER FILE…` writes the Swift file OUTPUT, which embeds each FILE below FOLDER. SwiftPM calls
/// it while it builds `Scripts`.
@main struct ScriptsGenerator {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst().map { URL(filePath: $0) }
        let scripts = try arguments.dropFirst(2).map { file in
            let names = file.deletingPathExtension().pathComponents.dropFirst(arguments[1].pathComponents.count)
            return EmbeddedScript(
                name: names.joined(separator: "/"), text: try String(contentsOf: file, encoding: .utf8))
        }
        try EmbeddedScript.source(of: scripts).write(to: arguments[0], atomically: true, encoding: .utf8)
    }
}
