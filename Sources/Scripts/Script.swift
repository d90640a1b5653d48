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
    /// Every embedded file, for the test that compares them with the folder.
    static var all: [Script] {
        let scripts = unsafe UnsafeBufferPointer(start: sql_scripts_first(), count: sql_scripts_count())
        return unsafe scripts.map { unsafe Script($0) }
    }
}
