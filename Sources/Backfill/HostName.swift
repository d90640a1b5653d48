internal import Glibc

/// The name of this machine, which distinguishes an engine's process from one on another machine.
enum HostName {
    static var own: String {
        var name: [CChar] = Array(repeating: 0, count: 256)
        guard unsafe gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
