// Which rule of pg_hba.conf a connection falls under: the first that matches, and no later one is asked (check_hba in
// hba.c). Only the server's machine knows the names that its resolver gives addresses, and the networks that it is part
// of; a rule that depends on one of them is reported as uncertain.

/// The result of applying one rule to one connection.
public enum HBAMatch: Hashable, Sendable {
    case matches
    case differs
    /// Would match under this condition: `client's host is named db.example.com`.
    case depends(on: String)
}

/// Under which line of pg_hba.conf a connection falls.
public struct HBADecision: Hashable, Sendable {
    /// Of each line, in their order; nil for a line that cannot be read.
    public let matches: [HBAMatch?]
    /// The place of the line that decides; nil where none matches, so that the server refuses.
    public let deciding: Int?
    /// Places of the lines before it that might decide instead.
    public let uncertain: [Int]

    public init(_ lines: [HBALine], _ request: HBARequest) {
        let matches = lines.map { $0.rule?.match(request) }
        let deciding = matches.firstIndex(of: .matches)
        self.matches = matches
        self.deciding = deciding
        uncertain = matches.indices.filter { index in
            guard case .depends = matches[index] else { return false }
            return deciding.map { index < $0 } ?? true
        }
    }
}

extension HBARule {
    public func match(_ request: HBARequest) -> HBAMatch {
        guard kindMatches(request.client), databaseMatches(request), userMatches(request) else { return .differs }
        switch request.client {
        case .socket: return .matches
        case .network(let address, _, _): return match(address, serverAddress: request.serverAddress)
        }
    }

    private func kindMatches(_ client: HBARequest.Client) -> Bool {
        switch client {
        case .socket: kind == .local
        case .network(_, let usesTLS, let usesGSS):
            switch kind {
            case .local: false
            case .host: true
            case .hostssl: usesTLS
            case .hostnossl: !usesTLS
            case .hostgssenc: usesGSS
            case .hostnogssenc: !usesGSS
            }
        }
    }

    /// check_db in hba.c.
    private func databaseMatches(_ request: HBARequest) -> Bool {
        if request.isPhysicalReplication { return databases.contains("replication") }
        return databases.contains { word in
            switch word {
            case "all": true
            case "sameuser": request.database == request.user
            case "samegroup", "samerole": request.memberships.contains(request.database)
            case "replication": false
            default:
                request.knowsPatterns && word.hasPrefix("/")
                    ? request.databasePatterns.contains(word) : word == request.database
            }
        }
    }

    /// check_role in hba.c.
    private func userMatches(_ request: HBARequest) -> Bool {
        users.contains { word in
            if word.hasPrefix("+") { return request.memberships.contains(String(word.dropFirst())) }
            if word == "all" { return true }
            if request.knowsPatterns, word.hasPrefix("/") { return request.userPatterns.contains(word) }
            return word == request.user
        }
    }

    private func match(_ address: IPAddress, serverAddress: IPAddress?) -> HBAMatch {
        // A server that connects to itself over the network comes from the address that it connects to, or a loopback
        // address.
        let isFromServer = address.isLoopback || address == serverAddress
        switch origin {
        case nil: return .differs
        case .all: return .matches
        case .network(let network, let mask): return address.isIn(network, mask: mask) ? .matches : .differs
        case .sameHost: return isFromServer ? .matches : .depends(on: "\(address) is an address of the server's")
        case .sameNet: return isFromServer ? .matches : .depends(on: "\(address) is in a network of the server's")
        case .name(let name):
            return .depends(
                on: "the server's resolver gives \(address) a name \(name.hasPrefix(".") ? "in" : "like") \(name)")
        }
    }
}
