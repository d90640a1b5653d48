import Pgoutput
import Testing

/// Messages as words, written as a server does (proto.c):
///
///     begin 7 at 10                     commit at 10
///     relation 1 id name                a table t1; the first column is its key
///     insert 1 a ~                      ~ is null, ^ is a value that is not sent
///     update 1 a b                      update 1 key a ~ to b c           update 1 full a b to b c
///     delete 1 key a ~                  truncate 1 2 cascade restart
///     message text                      aside text (not transactional)    origin name
///     stream 9 first                    stream 9                          stop
///     [9] insert 1 a b                  any of the above inside a stream block, of the (sub)transaction 9
///     stream-commit 9 at 30             stream-abort 9 11                 stream-prepare 9 at 20
///     begin-prepare 9 at 20             prepare 9 at 20
///     commit-prepared 9 at 40           rollback-prepared 9 at 20
///
/// A position's end is one more.
func wire(_ line: String) throws -> [UInt8] {
    var words = line.split(separator: " ").map(String.init)[...]
    var xid: [UInt8] = []
    if let first = words.first, first.hasPrefix("[") {
        xid = int32(try #require(Int(first.dropFirst().dropLast())))
        words.removeFirst()
    }
    let verb = words.removeFirst()
    let list = Array(words)
    func number(_ index: Int) throws -> Int { try #require(Int(list[index])) }
    /// The position after `at`, and the one after it.
    func position() throws -> [UInt8] { try int64(number(list.count - 1)) }
    func end() throws -> [UInt8] { try int64(number(list.count - 1) + 1) }
    let time = int64(5)
    switch verb {
    case "begin": return try letter("B") + position() + time + int32(number(0))
    case "commit": return try letter("C") + [0] + position() + end() + time
    case "relation":
        let head = try letter("R") + xid + int32(number(0)) + string("public") + string("t\(list[0])") + letter("d")
        return list.dropFirst().reduce(head + int16(list.count - 1)) { bytes, name in
            bytes + [name == list[1] ? 1 : 0] + string(name) + int32(25) + [255, 255, 255, 255]
        }
    case "insert": return try letter("I") + xid + int32(number(0)) + letter("N") + tuple(list[1...])
    case "update":
        let head = try letter("U") + xid + int32(number(0))
        guard let to = list.firstIndex(of: "to") else { return head + letter("N") + tuple(list[1...]) }
        return head + letter(list[1] == "key" ? "K" : "O") + tuple(list[2..<to]) + letter("N")
            + tuple(list[(to + 1)...])
    case "delete":
        return try letter("D") + xid + int32(number(0)) + letter(list[1] == "key" ? "K" : "O") + tuple(list[2...])
    case "truncate":
        let relations = list.compactMap(Int.init)
        let flags = UInt8((list.contains("cascade") ? 1 : 0) + (list.contains("restart") ? 2 : 0))
        return letter("T") + xid + int32(relations.count) + [flags] + relations.flatMap(int32)
    case "message", "aside":
        return letter("M") + xid + [verb == "message" ? 1 : 0] + int64(3) + string("note") + value(list[0])
    case "origin": return letter("O") + int64(77) + string(list[0])
    case "stream": return try letter("S") + int32(number(0)) + [list.last == "first" ? 1 : 0]
    case "stop": return letter("E")
    case "stream-commit": return try letter("c") + int32(number(0)) + [0] + position() + end() + time
    case "stream-abort": return try letter("A") + int32(number(0)) + int32(number(1))
    case "stream-prepare": return try letter("p") + [0] + position() + end() + time + int32(number(0)) + string("g")
    case "begin-prepare": return try letter("b") + position() + end() + time + int32(number(0)) + string("g")
    case "prepare": return try letter("P") + [0] + position() + end() + time + int32(number(0)) + string("g")
    case "commit-prepared": return try letter("K") + [0] + position() + end() + time + int32(number(0)) + string("g")
    case "rollback-prepared":
        return try letter("r") + [0] + end() + int64(99) + time + time + int32(number(0)) + string("g")
    default:
        Issue.record("\(verb) is no message")
        return []
    }
}

private func letter(_ text: String) -> [UInt8] { Array(text.utf8) }
private func string(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }
private func int16(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 255), UInt8(value & 255)] }
private func int32(_ value: Int) -> [UInt8] { int16(value >> 16) + int16(value & 0xFFFF) }
private func int64(_ value: Int) -> [UInt8] { int32(value >> 32) + int32(value & 0xFFFF_FFFF) }
private func value(_ text: String) -> [UInt8] { int32(text.utf8.count) + Array(text.utf8) }

private func tuple(_ values: ArraySlice<String>) -> [UInt8] {
    values.reduce(int16(values.count)) { bytes, text in
        switch text {
        case "~": bytes + letter("n")
        case "^": bytes + letter("u")
        default: bytes + letter("t") + value(text)
        }
    }
}
