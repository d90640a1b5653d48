internal import Libpq
public import Postgres
internal import Scripts

/// The lines of pg_hba.conf that a server shows, and how it sees a client.
public struct HBAFile: Sendable {
    /// In the order in which the server reads them; nil where this session's role may not see them.
    public var lines: [HBALine]?
    /// The connection that was asked about.
    public var request: HBARequest
    /// The file has been written since the server read it; nil where it cannot be known.
    public var hasChanged: Bool?

    /// The decision of the rules; nil where they cannot be seen.
    public var decision: HBADecision? { lines.map { HBADecision($0, request) } }
}

extension CatalogReader {
    /// Reads pg_hba.conf as the server does, and for whom it is to decide.
    ///
    /// - Parameters:
    ///   - user: nil for this session's; likewise the database.
    ///   - address: of the client; nil for this session's, as the server sees it. Another client is taken to use TLS where
    ///     the server offers it, as libpq does by default.
    public func hbaFile(
        user: String? = nil, database: String? = nil, address: IPAddress? = nil
    ) throws(PostgresError) -> HBAFile {
        guard let row = try read(.catalogHbaClient, [user, database]).rows.first else {
            throw PostgresError("the server did not say how it sees its client", sqlState: .protocolViolation)
        }
        let own = try row.optionalString("address").flatMap { IPAddress($0) }
        let isOwn = address == nil || address == own
        let client: HBARequest.Client
        if let address = address ?? own {
            client = .network(
                address, usesTLS: try row.bool(isOwn ? "uses_tls" : "offers_tls"), usesGSS: isOwn && usesGSS)
        } else {
            client = .socket
        }
        var request = HBARequest(
            user: try row.string("user_name"), database: try row.string("database"), client: client,
            serverAddress: try row.optionalString("server_address").flatMap { IPAddress($0) },
            memberships: Set(try row.strings("memberships")).union([try row.string("user_name")]),
            knowsPatterns: serverVersion.major >= 16)
        guard try row.bool("may_read_rules") else { return HBAFile(lines: nil, request: request, hasChanged: nil) }
        let lines = try hbaLines()
        try matchPatterns(of: lines, &request)
        let hasChanged: Bool? =
            try row.bool("may_read_file_times") ? read(.catalogHbaFileChanged).rows.first?.bool("changed") : nil
        return HBAFile(lines: lines, request: request, hasChanged: hasChanged)
    }

    /// The lines of pg_hba.conf as it is now, which the server may not have read yet. Needs EXECUTE on pg_hba_file_rules().
    public func hbaLines() throws(PostgresError) -> [HBALine] {
        var lines: [HBALine] = []
        for row in try read(.catalogHbaRules).rows {
            lines.append(
                HBALine(
                    file: try row.optionalString("file"), number: try row.int("line"), rule: try HBARule(row),
                    error: try row.optionalString("error")))
        }
        return lines
    }

    /// The server itself says which regular expressions match.
    private func matchPatterns(of lines: [HBALine], _ request: inout HBARequest) throws(PostgresError) {
        guard request.knowsPatterns else { return }
        let patterns = Set(lines.flatMap { ($0.rule?.databases ?? []) + ($0.rule?.users ?? []) }).filter {
            $0.hasPrefix("/")
        }
        guard !patterns.isEmpty else { return }
        let expressions = ArrayText.text(patterns.sorted().map { String($0.dropFirst()) })
        for row in try read(.catalogHbaPatterns, [expressions, request.user, request.database]).rows {
            let pattern = "/" + (try row.string("pattern"))
            if try row.bool("matches_user") { request.userPatterns.insert(pattern) }
            if try row.bool("matches_database") { request.databasePatterns.insert(pattern) }
        }
    }
}

extension HBARule {
    /// Nil for a line that the server could not read.
    fileprivate init?(_ row: Row) throws(PostgresError) {
        guard try row.optionalString("type") != nil else { return nil }
        let address = try row.optionalString("address")
        let mask = try row.optionalString("netmask")
        self.init(
            try row.letter("type"), databases: try row.strings("databases"), users: try row.strings("users"),
            origin: address.map { Origin(address: $0, mask: mask) }, method: try row.string("method"),
            options: try row.strings("options"))
    }
}

extension HBARule.Origin {
    /// As the server shows them: only a network has a mask.
    fileprivate init(address: String, mask: String?) {
        switch address {
        case "all": self = .all
        case "samehost": self = .sameHost
        case "samenet": self = .sameNet
        default:
            if let mask, let mask = IPAddress(mask), let network = IPAddress(address) {
                self = .network(network, mask: mask)
            } else {
                self = .name(address)
            }
        }
    }
}
