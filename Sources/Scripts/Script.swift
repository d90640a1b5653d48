internal import CScripts

/// A file of `sql/`, embedded in the binary.
public struct Script: Sendable {
    /// The file's path below `sql/`, without its ending.
    public let name: String
    public let text: String

    init(_ script: sql_script) {
        name = unsafe String(cString: script.name)
        text = unsafe String(cString: script.text)
    }
}

extension Script {
    public static let setupSession = unsafe Script(sql_setup_session)
}
