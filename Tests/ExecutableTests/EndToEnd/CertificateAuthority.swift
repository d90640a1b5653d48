import Foundation
import Glibc
import LocalCluster
import Postgres
import Testing

/// A chain of certificates as they are used in production, made by openssl: a root, an authority that it signed, and what
/// that authority signs.
final class CertificateAuthority: Sendable {
    /// Where all of it lies; for this user alone.
    let folder: String
    /// What clients and servers trust.
    var root: String { folder + "/root.crt" }

    init(in folder: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try selfSigned("root")
        try selfSigned("stranger")
        try issue("authority", "/CN=Authority", by: "root", extensions: "basicConstraints=critical,CA:TRUE")
    }

    func path(_ name: String) -> String { folder + "/" + name }

    /// A server's certificate with its chain, and its key.
    func server(_ name: String, names: String, days: Int = 2) throws -> (certificate: String, key: String) {
        try issue(name, "/CN=server", by: "authority", extensions: "subjectAltName=\(names)", days: days)
        return try (chain(name), text(name + ".key"))
    }

    /// A client's certificate: the paths of its chain and its key, which is encrypted where there is a password.
    func client(
        _ user: String, days: Int = 2, by authority: String = "authority", password: String? = nil
    ) throws -> (certificate: String, key: String) {
        let name = "\(user)-\(UUID().uuidString)"
        try issue(name, "/CN=\(user)", by: authority, extensions: "extendedKeyUsage=clientAuth", days: days)
        try chain(name).write(toFile: path(name + ".chain"), atomically: true, encoding: .utf8)
        if let password {
            try openssl([
                "pkcs8", "-topk8", "-in", name + ".key", "-out", name + ".locked", "-passout", "pass:" + password,
            ])
            return (path(name + ".chain"), path(name + ".locked"))
        }
        return (path(name + ".chain"), path(name + ".key"))
    }

    private func chain(_ name: String) throws -> String { try text(name + ".crt") + text("authority.crt") }

    func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

    private func selfSigned(_ name: String) throws {
        try openssl(
            ["req", "-x509", "-days", "2", "-subj", "/CN=\(name)", "-addext", "basicConstraints=critical,CA:TRUE"]
                + Self.newKey + ["-keyout", name + ".key", "-out", name + ".crt"])
    }

    /// `days` below zero makes a certificate that has expired.
    private func issue(_ name: String, _ subject: String, by issuer: String, extensions: String, days: Int = 2) throws {
        try openssl(["req", "-subj", subject] + Self.newKey + ["-keyout", name + ".key", "-out", name + ".csr"])
        try extensions.write(toFile: path(name + ".ext"), atomically: true, encoding: .utf8)
        try openssl([
            "x509", "-req", "-in", name + ".csr", "-CA", issuer + ".crt", "-CAkey", issuer + ".key",
            "-set_serial", String(UInt32.random(in: 1...UInt32.max)), "-days", String(days), "-extfile", name + ".ext",
            "-out", name + ".crt",
        ])
    }

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let complaints = Pipe()
        process.standardError = complaints
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments): \(text)")
    }
}
