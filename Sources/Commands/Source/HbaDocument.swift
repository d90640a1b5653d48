internal import Catalog
internal import Postgres

/// The document that `\hba --json` prints, and of which its text is made.
struct HBADocument: Encodable, Sendable {
    struct Rule: Encodable, Sendable {
        let file: OrNull<String>
        let line: Int
        let type: OrNull<String>
        let database: OrNull<[String]>
        let user: OrNull<[String]>
        let address: OrNull<String>
        let method: OrNull<String>
        let options: [String]
        /// `decides`; `too late`: another decides before; `perhaps`; null: does not match.
        let applies: OrNull<String>
        let error: OrNull<String>
    }

    let user: String
    let database: String
    /// Null: a Unix-domain socket.
    let address: OrNull<String>
    let tls: Bool
    /// Null where it depends on facts that only the server knows, or the rules may not be seen.
    let letsIn: OrNull<Bool>
    let lineToAdd: String
    let changedSinceRead: OrNull<Bool>
    /// Null: the role may not see them.
    let rules: OrNull<[Rule]>

    init(_ file: HBAFile) {
        user = file.request.user
        database = file.request.database
        switch file.request.client {
        case .socket: (address, tls) = (OrNull(nil), false)
        case .network(let client, let usesTLS, _): (address, tls) = (OrNull("\(client)"), usesTLS)
        }
        lineToAdd = file.request.lineToAdd
        changedSinceRead = OrNull(file.hasChanged)
        guard let lines = file.lines, let decision = file.decision else {
            letsIn = OrNull(nil)
            rules = OrNull(nil)
            return
        }
        let isLetIn = decision.deciding.map { lines[$0].rule?.letsIn ?? false } ?? false
        let others = decision.uncertain.map { lines[$0].rule?.letsIn ?? false }
        letsIn = OrNull(others.allSatisfy { $0 == isLetIn } ? isLetIn : nil)
        rules = OrNull(
            lines.indices.map { index in
                let line = lines[index]
                let applies: String? =
                    switch decision.matches[index] {
                    case .matches: index == decision.deciding ? "decides" : "too late"
                    case .depends: decision.uncertain.contains(index) ? "perhaps" : nil
                    case .differs, nil: nil
                    }
                return Rule(
                    file: OrNull(line.file), line: line.number, type: OrNull(line.rule?.kind.rawValue),
                    database: OrNull(line.rule?.databases), user: OrNull(line.rule?.users),
                    address: OrNull(line.rule?.origin?.description), method: OrNull(line.rule?.method),
                    options: line.rule?.options ?? [], applies: OrNull(applies), error: OrNull(line.error))
            })
    }

    private enum CodingKeys: String, CodingKey {
        case user, database, address, tls, rules
        case letsIn = "lets_in"
        case lineToAdd = "line_to_add"
        case changedSinceRead = "changed_since_read"
    }
}
