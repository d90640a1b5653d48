import Foundation
import Libpq
import LocalCluster
import Postgres

/// A server that is reached by TLS alone but for the tests' own socket:
///
/// - `carl` shows a client's certificate;
/// - `sam` has the password `geheim-sam` (SCRAM);
/// - both are superusers, so that what fails fails by the connection.
final class SecureCluster: Sendable {
    let cluster: LocalCluster
    /// Signed its certificate, and signs its clients'.
    let authority: CertificateAuthority

    /// Nil where the server was built without TLS.
    static let source = try? SecureCluster(.source)
    static let shadow = try? SecureCluster(.shadow)
    static var areAvailable: Bool { source != nil && shadow != nil }

    /// - Parameters:
    ///   - names: the certificate's, as openssl writes them.
    ///   - days: how long the certificate holds; below zero it has expired.
    init(_ role: LocalCluster.Role, names: String = "DNS:localhost", days: Int = 2) throws {
        cluster = try LocalCluster(
            role, settings: ["ssl": "on", "ssl_ca_file": "root.crt"], listensOnTCP: true,
            accessRules: """
                local all all trust
                hostssl all carl 127.0.0.1/32 cert
                hostssl all sam 127.0.0.1/32 scram-sha-256

                """)
        authority = try CertificateAuthority(in: cluster.folder + "/authority")
        let server = try authority.server("server", names: names, days: days)
        try cluster.addFile("server.crt", server.certificate)
        try cluster.addFile("server.key", server.key)
        try cluster.addFile("root.crt", authority.text("root.crt"))
        try cluster.start()
        try cluster.run("CREATE ROLE carl SUPERUSER LOGIN; CREATE ROLE sam SUPERUSER LOGIN PASSWORD 'geheim-sam'")
    }

    /// Verified fully, by the name that the certificate has.
    func parameters(_ user: String, database: String = "postgres") -> ConnectionString {
        ConnectionString([
            "host": "localhost", "port": String(cluster.port), "dbname": database, "user": user,
            "sslmode": "verify-full", "sslrootcert": authority.root,
        ])
    }
}
